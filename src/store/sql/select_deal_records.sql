select
    place,
    remote_id,
    name,
    stage,
    status,
    is_status_inferred,
    amount_minor,
    currency,
    amount_kind,
    loan_minor,
    created_at,
    closed_at,
    changed_at,
    owner
from deal_records
order by place
