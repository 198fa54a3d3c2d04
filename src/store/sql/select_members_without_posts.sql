select called
from members
where
    member_id not in (
        select member_id
        from posts
        where member_id is not null
    )
order by called
