insert or replace into made_of (made, made_of)
values (:made, :made_of)
