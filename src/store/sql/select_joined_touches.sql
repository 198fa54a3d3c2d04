select
    lead_id,
    post_id,
    kind,
    touched_at,
    weight,
    evidence_id,
    place >> 41 as source_file_id,
    (place >> 4) & 0x1fffffffff as source_line
from touches
order by touch_id
