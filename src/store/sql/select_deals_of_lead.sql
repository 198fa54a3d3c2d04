select
    deal_leads.deal_id,
    deals.remote_id,
    deals.name,
    deal_leads.basis,
    deal_leads.confidence
from deal_leads
join deals using (deal_id)
where deal_leads.lead_id = :lead_id
order by deal_leads.deal_id
