insert into contacts (
    place,
    remote_id,
    identity_id,
    created_at,
    changed_at,
    status,
    owner,
    is_converted,
    converted_at
) values (
    :place,
    :remote_id,
    :identity_id,
    :created_at,
    :changed_at,
    :status,
    :owner,
    :is_converted,
    :converted_at
)
