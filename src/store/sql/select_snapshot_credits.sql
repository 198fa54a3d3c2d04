select
    deals.source_system,
    deals.remote_id,
    models.name as model,
    posts.urn,
    deal_credits.credit_minor
from deal_credits
join deals using (deal_id)
join models using (model_id)
left join posts using (post_id)
order by deal_credits.deal_id, deal_credits.model_id, posts.urn
