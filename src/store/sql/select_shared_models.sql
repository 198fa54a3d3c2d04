select
    model_id,
    name
from models
order by model_id
