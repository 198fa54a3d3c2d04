select
    source_system,
    remote_id,
    status,
    amount_minor,
    currency,
    closed_at
from deals
order by deal_id
