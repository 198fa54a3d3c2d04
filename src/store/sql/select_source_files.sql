select
    source_files.source_file_id,
    source_files.export_id,
    source_files.name,
    source_files.format,
    source_files.sha256,
    source_files.fields,
    source_files.newest_ms,
    source_files.rows_read,
    source_files.rows_kept,
    source_files.rows_rejected
from source_files
order by source_files.source_file_id
