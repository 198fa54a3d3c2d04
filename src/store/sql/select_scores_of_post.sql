select
    models.name,
    post_scores.leads,
    post_scores.pipeline_minor,
    post_scores.won_minor,
    coalesce((select currency from measures), 'XXX') as currency,
    verdicts.name as verdict
from post_scores
join models using (model_id)
join verdicts using (verdict_id)
where post_scores.post_id = :post_id
order by models.model_id
