delete from notes
where source_file_id = :source_file_id
