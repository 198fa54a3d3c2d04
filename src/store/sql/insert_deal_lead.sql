insert into deal_leads (
    deal_id,
    lead_id,
    basis,
    confidence
) values (
    :deal_id,
    :lead_id,
    :basis,
    :confidence
)
