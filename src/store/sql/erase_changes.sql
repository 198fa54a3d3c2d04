delete from changes
where
    source_system = :source_system
    and ((kind = 'lead' and remote_id = :remote_id) or what = 'lead ' || :remote_id)
