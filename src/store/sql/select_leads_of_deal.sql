select
    deal_leads.lead_id,
    leads.remote_id,
    leads.person,
    deal_leads.basis,
    deal_leads.confidence
from deal_leads
join leads using (lead_id)
where deal_leads.deal_id = :deal_id
order by deal_leads.lead_id
