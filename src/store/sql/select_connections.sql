select
    place,
    identity_id,
    connected_on
from connections
order by place
