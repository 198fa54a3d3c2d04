select
    place,
    post_name_id,
    theme
from labels
order by place
