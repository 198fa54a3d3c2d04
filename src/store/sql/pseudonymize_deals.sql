create temp view deals as
select
    deal_id,
    source_system,
    invented('deal', source_system || ' ' || remote_id) as remote_id,
    case
        when name is not null
            then invented('deal_name', source_system || ' ' || remote_id)
    end as name,
    status,
    amount_minor,
    currency,
    amount_kind,
    counted_minor,
    counted_currency,
    loan_minor,
    created_at,
    closed_at,
    place
from main.deals
