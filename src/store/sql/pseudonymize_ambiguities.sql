create temp view ambiguities as
select
    ambiguity_id,
    '[left out]' as subject,
    case when text like '%(joined)' then '[left out] (joined)' else '[left out]' end as text
from main.ambiguities
