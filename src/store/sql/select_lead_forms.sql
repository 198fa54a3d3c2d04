select
    place,
    form,
    campaign_id,
    campaign,
    creative_id,
    post_name_id
from lead_forms
order by place
