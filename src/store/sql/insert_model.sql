insert into models (
    model_id,
    name,
    lens
) values (
    :model_id,
    :name,
    :lens
)
