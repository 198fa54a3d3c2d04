insert into lead_credits (
    model_id,
    lead_id,
    post_id,
    share
) values (
    :model_id,
    :lead_id,
    :post_id,
    :share
)
