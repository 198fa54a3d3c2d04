select urn, basis
from post_aliases
where post_id = :post_id
order by urn
