insert into record_links (
    place,
    kind,
    text
) values (
    :place,
    :kind,
    :text
)
