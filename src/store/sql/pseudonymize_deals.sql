create temp view deals as
select
    deal_id,
    -- A table that is a CRM of its own is called by its file.
    case
        when 0 < instr(source_system, ':')
            then
                substr(source_system, 1, instr(source_system, ':'))
                || invented('file', source_system)
        else source_system
    end as source_system,
    invented('deal', source_system || ' ' || remote_id) as remote_id,
    case
        when name is not null
            then invented('deal_name', source_system || ' ' || remote_id)
    end as name,
    status,
    amount_minor,
    currency,
    amount_kind,
    counted_minor,
    counted_currency,
    loan_minor,
    created_at,
    closed_at,
    place
from main.deals
