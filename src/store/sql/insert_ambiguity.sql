insert into ambiguities (
    subject,
    text,
    is_joined
) values (
    :subject,
    :text,
    :is_joined
)
