insert into connections (
    place,
    identity_id,
    connected_on,
    position
) values (
    :place,
    :identity_id,
    :connected_on,
    :position
)
