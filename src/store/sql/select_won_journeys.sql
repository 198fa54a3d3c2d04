select
    deal_id,
    source_system,
    remote_id,
    name,
    amount_minor,
    currency,
    created_at,
    closed_at,
    exists(
        select 1
        from deal_leads
        where deal_leads.deal_id = deals.deal_id
    ) as is_joined
from deals
where
    status = 'won'
    and counted_currency = :currency
    and amount_kind = :amount_kind
    and counted_minor is not null
order by counted_minor desc, deal_id
limit :most
