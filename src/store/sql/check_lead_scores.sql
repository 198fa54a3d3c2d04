with leads as (
    select model_id, post_id, leads as scored, 0.0 as credited
    from post_scores
    union all
    select model_id, post_id, 0.0, share
    from lead_credits
    where post_id is not null
),
sums as (
    select model_id, post_id, sum(scored) as scored, sum(credited) as credited
    from leads
    group by model_id, post_id
)
select models.name || ': the scorecard of ' || posts.urn || ' says ' || sums.scored
    || ' of leads, its credits ' || sums.credited
from sums
join models using (model_id)
join posts using (post_id)
-- Shares are added up in another order.
where 1e-9 * (1.0 + sums.credited) < abs(sums.scored - sums.credited)
order by sums.model_id, sums.post_id
limit 20
