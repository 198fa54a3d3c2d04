select
    place,
    one_id,
    other_id,
    text
from name_pairs
order by place
