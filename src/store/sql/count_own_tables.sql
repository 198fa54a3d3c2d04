select count(*)
from sqlite_schema
where name in ('runs', 'source_files', 'v_deal_credits')
