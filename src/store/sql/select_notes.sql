select
    source_files.name,
    notes.text
from notes
join source_files using (source_file_id)
order by source_files.name, notes.note_id
