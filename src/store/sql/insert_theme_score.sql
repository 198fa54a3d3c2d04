insert into theme_scores (
    model_id,
    theme,
    posts,
    reactions,
    comments,
    leads,
    pipeline_minor,
    won_minor,
    currency,
    verdict
) values (
    :model_id,
    :theme,
    :posts,
    :reactions,
    :comments,
    :leads,
    :pipeline_minor,
    :won_minor,
    :currency,
    :verdict
)
