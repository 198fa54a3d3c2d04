select
    posts.urn,
    posts.theme,
    case
        when posts.reactions is not null or posts.comments is not null
            then coalesce(posts.reactions, 0) + coalesce(posts.comments, 0)
    end as engagement,
    substr(posts.text, 1, 90) as words,
    post_ranges.least_won_minor,
    post_ranges.most_won_minor,
    post_ranges.least_leads,
    post_ranges.most_leads
from post_ranges
join posts using (post_id)
order by posts.post_id
