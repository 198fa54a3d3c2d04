with places as (
    select place from member_claims
    union all
    select place from connections
    union all
    select place from shares
    union all
    select place from own_comments
    union all
    select place from messages
    union all
    select place from invitations
    union all
    select place from engagements
    union all
    select place from labels
    union all
    select place from contacts
    union all
    select place from deal_records
    union all
    select place from source_evidence
    union all
    select place from touches
    union all
    select place from leads
    union all
    select place from deals
),
files as (
    select distinct place >> 41 as source_file_id
    from places
)
select 'facts come from file ' || files.source_file_id || ', which is in no list', 0 as place
from files
left join source_files using (source_file_id)
where source_files.source_file_id is null
union all
select 'the engagement at ' || place || ' has names of another file', place
from engagements
where identity_id >> 32 <> place >> 41 or post_name_id >> 32 <> place >> 41
order by 2, 1
limit 20
