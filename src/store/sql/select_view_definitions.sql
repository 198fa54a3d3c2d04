select name, sql
from main.sqlite_schema
where type = 'view'
order by name
