select value
from settings
where name = 'deleted-before'
order by name
