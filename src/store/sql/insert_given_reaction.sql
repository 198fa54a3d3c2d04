insert into given_reactions (
    place,
    reacted_ms,
    post_name_id
) values (
    :place,
    :reacted_ms,
    :post_name_id
)
