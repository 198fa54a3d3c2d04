insert or replace into settings (name, value)
values ('deleted-before', :day)
