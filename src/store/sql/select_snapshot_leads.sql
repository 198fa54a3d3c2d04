select
    leads.source_system,
    leads.remote_id,
    members.full_name as member,
    leads.match_basis
from leads
left join members using (member_id)
order by leads.lead_id
