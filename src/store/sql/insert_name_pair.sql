insert into name_pairs (
    place,
    one_id,
    other_id,
    text
) values (
    :place,
    :one_id,
    :other_id,
    :text
)
