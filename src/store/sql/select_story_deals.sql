select
    deals.deal_id,
    deals.source_system,
    deals.remote_id,
    deals.name,
    deals.status,
    deals.amount_minor,
    deals.currency,
    deals.amount_kind,
    deals.counted_minor,
    deals.counted_currency,
    deals.created_at,
    deals.closed_at,
    deals.place,
    source_files.name as source_file
from deals
join source_files on source_files.source_file_id = deals.place >> 41
where deals.remote_id = :id
order by deals.deal_id
