select
    currency,
    amount_kind,
    count(*) as deals,
    cast(total(amount_minor) as integer) as won_minor
from deals
where status = 'won' and amount_minor is not null
group by currency, amount_kind
order by count(*) desc, currency, amount_kind
