insert into accounts (
    place,
    remote_id,
    name,
    domain,
    country,
    parent_id,
    changed_at
) values (
    :place,
    :remote_id,
    :name,
    :domain,
    :country,
    :parent_id,
    :changed_at
)
