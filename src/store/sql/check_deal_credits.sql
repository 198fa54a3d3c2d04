select models.name || ': deal ' || deals.remote_id || ' is worth ' || deals.amount_minor
    || ' but credited ' || sum(deal_credits.credit_minor)
from deal_credits
join models using (model_id)
join deals using (deal_id)
group by deal_credits.model_id, deal_credits.deal_id
having sum(deal_credits.credit_minor) <> deals.amount_minor
order by deal_credits.model_id, deal_credits.deal_id
limit 20
