select coalesce(max(source_file_id), 0)
from source_files
