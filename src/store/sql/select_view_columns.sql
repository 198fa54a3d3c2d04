select name, type
from pragma_table_info(:view)
order by cid
