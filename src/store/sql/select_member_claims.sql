select
    place,
    kind,
    text,
    times
from member_claims
where :place <= place
order by place
