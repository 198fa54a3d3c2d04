delete from message_recipients
where place = :place and identity_id = :identity_id
