select
    place,
    identity_id,
    post_name_id,
    kind,
    happened_ms,
    listed_ms
from engagements
order by place
