select
    place,
    post_name_id
from message_posts
order by rowid
