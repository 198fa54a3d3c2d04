select key_hash
from forgotten
order by key_hash
