delete from made_of
where made <> 'themes'
