select
    (select count(*) from members) as members,
    (select count(*) from posts) as posts,
    (select count(*) from leads) as leads,
    (select count(*) from deals) as deals,
    (select count(*) from touches) as touches,
    (select count(*) from source_files) as files,
    (select count(*) from rejections) as rejections,
    (select count(*) from ambiguities where not is_joined) as ambiguities,
    (select count(*) from ambiguities where is_joined) as joined,
    (select count(*) from models where lens = 'credited') as models,
    (
        select count(*)
        from deals
        where status = 'won' and counted_minor is null
    ) as won_without_amount
