select
    deal_id,
    source_system,
    remote_id,
    name,
    amount_minor,
    created_at,
    closed_at
from deals
where
    status = 'won'
    and currency = :currency
    and amount_kind = :amount_kind
    and amount_minor is not null
order by amount_minor desc, deal_id
limit :most
