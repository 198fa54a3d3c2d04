select
    place,
    commented_ms,
    post_name_id,
    text
from own_comments
order by place
