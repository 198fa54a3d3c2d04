update rejections
set text = :text
where rejection_id = :rejection_id
