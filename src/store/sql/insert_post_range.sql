insert into post_ranges (
    post_id,
    least_leads,
    most_leads,
    least_won_minor,
    most_won_minor,
    won_of_all_models,
    verdict
) values (
    :post_id,
    :least_leads,
    :most_leads,
    :least_won_minor,
    :most_won_minor,
    :won_of_all_models,
    :verdict
)
