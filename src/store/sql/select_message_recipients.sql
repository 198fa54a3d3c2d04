select
    place,
    identity_id
from message_recipients
order by rowid
