with sums as (
    select model_id, deal_id, sum(credit_minor) as credited_minor
    from deal_credits
    group by model_id, deal_id
)
select models.name || ': deal ' || deals.remote_id || ' is worth '
    || coalesce(deals.amount_minor, 'nothing') || ' but credited '
    || coalesce(sums.credited_minor, 'nothing')
from (select distinct deal_id from deal_parts) as credited
join deals using (deal_id)
cross join models
left join sums using (model_id, deal_id)
where
    sums.credited_minor is not deals.amount_minor
    -- What would not have come is told of some deals.
    and (models.lens = 'credited' or sums.credited_minor is not null)
order by models.model_id, deals.deal_id
limit 20
