insert into members (
    member_id,
    full_name,
    profile
) values (
    :member_id,
    :full_name,
    :profile
)
