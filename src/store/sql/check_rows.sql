select name || ': ' || rows_read || ' rows read, but ' || rows_kept || ' kept and '
    || rows_rejected || ' rejected'
from source_files
where rows_read <> rows_kept + rows_rejected
order by name
limit 20
