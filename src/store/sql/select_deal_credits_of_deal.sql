select
    models.name,
    posts.urn,
    deal_credits.credit_minor
from deal_credits
join models using (model_id)
left join posts using (post_id)
where deal_credits.deal_id = :deal_id
order by models.model_id, posts.urn
