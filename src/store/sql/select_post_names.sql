select
    post_name_id,
    urn
from post_names
order by post_name_id
