create temp view inferred_comments as
select
    place,
    post_id,
    invented('person', full_name) as full_name,
    answered_at
from main.inferred_comments
