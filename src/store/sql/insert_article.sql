insert into articles (
    place,
    slug,
    title,
    published_on,
    is_draft
) values (
    :place,
    :slug,
    :title,
    :published_on,
    :is_draft
)
