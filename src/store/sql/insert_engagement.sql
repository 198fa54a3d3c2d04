insert into engagements (
    place,
    identity_id,
    post_name_id,
    kind,
    happened_ms,
    listed_ms
) values (
    :place,
    :identity_id,
    :post_name_id,
    :kind,
    :happened_ms,
    :listed_ms
)
