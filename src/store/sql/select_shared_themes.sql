select
    post_id,
    urn,
    theme
from posts
order by post_id
