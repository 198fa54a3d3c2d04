insert into group_scores (
    kind,
    model_id,
    name,
    posts,
    reactions,
    comments,
    leads,
    pipeline_minor,
    won_minor
) values (
    :kind,
    :model_id,
    :name,
    :posts,
    :reactions,
    :comments,
    :leads,
    :pipeline_minor,
    :won_minor
)
