delete from made_of
where made not in ('themes', 'settings')
