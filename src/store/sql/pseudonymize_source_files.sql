create temp view source_files as
select
    source_file_id,
    export_id,
    invented('file', name) as name,
    format,
    null as sha256,
    encoding,
    delimiter,
    rows_read,
    rows_kept,
    rows_rejected,
    first_run_id
from main.source_files
