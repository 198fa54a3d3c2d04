select
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
from ad_days
order by place
