with largest as (
    select deal_id
    from deals
    where
        status = 'won'
        and counted_currency = :currency
        and amount_kind = :amount_kind
        and counted_minor is not null
    order by counted_minor desc, deal_id
    limit :most
),
wanted as materialized (
    select
        deal_leads.deal_id,
        deal_leads.lead_id
    from largest
    join deal_leads using (deal_id)
)
select
    wanted.deal_id,
    touches.touched_at,
    touches.kind,
    leads.person,
    posts.urn,
    substr(posts.text, 1, 200) as words,
    touch_evidence.text as evidence,
    source_files.name as source_file,
    (touches.place >> 4) & 0x1fffffffff as source_line
-- Touches have no index: to go through them once is cheaper than to make one.
from touches
cross join wanted using (lead_id)
join touch_evidence using (evidence_id)
join leads using (lead_id)
left join posts using (post_id)
join source_files on source_files.source_file_id = touches.place >> 41
order by wanted.deal_id, touches.touched_at, touches.touch_id
