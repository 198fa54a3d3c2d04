select
    model_id,
    post_id,
    leads,
    pipeline_minor,
    won_minor,
    1 as measure,
    engagement_rank,
    revenue_rank,
    verdict_id
from post_scores
order by rowid
