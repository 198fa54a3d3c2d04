with over_models as (
    select
        post_scores.post_id,
        min(post_scores.leads) as least_leads,
        max(post_scores.leads) as most_leads,
        min(post_scores.won_minor) as least_won_minor,
        max(post_scores.won_minor) as most_won_minor,
        cast(total(post_scores.won_minor) as integer) as won_of_all_models,
        min(post_scores.verdict) as verdict,
        count(distinct post_scores.verdict) as verdicts
    from post_scores
    join models using (model_id)
    where models.lens = 'credited'
    group by post_scores.post_id
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
    case when over_models.verdicts = 1 then over_models.verdict end as verdict
from over_models
join posts using (post_id)
left join members using (member_id)
where 0 < over_models.most_won_minor
order by over_models.won_of_all_models desc, posts.urn
limit :most
