select
    place,
    remote_id,
    identity_id,
    created_at,
    changed_at,
    status,
    owner
from contacts
order by place
