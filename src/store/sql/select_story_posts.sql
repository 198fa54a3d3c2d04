select
    posts.post_id,
    posts.urn,
    members.full_name as member,
    posts.posted_at,
    posts.theme,
    posts.text,
    posts.url,
    posts.reactions,
    posts.comments,
    posts.theme_confidence,
    posts.theme_because
from post_aliases
join posts using (post_id)
left join members using (member_id)
where post_aliases.urn = :urn
order by posts.post_id
