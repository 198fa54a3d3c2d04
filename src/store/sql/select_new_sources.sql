with new_files as (
    select source_file_id, name
    from source_files
    where first_run_id = :run_id
),
-- Files have higher numbers than those that were read before them.
first as (
    select min(source_file_id) << 41 as place
    from new_files
),
sources as (
    select
        'lead' as kind,
        leads.source_system,
        leads.remote_id,
        leads.place
    from leads
    where leads.place >= (select place from first)
    union all
    select
        'deal',
        deals.source_system,
        deals.remote_id,
        deals.place
    from deals
    where deals.place >= (select place from first)
    union all
    select
        'deal',
        deals.source_system,
        deals.remote_id,
        touches.place
    from touches
    join deal_leads using (lead_id)
    join deals using (deal_id)
    where touches.place >= (select place from first)
)
select distinct
    sources.kind,
    sources.source_system,
    sources.remote_id,
    new_files.name
from sources
join new_files on new_files.source_file_id = sources.place >> 41
order by 1, 2, 3, 4
