insert into changes (
    run_id,
    kind,
    source_system,
    remote_id,
    what,
    old_value,
    new_value,
    source_file
) values (
    :run_id,
    :kind,
    :source_system,
    :remote_id,
    :what,
    :old_value,
    :new_value,
    :source_file
)
