select
    kind,
    label,
    x,
    y
from diagnostics
order by diagnostic_id
