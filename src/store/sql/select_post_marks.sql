with over_models as (
    select
        post_id,
        min(won_minor) as least_won_minor,
        max(won_minor) as most_won_minor
    from post_scores
    join models using (model_id)
    where models.lens = 'credited'
    group by post_id
)
select
    posts.urn,
    posts.theme,
    case
        when posts.reactions is not null or posts.comments is not null
            then coalesce(posts.reactions, 0) + coalesce(posts.comments, 0)
    end as engagement,
    substr(posts.text, 1, 90) as words,
    over_models.least_won_minor,
    over_models.most_won_minor
from over_models
join posts using (post_id)
order by posts.post_id
