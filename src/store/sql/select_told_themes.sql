select
    posts.text,
    posts.theme,
    posts.theme_confidence,
    posts.theme_because
from posts
join made_of on made_of.made = 'themes' and made_of.made_of = :told_by
where posts.text is not null and posts.theme_because <> :by_hand
order by posts.post_id
