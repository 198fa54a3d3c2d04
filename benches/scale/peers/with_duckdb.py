"""The exports loaded and credited by DuckDB: `with_duckdb.py EXPORTS NEW.duckdb`."""

import sys
import tempfile
from pathlib import Path

from common import AS_OF, WINDOW_DAYS, told, unpacked

import duckdb

TABLES = {
    "connections": ("Connections.csv", 3),
    "shares": ("Shares.csv", 0),
    "reactions": ("Reactions.csv", 0),
    "comments": ("Comments.csv", 0),
    "messages": ("messages.csv", 0),
    "invitations": ("Invitations.csv", 0),
}
OPTIONS = (
    "header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true, "
    "max_line_size = 10000000"
)

# Who a lead is on LinkedIn: by its profile, else by the address that a connection shows.
JOINED = r"""
create table profiles as
select distinct regexp_extract("URL", '/in/([^/?]+)', 1) as slug,
    lower(nullif("Email Address", '')) as email
from connections;
create table leads as
select "Record ID" as id, strptime("Create Date", '%Y-%m-%d %H:%M') as created_at,
    nullif(regexp_extract("LinkedIn URL", '/in/([^/?]+)', 1), '') as slug,
    lower(nullif("Email", '')) as email
from contacts;
create table joined as
select leads.id, leads.created_at, min(profiles.slug) as slug
from leads join profiles
    on profiles.slug = leads.slug or profiles.email = leads.email
group by all;
"""

# Reactions and comments of leads, each once, taken as of the post.
TOUCHES = r"""
create table touches as
with listed as (
    select regexp_extract(profileLink, '/in/([^/?]+)', 1) as slug,
        regexp_extract(postUrl, 'activity:(\d+)', 1)::bigint as post,
        unnest(case
            when hasLiked = 'true' and hasCommented = 'true' then ['reaction', 'comment']
            when hasCommented = 'true' then ['comment']
            else ['reaction']
        end) as kind
    from engagers
)
select distinct joined.id, post, kind, make_timestamp((post >> 22) * 1000) as touched_at
from listed join joined using (slug);
"""

CREDITS = r"""
create table conversions as
select 'lead' as what, id, id as lead, created_at - interval ({days}) day as opens,
    created_at as closes, 1.0 as worth
from joined
union all
select 'deal', deals."Record ID", deals."Associated Contact IDs",
    strptime(deals."Create Date", '%Y-%m-%d %H:%M') - interval ({days}) day,
    coalesce(try_strptime(deals."Close Date", '%Y-%m-%d %H:%M'), timestamp '{as_of}'),
    deals."Amount"::double
from deals join joined on joined.id = deals."Associated Contact IDs";
create table credits as
select what, conversions.id, post, worth,
    1.0 / count(*) over journey as linear,
    (row_number() over (journey order by touched_at desc, kind, post) = 1)::int as last_touch
from conversions join touches on touches.id = lead and touched_at between opens and closes
window journey as (partition by what, conversions.id);
"""

COUNTS = """
select (select count(*) from joined), (select count(*) from touches),
    count(distinct id) filter (what = 'lead'), count(distinct id) filter (what = 'deal'),
    sum(last_touch) filter (what = 'lead'), sum(linear) filter (what = 'lead'),
    sum(worth * linear) filter (what = 'deal')
from credits
"""


def main(exports: Path, database: Path) -> None:
    database.unlink(missing_ok=True)
    connection = duckdb.connect(str(database))
    with tempfile.TemporaryDirectory() as folder:
        unpacked(exports, Path(folder))
        for table, (name, skipped) in TABLES.items():
            connection.execute(
                f"create table {table} as from "
                f"read_csv('{folder}/*/{name}', skip = {skipped}, {OPTIONS})"
            )
    for table, name in {
        "engagers": "engagers.csv",
        "contacts": "hubspot-contacts.csv",
        "deals": "hubspot-deals.csv",
    }.items():
        connection.execute(
            f"create table {table} as from read_csv('{exports}/{name}', {OPTIONS})"
        )
    connection.execute(JOINED)
    connection.execute(TOUCHES)
    connection.execute(CREDITS.format(days=WINDOW_DAYS, as_of=AS_OF))
    names = ("joined", "touches", "leads", "deals", "last_touch", "linear", "worth")
    counts = dict(zip(names, connection.execute(COUNTS).fetchone(), strict=True))
    connection.close()
    told({**counts, "database": database.stat().st_size})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
