select 'the engagement at ' || place || ' has names of another file'
from engagements
where identity_id >> 32 <> place >> 41 or post_name_id >> 32 <> place >> 41
order by place
limit 20
