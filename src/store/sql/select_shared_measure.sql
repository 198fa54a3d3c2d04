select
    1 as number,
    coalesce((select currency from measures), 'XXX') as currency
order by number
