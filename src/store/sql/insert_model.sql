insert into models (
    model_id,
    name
) values (
    :model_id,
    :name
)
