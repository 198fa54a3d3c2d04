update identities
set
    profile = null,
    linkedin_member_id = null,
    email = null,
    full_name = null,
    company = null
where identity_id = :identity_id
