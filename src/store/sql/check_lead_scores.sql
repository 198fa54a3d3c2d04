with credited as (
    select model_id, post_id, sum(share) as leads
    from lead_credits
    group by model_id, post_id
)
select models.name || ': the scorecard of ' || posts.urn || ' says '
    || coalesce(post_scores.leads, 'nothing') || ' of leads, its credits '
    || coalesce(credited.leads, 'nothing')
from post_scores
full join credited using (model_id, post_id)
join models using (model_id)
join posts using (post_id)
where 1e-6 < abs(coalesce(post_scores.leads, 0) - coalesce(credited.leads, 0))
order by model_id, post_id
limit 20
