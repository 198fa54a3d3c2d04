select
    theme,
    max(posts) as posts,
    max(reactions) as reactions,
    max(comments) as comments,
    min(leads) as least_leads,
    max(leads) as most_leads,
    min(won_minor) as least_won_minor,
    max(won_minor) as most_won_minor,
    case when count(distinct verdict) = 1 then min(verdict) end as verdict
from theme_scores
join models using (model_id)
where models.lens = 'credited'
group by theme
order by max(won_minor) desc, theme
