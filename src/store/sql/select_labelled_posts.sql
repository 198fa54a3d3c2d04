select distinct coalesce(cast(post_aliases.post_id as text), post_names.urn)
from labels
join post_names using (post_name_id)
left join post_aliases using (urn)
where :low <= place and place < :high
order by 1
