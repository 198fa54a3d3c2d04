with sums as (
    select model_id, lead_id, sum(share) as shares
    from lead_credits
    group by model_id, lead_id
)
select models.name || ': the shares of lead ' || leads.remote_id || ' add up to '
    || coalesce(sums.shares, 'nothing')
from (select distinct lead_id from lead_shares) as credited
join leads using (lead_id)
cross join models
left join sums using (model_id, lead_id)
where
    1e-9 < abs(coalesce(sums.shares, 0) - 1.0)
    -- What would not have come is told of some leads.
    and (models.lens = 'credited' or sums.shares is not null)
order by models.model_id, leads.lead_id
limit 20
