create temp view members as
select
    member_id,
    invented('person', full_name) as full_name,
    null as profile,
    invented('person', called) as called
from main.members
