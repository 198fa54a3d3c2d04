create temp view articles as
select
    place,
    invented('article', slug) as slug,
    '[left out]' as title,
    published_on
from main.articles
