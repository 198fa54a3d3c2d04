select name
from temp.sqlite_schema
where type = 'view'
order by name
