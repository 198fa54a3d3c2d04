insert into ad_days (
    place,
    day,
    campaign_id,
    campaign,
    creative_id,
    impressions,
    clicks,
    leads,
    spent_minor,
    currency
) values (
    :place,
    :day,
    :campaign_id,
    :campaign,
    :creative_id,
    :impressions,
    :clicks,
    :leads,
    :spent_minor,
    :currency
)
