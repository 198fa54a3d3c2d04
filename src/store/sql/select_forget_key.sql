select key
from forget_keys
order by forget_key_id
