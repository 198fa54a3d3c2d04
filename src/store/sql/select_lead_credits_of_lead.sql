select
    models.name,
    posts.urn,
    lead_credits.share
from lead_credits
join models using (model_id)
left join posts using (post_id)
where lead_credits.lead_id = :lead_id
order by models.model_id, posts.urn
