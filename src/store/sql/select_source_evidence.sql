select
    place,
    kind,
    column_name,
    text
from source_evidence
order by place
