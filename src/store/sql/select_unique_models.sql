select name
from models
order by model_id
