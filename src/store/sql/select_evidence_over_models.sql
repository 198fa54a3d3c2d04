with credited as (
    select model_id
    from models
    where lens = 'credited'
), kinds as (
    select distinct
        evidence,
        is_of_post
    from evidence_scores
    join credited using (model_id)
)
select
    kinds.evidence,
    kinds.is_of_post,
    min(coalesce(evidence_scores.leads, 0.0)),
    max(coalesce(evidence_scores.leads, 0.0)),
    min(coalesce(evidence_scores.pipeline_minor, 0)),
    max(coalesce(evidence_scores.pipeline_minor, 0)),
    min(coalesce(evidence_scores.won_minor, 0)),
    max(coalesce(evidence_scores.won_minor, 0))
from kinds
cross join credited
left join evidence_scores on
    evidence_scores.model_id = credited.model_id
    and evidence_scores.evidence is kinds.evidence
    and evidence_scores.is_of_post = kinds.is_of_post
group by kinds.evidence, kinds.is_of_post
order by
    case kinds.evidence
        when 'tracked' then 1
        when 'self_reported' then 2
        when 'rep_entered' then 3
        when 'observed' then 4
        else 5
    end,
    kinds.is_of_post desc
