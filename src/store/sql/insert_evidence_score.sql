insert into evidence_scores (
    model_id,
    evidence,
    is_of_post,
    leads,
    pipeline_minor,
    won_minor
) values (
    :model_id,
    :evidence,
    :is_of_post,
    :leads,
    :pipeline_minor,
    :won_minor
)
