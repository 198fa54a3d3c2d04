insert into labels (
    place,
    post_name_id,
    theme
) values (
    :place,
    :post_name_id,
    :theme
)
