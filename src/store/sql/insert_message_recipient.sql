insert into message_recipients (
    place,
    identity_id
) values (
    :place,
    :identity_id
)
