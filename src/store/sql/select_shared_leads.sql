select
    lead_id as number,
    lead_id,
    remote_id
from leads
order by lead_id
