select name
from models
where lens = 'credited'
order by model_id
