create temp view group_scores as
select
    group_scores.rowid as "rowid",
    kind,
    model_id,
    case when kind = 'member' then invented('person', name) else name end as name,
    posts,
    reactions,
    comments,
    leads,
    pipeline_minor,
    won_minor
from main.group_scores
