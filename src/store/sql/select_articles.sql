select
    place,
    slug,
    title,
    published_on
from articles
order by place
