select
    place,
    remote_id,
    identity_id,
    created_at,
    changed_at,
    status,
    owner,
    is_converted,
    converted_at
from contacts
order by place
