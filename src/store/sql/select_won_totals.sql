select
    counted_currency,
    amount_kind,
    count(*) as deals,
    cast(total(counted_minor) as integer) as won_minor
from deals
where status = 'won' and counted_minor is not null
group by counted_currency, amount_kind
order by count(*) desc, counted_currency, amount_kind
