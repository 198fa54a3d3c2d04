insert into articles (
    place,
    slug,
    title,
    published_on
) values (
    :place,
    :slug,
    :title,
    :published_on
)
