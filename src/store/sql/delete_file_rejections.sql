delete from rejections
where source_file_id = :source_file_id
