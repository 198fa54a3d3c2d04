select models.name || ': the shares of lead ' || leads.remote_id || ' add up to '
    || sum(lead_credits.share)
from lead_credits
join models using (model_id)
join leads using (lead_id)
group by lead_credits.model_id, lead_credits.lead_id
having 1e-9 < abs(sum(lead_credits.share) - 1.0)
order by lead_credits.model_id, lead_credits.lead_id
limit 20
