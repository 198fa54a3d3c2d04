select
    verdict_id,
    name
from verdicts
order by verdict_id
