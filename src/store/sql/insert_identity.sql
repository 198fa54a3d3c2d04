insert into identities (
    identity_id,
    profile,
    linkedin_member_id,
    email,
    full_name,
    company
) values (
    :identity_id,
    :profile,
    :linkedin_member_id,
    :email,
    :full_name,
    :company
)
