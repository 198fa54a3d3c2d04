select
    place,
    slug,
    title,
    published_on,
    is_draft
from articles
order by place
