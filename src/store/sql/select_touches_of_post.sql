select
    touches.touched_at,
    touches.kind,
    leads.remote_id,
    leads.person,
    leads.created_at,
    posts.urn,
    posts.text,
    touches.weight,
    touch_evidence.text as evidence,
    source_files.name as source_file,
    (touches.place >> 4) & 0x1fffffffff as source_line
from touches
join touch_evidence using (evidence_id)
join leads using (lead_id)
left join posts using (post_id)
join source_files on source_files.source_file_id = touches.place >> 41
where touches.post_id = :post_id
order by touches.touch_id
