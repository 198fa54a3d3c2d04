insert into inferred_comments (
    place,
    post_id,
    full_name,
    answered_at
) values (
    :place,
    :post_id,
    :full_name,
    :answered_at
)
