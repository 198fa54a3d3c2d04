insert into ambiguities (
    subject,
    text
) values (
    :subject,
    :text
)
