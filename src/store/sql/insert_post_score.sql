insert into post_scores (
    model_id,
    post_id,
    leads,
    pipeline_minor,
    won_minor,
    engagement_rank,
    revenue_rank,
    verdict_id
) values (
    :model_id,
    :post_id,
    :leads,
    :pipeline_minor,
    :won_minor,
    :engagement_rank,
    :revenue_rank,
    :verdict_id
)
