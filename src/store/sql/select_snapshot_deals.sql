select
    source_system,
    remote_id,
    status,
    amount_minor,
    currency,
    closed_at,
    deal_id
from deals
order by deal_id
