select
    place,
    remote_id,
    name,
    domain,
    country,
    parent_id,
    changed_at
from accounts
order by place
