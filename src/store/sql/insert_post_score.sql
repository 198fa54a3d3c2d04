insert into post_scores (
    model_id,
    post_id,
    leads,
    pipeline_minor,
    won_minor,
    currency,
    engagement_rank,
    revenue_rank,
    verdict
) values (
    :model_id,
    :post_id,
    :leads,
    :pipeline_minor,
    :won_minor,
    :currency,
    :engagement_rank,
    :revenue_rank,
    :verdict
)
