-- Of what `touchstone` makes of the exports of `leads`, the part that SQL says at once: the
-- touches of leads within the window, and what linear credit comes to by post.
create table touches as
with likes as (
    select
        profileUrl as profile,
        regexp_extract(postUrl, '(urn:li:activity:\d+)', 1) as urn,
        make_timestamp_ms(
            regexp_extract(postUrl, 'activity:(\d+)', 1)::bigint >> 22
        ) as posted_at
    from read_csv('list-*-likers.csv', all_varchar = true)
),
leads as (
    select
        "Record ID" as lead,
        "LinkedIn URL" as profile,
        strptime("Create Date", '%Y-%m-%d %H:%M') as created_at
    from read_csv('hubspot-contacts.csv', all_varchar = true)
)
select distinct lead, urn, posted_at
from likes
join leads using (profile)
where posted_at between created_at - interval 90 day and created_at;

create table credits as
select urn, sum(share) as leads
from (
    select urn, 1.0::double / count(*) over (partition by lead) as share
    from touches
)
group by urn;
