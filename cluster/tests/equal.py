"""The views of a collected database equal those of an embedded run, once sorted."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MASTER = "local-cluster[2,1,1024]"


def cluster(*words: str, check: bool = True, **more: str) -> subprocess.CompletedProcess:
    """Runs touchstone-cluster of the environment that runs this."""
    command = [sys.executable, "-m", "touchstone_cluster.command", *map(str, words)]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", **more},
    )
    assert not check or done.returncode == 0, done.stderr[-4000:]
    return done


def embedded(paths: list[Path], database: Path) -> None:
    touchstone = os.environ.get("TOUCHSTONE", str(ROOT / "target/debug/touchstone"))
    database.unlink(missing_ok=True)
    words = [touchstone, "run", *map(str, paths), "--db", str(database), "--quiet"]
    subprocess.run(
        [*words, "--out", f"{database}-report"], check=True, capture_output=True
    )


def views(database: Path) -> dict[str, list[str]]:
    """All rows of every public view, sorted; of runs all but their times."""
    connection = sqlite3.connect(database)
    names = [
        name
        for (name,) in connection.execute(
            "select name from sqlite_master where type = 'view' and name like 'v\\_%'"
            " escape '\\'"
        )
    ]
    assert 20 < len(names), names
    rows = {}
    for name in sorted(names):
        columns = [
            column[1] for column in connection.execute(f"pragma table_info({name})")
        ]
        kept = ", ".join(
            one for one in columns if one not in ("started_at", "finished_at")
        )
        rows[name] = sorted(
            repr(row) for row in connection.execute(f"select {kept} from {name}")
        )
    connection.close()
    return rows


def same(found: dict[str, list[str]], expected: dict[str, list[str]]) -> None:
    assert found.keys() == expected.keys()
    for name, rows in expected.items():
        differ = set(rows) ^ set(found[name])
        assert found[name] == rows, (
            f"{name}: {len(differ)} rows differ, such as {sorted(differ)[:2]}"
        )


def by_commands(paths: list[Path], data: Path, count: int, master: str) -> None:
    # A path that is not whole must mean the same on every machine.
    to = os.path.relpath(data)
    spark = ["--master", master, "--partitions", count]
    cluster("import", *paths, "--to", to, *spark)
    told = cluster("attribute", "--data", to, *spark).stderr
    assert "executors: " in told and "driver: " in told, told


def in_a_session(paths: list[Path], runs: dict[int, Path], master: str) -> None:
    """Does all of them in one session, as a notebook does."""
    from touchstone_cluster import attributing, importing
    from touchstone_cluster.session import session

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = session(master)
    for count, data in runs.items():
        importing.run(spark, list(map(str, paths)), str(data), {}, count)
        attributing.run(spark, str(data), {}, count)
    spark.stop()


def check(
    paths: list[Path], folder: Path, partitions: list[int], master: str = MASTER
) -> None:
    embedded(paths, folder / "embedded.db")
    expected = views(folder / "embedded.db")
    assert expected["v_lead_credits"] and expected["v_deal_credits"]
    first, *others = partitions
    by_commands(paths, folder / f"data-{first}", first, master)
    if others:
        runs = {count: folder / f"data-{count}" for count in others}
        in_a_session(paths, runs, master)
    for count in partitions:
        data, database = folder / f"data-{count}", folder / f"collected-{count}.db"
        cluster("collect", "--data", data, "--db", database)
        same(views(database), expected)
        print(f"{len(expected)} views equal, {count} partitions, {master}", flush=True)


if __name__ == "__main__":
    import argparse
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "sample-data"])
    parser.add_argument("--partitions", default="2,3,8")
    parser.add_argument("--master", default=MASTER)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="touchstone-") as made:
        counts = [int(count) for count in arguments.partitions.split(",")]
        check(arguments.paths, Path(made), counts, arguments.master)
