with largest as (
    select deal_id
    from deals
    where
        status = 'won'
        and counted_currency = :currency
        and amount_kind = :amount_kind
        and counted_minor is not null
    order by counted_minor desc, deal_id
    limit :most
)
select
    deal_credits.deal_id,
    posts.urn,
    -- A model that does not name the post gives it nothing.
    case
        when count(*) < (select count(*) from models where lens = 'credited')
            then min(0, min(deal_credits.credit_minor))
        else min(deal_credits.credit_minor)
    end as least_minor,
    max(deal_credits.credit_minor) as most_minor
from deal_credits
join models using (model_id)
join posts using (post_id)
where
    deal_credits.deal_id in (select deal_id from largest)
    and models.lens = 'credited'
group by deal_credits.deal_id, posts.urn
order by deal_credits.deal_id, posts.urn
