select
    place,
    identity_id,
    sent_on,
    is_incoming
from invitations
order by place
