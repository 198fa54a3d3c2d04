select post_urn, text
from v_posts
where instr(lower(text), lower(:words))
order by post_urn
limit 6
