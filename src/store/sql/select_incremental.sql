select
    theme,
    posts,
    leads,
    leads_low,
    leads_high,
    p_value,
    q_value,
    placebo_p,
    revenue_minor,
    revenue_low_minor,
    revenue_high_minor,
    currency,
    verdict
from incremental_themes
order by position
