with won as (
    select model_id, post_id, won_minor, 0 as credited_minor
    from post_scores
    union all
    select deal_credits.model_id, deal_credits.post_id, 0, deal_credits.credit_minor
    from deal_credits
    join deals using (deal_id)
    join measures
        on measures.currency = deals.currency
        and measures.amount_kind = deals.amount_kind
    where
        deals.status = 'won'
        and deals.counted_currency = deals.currency
        and deal_credits.post_id is not null
),
sums as (
    select
        model_id,
        post_id,
        sum(won_minor) as won_minor,
        sum(credited_minor) as credited_minor
    from won
    group by model_id, post_id
)
select models.name, posts.urn, sums.won_minor, sums.credited_minor
from sums
join models using (model_id)
join posts using (post_id)
where sums.won_minor <> sums.credited_minor
order by sums.model_id, sums.post_id
