insert or ignore into forgotten (
    key_hash
) values (
    :key_hash
)
