select
    place,
    reacted_ms,
    post_name_id
from given_reactions
order by place
