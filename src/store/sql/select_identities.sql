select
    identity_id,
    profile,
    linkedin_member_id,
    email,
    full_name,
    company
from identities
order by identity_id
