insert into verdicts (
    verdict_id,
    name
) values (
    :verdict_id,
    :name
)
