select
    place,
    kind,
    text,
    times
from member_claims
order by place
