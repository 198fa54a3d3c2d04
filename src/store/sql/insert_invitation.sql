insert into invitations (
    place,
    identity_id,
    sent_on,
    is_incoming
) values (
    :place,
    :identity_id,
    :sent_on,
    :is_incoming
)
