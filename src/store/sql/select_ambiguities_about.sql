select subject, text
from ambiguities
where subject like '%' || :subject || '%'
order by ambiguity_id
