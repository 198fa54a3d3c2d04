select distinct urn
from labels
join post_names using (post_name_id)
where :low <= place and place < :high
order by urn
