insert into messages (
    place,
    sent_ms,
    kind,
    sender_id
) values (
    :place,
    :sent_ms,
    :kind,
    :sender_id
)
