insert into message_posts (
    place,
    post_name_id
) values (
    :place,
    :post_name_id
)
