with credited as (
    select
        deal_credits.model_id,
        deal_credits.post_id,
        sum(deal_credits.credit_minor) as won_minor
    from deal_credits
    join deals using (deal_id)
    join measures
        on measures.currency = deals.currency
        and measures.amount_kind = deals.amount_kind
    where deals.status = 'won' and deals.counted_currency = deals.currency
    group by deal_credits.model_id, deal_credits.post_id
)
select
    models.name,
    posts.urn,
    coalesce(post_scores.won_minor, 0) as won_minor,
    coalesce(credited.won_minor, 0) as credited_minor
from post_scores
full join credited using (model_id, post_id)
join models using (model_id)
join posts using (post_id)
where coalesce(post_scores.won_minor, 0) <> coalesce(credited.won_minor, 0)
order by model_id, post_id
