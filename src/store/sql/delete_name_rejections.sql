delete from rejections
where source_file_id is null and source_name = :source_name
