select distinct remote_id, name
from v_deals
where instr(lower(name), lower(:words))
order by remote_id
limit 6
