select
    deal_id,
    currency
from deals
order by deal_id
