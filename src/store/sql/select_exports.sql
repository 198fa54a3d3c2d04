select
    export_id,
    name,
    content_key,
    is_archive,
    exported_on,
    member_number
from exports
order by export_id
