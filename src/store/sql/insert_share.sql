insert into shares (
    place,
    urn,
    stated_ms,
    text,
    shared_url,
    visibility
) values (
    :place,
    :urn,
    :stated_ms,
    :text,
    :shared_url,
    :visibility
)
