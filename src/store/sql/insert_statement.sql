insert into statements (
    place,
    about,
    subject,
    kind,
    object,
    detail,
    happened_at
) values (
    :place,
    :about,
    :subject,
    :kind,
    :object,
    :detail,
    :happened_at
)
