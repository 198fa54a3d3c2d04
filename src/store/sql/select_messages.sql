select
    place,
    sent_ms,
    kind,
    sender_id
from messages
order by place
