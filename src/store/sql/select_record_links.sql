select
    place,
    kind,
    text
from record_links
order by rowid
