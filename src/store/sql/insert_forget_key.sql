insert or ignore into forget_keys (
    forget_key_id,
    key
) values (
    1,
    lower(hex(randomblob(32)))
)
