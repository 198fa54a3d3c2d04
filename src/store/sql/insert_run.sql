insert into runs (
    started_at,
    finished_at,
    version,
    status,
    counts
) values (
    :started_at,
    :finished_at,
    :version,
    :status,
    :counts
)
returning run_id
