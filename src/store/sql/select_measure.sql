select
    currency,
    amount_kind
from measures
order by measure_id
limit 1
