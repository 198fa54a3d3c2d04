insert into notes (
    source_file_id,
    text
) values (
    :source_file_id,
    :text
)
