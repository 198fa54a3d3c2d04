select
    run_id,
    kind,
    source_system,
    remote_id,
    what,
    old_value,
    new_value,
    source_file
from changes
where :since < run_id
order by change_id
