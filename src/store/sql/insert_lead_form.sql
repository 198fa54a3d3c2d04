insert into lead_forms (
    place,
    form,
    campaign_id,
    campaign,
    creative_id,
    post_name_id
) values (
    :place,
    :form,
    :campaign_id,
    :campaign,
    :creative_id,
    :post_name_id
)
