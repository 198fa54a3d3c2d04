select
    models.name,
    deals.deal_id,
    posts.urn,
    deal_credits.credit_minor,
    deals.counted_minor
from deal_credits
join models using (model_id)
join deals using (deal_id)
join measures
    on measures.currency = deals.counted_currency
    and measures.amount_kind = deals.amount_kind
left join posts using (post_id)
where deals.status = 'won' and deals.counted_currency <> deals.currency
order by deal_credits.model_id, deal_credits.deal_id, deal_credits.post_id
