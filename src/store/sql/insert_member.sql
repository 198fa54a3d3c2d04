insert into members (
    member_id,
    full_name,
    profile,
    called
) values (
    :member_id,
    :full_name,
    :profile,
    :called
)
