select
    source_file_id,
    name
from source_files
order by source_file_id
