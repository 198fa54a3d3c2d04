create temp view notes as
select
    note_id,
    source_file_id,
    invented('sentence', text) as text
from main.notes
