select
    leads.lead_id,
    leads.source_system,
    leads.remote_id,
    leads.person,
    leads.profile,
    leads.company,
    leads.created_at,
    leads.status,
    members.full_name as member,
    leads.match_basis,
    leads.match_confidence,
    leads.place,
    source_files.name as source_file
from leads
left join members using (member_id)
join source_files on source_files.source_file_id = leads.place >> 41
where leads.remote_id = :id
order by leads.lead_id
