create temp view ambiguities as
select
    ambiguity_id,
    '[left out]' as subject,
    '[left out]' as text,
    is_joined
from main.ambiguities
