"""The exports loaded and credited by pandas: `with_pandas.py EXPORTS NEW.csv`."""

import sys
import tempfile
from pathlib import Path

from common import AS_OF, WINDOW_DAYS, told, unpacked

import pandas as pd

FILES = {
    "Connections.csv": 3,
    "Shares.csv": 0,
    "Reactions.csv": 0,
    "Comments.csv": 0,
    "messages.csv": 0,
    "Invitations.csv": 0,
}
SLUG = r"/in/([^/?]+)"
MINUTE = "%Y-%m-%d %H:%M"


def read(path: Path, skipped: int = 0) -> pd.DataFrame:
    return pd.read_csv(path, skiprows=skipped, dtype=str, keep_default_na=False)


def slug(urls: pd.Series) -> pd.Series:
    return urls.str.extract(SLUG, expand=False)


def joined(contacts: pd.DataFrame, connections: pd.DataFrame) -> pd.DataFrame:
    """Who a lead is on LinkedIn: by its profile, else by the address a connection shows."""
    known = pd.DataFrame(
        {
            "slug": slug(connections["URL"]),
            "email": connections["Email Address"].str.lower(),
        }
    ).drop_duplicates()
    leads = pd.DataFrame(
        {
            "id": contacts["Record ID"],
            "created_at": pd.to_datetime(contacts["Create Date"], format=MINUTE),
            "slug": slug(contacts["LinkedIn URL"]),
            "email": contacts["Email"].str.lower(),
        }
    )
    by_profile = leads[leads["slug"].isin(known["slug"].dropna())]
    with_address = known[known["email"] != ""]
    by_email = leads.drop(columns="slug").merge(with_address, on="email")
    both = pd.concat([by_profile, by_email])
    return both.drop_duplicates("id")[["id", "created_at", "slug"]]


def touches(engagers: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    """Reactions and comments of leads, each once, taken as of the post."""
    listed = pd.DataFrame({"slug": slug(engagers["profileLink"])})
    posts = engagers["postUrl"].str.extract(r"activity:(\d+)", expand=False)
    listed["post"] = posts.astype("int64")
    is_comment = engagers["hasCommented"] == "true"
    is_reaction = (engagers["hasLiked"] == "true") | ~is_comment
    kinds = [
        listed[is_reaction].assign(kind="reaction"),
        listed[is_comment].assign(kind="comment"),
    ]
    of_leads = pd.concat(kinds).merge(leads[["id", "slug"]], on="slug")
    of_leads = of_leads[["id", "post", "kind"]].drop_duplicates()
    of_leads["at"] = pd.to_datetime(of_leads["post"] // 2**22, unit="ms")
    return of_leads.rename(columns={"id": "lead"})


def conversions(leads: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    days = pd.Timedelta(days=WINDOW_DAYS)
    of_leads = leads.assign(
        what="lead",
        lead=leads["id"],
        opens=leads["created_at"] - days,
        closes=leads["created_at"],
        worth=1.0,
    )
    closed = pd.to_datetime(deals["Close Date"], format=MINUTE, errors="coerce")
    of_deals = pd.DataFrame(
        {
            "what": "deal",
            "id": deals["Record ID"],
            "lead": deals["Associated Contact IDs"],
            "opens": pd.to_datetime(deals["Create Date"], format=MINUTE) - days,
            "closes": closed.fillna(pd.Timestamp(AS_OF)),
            "worth": deals["Amount"].astype(float),
        }
    )
    of_deals = of_deals[of_deals["lead"].isin(leads["id"])]
    columns = list(of_deals.columns)
    return pd.concat([of_leads[columns], of_deals])


def credited(owners: pd.DataFrame, touched: pd.DataFrame) -> pd.DataFrame:
    """What last touch and linear give to the posts of each journey."""
    journeys = owners.merge(touched, on="lead")
    within = journeys["at"].between(journeys["opens"], journeys["closes"])
    journeys = journeys[within].sort_values(
        ["what", "id", "at", "kind", "post"], ascending=[True, True, False, True, True]
    )
    of_one = journeys.groupby(["what", "id"], sort=False)
    journeys["linear"] = 1.0 / of_one["post"].transform("size")
    journeys["last_touch"] = (of_one.cumcount() == 0).astype(int)
    return journeys[["what", "id", "post", "worth", "linear", "last_touch"]]


def main(exports: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        unpacked(exports, Path(folder))
        tables = {
            name: pd.concat(
                [read(path, skipped) for path in sorted(Path(folder).glob(f"*/{name}"))]
            )
            for name, skipped in FILES.items()
        }
    leads = joined(read(exports / "hubspot-contacts.csv"), tables["Connections.csv"])
    touched = touches(read(exports / "engagers.csv"), leads)
    owners = conversions(leads, read(exports / "hubspot-deals.csv"))
    credits = credited(owners, touched)
    credits.to_csv(out, index=False)
    of_leads = credits[credits["what"] == "lead"]
    of_deals = credits[credits["what"] == "deal"]
    told(
        {
            "joined": len(leads),
            "touches": len(touched),
            "leads": of_leads["id"].nunique(),
            "deals": of_deals["id"].nunique(),
            "last_touch": of_leads["last_touch"].sum(),
            "linear": of_leads["linear"].sum(),
            "worth": (of_deals["worth"] * of_deals["linear"]).sum(),
            "database": out.stat().st_size,
        }
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
