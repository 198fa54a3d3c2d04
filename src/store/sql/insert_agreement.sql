insert into model_agreement (
    model_id,
    other_id,
    posts,
    correlation,
    moved_minor,
    currency
) values (
    :model_id,
    :other_id,
    :posts,
    :correlation,
    :moved_minor,
    :currency
)
