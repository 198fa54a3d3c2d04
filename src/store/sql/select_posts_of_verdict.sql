with over_models as (
    select
        post_scores.post_id,
        min(post_scores.leads) as least_leads,
        max(post_scores.leads) as most_leads,
        min(post_scores.won_minor) as least_won_minor,
        max(post_scores.won_minor) as most_won_minor,
        cast(total(post_scores.won_minor) as integer) as won_of_all_models
    from post_scores
    join models using (model_id)
    where models.lens = 'credited'
    group by post_scores.post_id
    -- All models agree.
    having min(post_scores.verdict) = :verdict and max(post_scores.verdict) = :verdict
)
select
    posts.urn,
    members.full_name as member,
    posts.posted_at,
    posts.theme,
    posts.text,
    posts.reactions,
    posts.comments,
    over_models.least_leads,
    over_models.most_leads,
    over_models.least_won_minor,
    over_models.most_won_minor,
    :verdict as verdict
from over_models
join posts using (post_id)
left join members using (member_id)
order by
    case
        when :verdict = 'applause only'
            then coalesce(posts.reactions, 0) + coalesce(posts.comments, 0)
        else over_models.won_of_all_models
    end desc,
    posts.urn
limit :most
