insert into member_claims (
    place,
    kind,
    text,
    times
) values (
    :place,
    :kind,
    :text,
    :times
)
