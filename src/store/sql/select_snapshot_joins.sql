select
    deals.source_system,
    deals.remote_id,
    leads.source_system as lead_system,
    leads.remote_id as lead_remote_id,
    deal_leads.basis
from deal_leads
join deals using (deal_id)
join leads using (lead_id)
order by deal_leads.deal_id, deal_leads.lead_id
