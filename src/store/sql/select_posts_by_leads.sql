select
    posts.urn,
    members.full_name as member,
    posts.posted_at,
    posts.theme,
    posts.text,
    posts.reactions,
    posts.comments,
    post_ranges.least_leads,
    post_ranges.most_leads,
    post_ranges.least_won_minor,
    post_ranges.most_won_minor,
    post_ranges.verdict
from post_ranges
join posts using (post_id)
left join members using (member_id)
where 0 < post_ranges.most_leads
order by
    post_ranges.least_leads desc,
    post_ranges.most_leads desc,
    posts.urn
limit :most
