select
    place,
    post_name_id,
    impressions,
    members_reached,
    engagements,
    reactions,
    comments,
    reposts,
    clicks,
    saves,
    sends,
    profile_views,
    followers_gained,
    text,
    format,
    campaign,
    author,
    posted_ms
from post_numbers
order by place
