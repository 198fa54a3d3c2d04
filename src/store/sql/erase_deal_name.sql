update deal_records
set name = null
where place = :place
