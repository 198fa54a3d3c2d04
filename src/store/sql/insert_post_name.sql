insert into post_names (
    post_name_id,
    urn
) values (
    :post_name_id,
    :urn
)
