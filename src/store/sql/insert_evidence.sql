insert into source_evidence (
    place,
    kind,
    column_name,
    text
) values (
    :place,
    :kind,
    :column_name,
    :text
)
