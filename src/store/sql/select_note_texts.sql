select
    note_id,
    text
from notes
order by note_id
