insert into exports (
    name,
    content_key,
    is_archive,
    exported_on,
    member_number
) values (
    :name,
    :content_key,
    :is_archive,
    :exported_on,
    :member_number
)
returning export_id
