insert into posts (
    post_id,
    urn,
    member_id,
    posted_at,
    theme,
    text,
    url,
    reactions,
    comments
) values (
    :post_id,
    :urn,
    :member_id,
    :posted_at,
    :theme,
    :text,
    :url,
    :reactions,
    :comments
)
