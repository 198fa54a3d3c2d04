select distinct remote_id, person
from v_leads
where instr(lower(person), lower(:words))
order by remote_id
limit 6
