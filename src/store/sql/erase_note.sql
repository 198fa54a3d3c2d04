update notes
set text = :text
where note_id = :note_id
