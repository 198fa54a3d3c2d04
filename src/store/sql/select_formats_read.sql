select
    format,
    count(*) as files,
    sum(rows_read) as rows_read,
    sum(rows_kept) as rows_kept,
    sum(rows_rejected) as rows_rejected
from source_files
group by format
order by format
