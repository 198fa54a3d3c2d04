select source_file_id
from source_files
where export_id = :export_id
order by source_file_id
