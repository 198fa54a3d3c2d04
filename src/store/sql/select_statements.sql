select
    place,
    about,
    subject,
    kind,
    object,
    detail,
    happened_at
from statements
order by place
