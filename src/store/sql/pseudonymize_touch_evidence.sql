create temp view touch_evidence as
select
    evidence_id,
    case
        -- That of other kinds holds what people wrote.
        when evidence_id in (
            select evidence_id
            from main.touches
            where kind not in ('comment', 'repost', 'reaction', 'poll_vote', 'message')
        ) then '[left out]'
        else text
    end as text
from main.touch_evidence
