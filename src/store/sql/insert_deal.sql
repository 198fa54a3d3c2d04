insert into deals (
    deal_id,
    source_system,
    remote_id,
    name,
    status,
    amount_minor,
    currency,
    amount_kind,
    loan_minor,
    created_at,
    closed_at,
    place
) values (
    :deal_id,
    :source_system,
    :remote_id,
    :name,
    :status,
    :amount_minor,
    :currency,
    :amount_kind,
    :loan_minor,
    :created_at,
    :closed_at,
    :place
)
