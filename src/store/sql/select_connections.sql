select
    place,
    identity_id,
    connected_on,
    position
from connections
order by place
