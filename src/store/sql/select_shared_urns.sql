select
    post_id,
    urn
from posts
order by post_id
