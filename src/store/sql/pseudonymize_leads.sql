create temp view leads as
select
    lead_id,
    source_system,
    invented('lead', source_system || ' ' || remote_id) as remote_id,
    invented('person', person) as person,
    null as profile,
    invented('company', company) as company,
    created_at,
    status,
    case when lead_source is not null then '[left out]' end as lead_source,
    case when self_reported is not null then '[left out]' end as self_reported,
    member_id,
    match_basis,
    match_confidence,
    place
from main.leads
