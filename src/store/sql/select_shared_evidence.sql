select
    evidence_id,
    text
from touch_evidence
order by evidence_id
