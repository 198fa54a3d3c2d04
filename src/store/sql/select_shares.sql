select
    place,
    urn,
    stated_ms,
    text,
    shared_url,
    visibility
from shares
order by place
