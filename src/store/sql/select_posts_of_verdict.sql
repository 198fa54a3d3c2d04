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
where post_ranges.verdict = :verdict
order by
    case
        when :verdict = 'applause only'
            then coalesce(posts.reactions, 0) + coalesce(posts.comments, 0)
        else post_ranges.least_won_minor
    end desc,
    post_ranges.won_of_all_models desc,
    posts.urn
limit :most
