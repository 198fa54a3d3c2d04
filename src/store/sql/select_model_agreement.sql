select
    model,
    other_model,
    posts,
    correlation,
    moved_minor,
    currency
from v_model_agreement
order by model, other_model
