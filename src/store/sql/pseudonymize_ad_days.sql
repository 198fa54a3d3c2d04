create temp view ad_days as
select
    place,
    day,
    invented('campaign', campaign_id) as campaign_id,
    invented('campaign', campaign) as campaign,
    invented('advertisement', creative_id) as creative_id,
    impressions,
    clicks,
    leads,
    spent_minor,
    currency
from main.ad_days
