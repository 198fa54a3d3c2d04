select
    currency,
    count(*) as deals,
    cast(total(amount_minor) as integer) as amount_minor,
    sum(amount_minor < 0) as refunds
from deals
where
    status = 'won'
    and counted_minor is not null
    and counted_currency = :currency
    and amount_kind = :amount_kind
    and currency <> counted_currency
group by currency
order by count(*) desc, currency
