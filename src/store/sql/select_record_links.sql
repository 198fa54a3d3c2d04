select
    place,
    kind,
    text
from record_links
order by place, rowid
