with credited as (
    select
        models.model_id,
        cast(total(deal_credits.credit_minor) filter (
            where deal_credits.post_id is not null
        ) as integer) as won_minor
    from models
    left join deals on
        deals.status = 'won'
        and deals.currency = :currency
        and deals.amount_kind = :amount_kind
    left join deal_credits on
        deal_credits.model_id = models.model_id
        and deal_credits.deal_id = deals.deal_id
    where models.lens = 'credited'
    group by models.model_id
)
select
    min(won_minor) as least_won_minor,
    max(won_minor) as most_won_minor
from credited
