with credited as (
    select
        models.model_id,
        cast(total(group_scores.won_minor) as integer) as won_minor
    from models
    left join group_scores on
        group_scores.model_id = models.model_id
        and group_scores.kind = 'format'
        and exists (
            select 1
            from measures
            where currency = :currency and amount_kind = :amount_kind
        )
    where models.lens = 'credited'
    group by models.model_id
)
select
    min(won_minor) as least_won_minor,
    max(won_minor) as most_won_minor
from credited
