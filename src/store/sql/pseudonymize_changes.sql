create temp view changes as
select
    change_id,
    run_id,
    kind,
    -- A table that is a CRM of its own is called by its file.
    case
        when 0 < instr(source_system, ':')
            then
                substr(source_system, 1, instr(source_system, ':'))
                || invented('file', source_system)
        else source_system
    end as source_system,
    case
        when kind = 'finding' then remote_id
        else invented(
            case when kind = 'lead' then 'lead' else 'deal' end,
            source_system || ' ' || remote_id
        )
    end as remote_id,
    case
        when kind = 'deal' and what like 'lead % %'
            then 'lead ' || invented('lead', substr(what, 6))
        -- Older releases named no system.
        when kind = 'deal' and what like 'lead %'
            then 'lead ' || invented('lead', source_system || ' ' || substr(what, 6))
        when kind = 'credit' and 0 < instr(what, ' urn:')
            then
                substr(what, 1, instr(what, ' urn:'))
                || invented('post', substr(what, instr(what, ' urn:') + 1))
        else what
    end as what,
    case when what = 'member' then invented('person', old_value) else old_value end
        as old_value,
    case when what = 'member' then invented('person', new_value) else new_value end
        as new_value,
    case when source_file is not null then '[left out]' end as source_file
from main.changes
