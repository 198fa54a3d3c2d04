create temp view touches as
select
    touch_id,
    lead_id,
    post_id,
    kind,
    touched_at,
    weight,
    -- That of the others holds what people wrote.
    case
        when kind in ('comment', 'repost', 'reaction', 'poll_vote', 'message')
            then evidence
        else '[left out]'
    end as evidence,
    place
from main.touches
