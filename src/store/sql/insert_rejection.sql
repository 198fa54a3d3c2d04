insert into rejections (
    source_file_id,
    source_name,
    line,
    column_name,
    text,
    reason
) values (
    :source_file_id,
    :source_name,
    :line,
    :column_name,
    :text,
    :reason
)
