insert into deal_credits (
    model_id,
    deal_id,
    post_id,
    credit_minor
) values (
    :model_id,
    :deal_id,
    :post_id,
    :credit_minor
)
