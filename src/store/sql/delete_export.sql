delete from exports
where export_id = :export_id
