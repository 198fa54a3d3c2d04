update runs
set
    finished_at = :finished_at,
    counts = :counts
where run_id = :run_id
