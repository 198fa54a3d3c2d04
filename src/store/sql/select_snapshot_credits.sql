select
    deals.source_system,
    deals.remote_id,
    posts.urn,
    deal_parts.minor_1,
    deal_parts.minor_2,
    deal_parts.minor_3,
    deal_parts.minor_4,
    deal_parts.minor_5,
    deal_parts.minor_6,
    deal_parts.minor_7,
    deal_parts.minor_8,
    deal_parts.minor_9,
    deal_parts.minor_10,
    deal_parts.minor_11,
    deal_parts.minor_12,
    deal_parts.minor_13,
    deal_parts.minor_14,
    deal_parts.minor_15,
    deal_parts.minor_16,
    deal_parts.minor_17,
    deal_parts.minor_18,
    deal_parts.minor_19,
    deal_parts.minor_20
from deal_parts
join deals using (deal_id)
left join posts using (post_id)
order by deal_parts.rowid
