delete from changes
where
    (kind = 'lead' and source_system = :source_system and remote_id = :remote_id)
    or what in (
        'lead ' || :source_system || ' ' || :remote_id,
        -- Older releases named no system, and the lead of a deal may be of another.
        'lead ' || :remote_id
    )
