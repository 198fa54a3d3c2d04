insert into own_comments (
    place,
    commented_ms,
    post_name_id,
    text
) values (
    :place,
    :commented_ms,
    :post_name_id,
    :text
)
