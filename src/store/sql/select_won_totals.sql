with won as (
    select
        counted_currency,
        amount_kind,
        counted_minor,
        created_at is not null as is_dated,
        exists(
            select 1
            from deal_leads
            where deal_leads.deal_id = deals.deal_id
        ) as is_joined
    from deals
    where status = 'won' and counted_minor is not null
)
select
    counted_currency,
    amount_kind,
    count(*) as deals,
    cast(total(counted_minor) as integer) as won_minor,
    sum(counted_minor < 0) as refunds,
    sum(not is_joined) as unjoined,
    sum(not is_dated) as undated,
    sum(is_joined and is_dated) as followed
from won
group by counted_currency, amount_kind
order by count(*) desc, counted_currency, amount_kind
