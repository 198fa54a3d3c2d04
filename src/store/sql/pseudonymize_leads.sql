create temp view leads as
select
    lead_id,
    -- A table that is a CRM of its own is called by its file.
    case
        when 0 < instr(source_system, ':')
            then
                substr(source_system, 1, instr(source_system, ':'))
                || invented('file', source_system)
        else source_system
    end as source_system,
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
