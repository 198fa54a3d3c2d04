with events as (
    select
        substr(posted_at, 1, 7) as month,
        1 as posts,
        reactions,
        0 as leads,
        0 as won_minor
    from posts
    where posted_at is not null
    union all
    select substr(created_at, 1, 7), 0, null, 1, 0
    from leads
    where created_at is not null
    union all
    select substr(closed_at, 1, 7), 0, null, 0, counted_minor
    from deals
    where
        status = 'won'
        and counted_currency = :currency
        and amount_kind = :amount_kind
        and counted_minor is not null
        and closed_at is not null
)
select
    month,
    sum(posts) as posts,
    sum(reactions) as reactions,
    sum(leads) as leads,
    cast(total(won_minor) as integer) as won_minor
from events
group by month
order by month
