delete from exports
where export_id not in (select export_id from source_files)
