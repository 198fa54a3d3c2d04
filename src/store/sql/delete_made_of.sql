delete from made_of
