delete from source_files
where export_id = :export_id
