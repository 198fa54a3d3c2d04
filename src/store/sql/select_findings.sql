select
    name,
    statistic,
    value,
    low,
    high,
    p_value,
    n,
    sentence,
    model,
    subject
from findings
order by position
