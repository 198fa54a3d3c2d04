select subject, text
from ambiguities
where subject = :subject
order by ambiguity_id
