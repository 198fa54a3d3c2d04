insert into post_aliases (
    urn,
    post_id,
    basis
) values (
    :urn,
    :post_id,
    :basis
)
