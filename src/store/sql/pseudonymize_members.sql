create temp view members as
select
    member_id,
    invented('person', full_name) as full_name,
    null as profile
from main.members
