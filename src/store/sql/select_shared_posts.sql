select
    posts.post_id,
    posts.urn,
    members.full_name,
    posts.theme,
    posts.posted_at,
    posts.reactions,
    posts.comments
from posts
left join members using (member_id)
order by posts.post_id
