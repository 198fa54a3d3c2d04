insert into findings (
    position,
    name,
    model,
    subject,
    statistic,
    value,
    low,
    high,
    p_value,
    n,
    sentence
) values (
    :position,
    :name,
    :model,
    :subject,
    :statistic,
    :value,
    :low,
    :high,
    :p_value,
    :n,
    :sentence
)
