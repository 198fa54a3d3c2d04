select
    deal_id as number,
    deal_id,
    remote_id,
    status
from deals
order by deal_id
