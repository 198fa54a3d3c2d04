delete from record_links
where place = :place and kind = :kind and text = :text
