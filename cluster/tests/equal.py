"""The views of a collected database equal those of an embedded run, once sorted."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MASTER = "local-cluster[2,1,1024]"
# Many short runs: what Java takes to compile its best would not come back.
ENVIRONMENT = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def cluster(*words: str, check: bool = True, **more: str) -> subprocess.CompletedProcess:
    """Runs touchstone-cluster of the environment that runs this."""
    command = [sys.executable, "-m", "touchstone_cluster.command", *map(str, words)]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, **os.environ, **more},
    )
    assert not check or done.returncode == 0, done.stderr[-4000:]
    return done


TOUCHSTONE = os.environ.get("TOUCHSTONE", str(ROOT / "target/debug/touchstone"))


def embedded(paths: list[Path], database: Path, config: Path | None = None) -> None:
    database.unlink(missing_ok=True)
    words = [TOUCHSTONE, "run", *paths, "--db", database, "--quiet", *named(config)]
    words += ["--out", f"{database}-report"]
    subprocess.run([*map(str, words)], check=True, capture_output=True)


def named(config: Path | None) -> list:
    return ["--config", config] if config else []


def opened(database: Path) -> Iterator[tuple[str, Iterator[tuple]]]:
    """The rows of every public view; of runs all but their times."""
    connection = sqlite3.connect(database)
    names = [
        name
        for (name,) in connection.execute(
            "select name from sqlite_master where type = 'view' and name like 'v\\_%'"
            " escape '\\'"
        )
    ]
    assert 20 < len(names), names
    for name in sorted(names):
        columns = [
            column[1] for column in connection.execute(f"pragma table_info({name})")
        ]
        kept = ", ".join(
            one for one in columns if one not in ("started_at", "finished_at")
        )
        yield name, connection.execute(f"select {kept} from {name}")
    connection.close()


def views(database: Path) -> dict[str, list[str]]:
    """All rows of every public view, sorted."""
    return {name: sorted(map(repr, rows)) for name, rows in opened(database)}


def same(found: dict[str, list[str]], expected: dict[str, list[str]]) -> None:
    assert found.keys() == expected.keys()
    for name, rows in expected.items():
        differ = set(rows) ^ set(found[name])
        assert found[name] == rows, (
            f"{name}: {len(differ)} rows differ, such as {sorted(differ)[:2]}"
        )


def by_commands(
    paths: list[Path], data: Path, count: int, master: str, config: Path | None
) -> None:
    # A path that is not whole must mean the same on every machine.
    to = os.path.relpath(data)
    spark = ["--master", master, "--partitions", count, *named(config)]
    cluster("import", *paths, "--to", to, *spark)
    told = cluster("attribute", "--data", to, *spark).stderr
    assert "executors: " in told and "driver: " in told, told


def in_a_session(
    paths: list[Path], runs: dict[int, Path], master: str, config: Path | None
) -> None:
    """Does all of them in one session, as a notebook does."""
    from touchstone_cluster import attributing, importing
    from touchstone_cluster.session import session

    os.environ.update({**ENVIRONMENT, **os.environ})
    spark = session(master)
    own = str(config) if config else None
    for count, data in runs.items():
        importing.run(spark, list(map(str, paths)), str(data), {}, count, config=own)
        attributing.run(spark, str(data), {}, count, config=own)
    spark.stop()


# What a configuration changes that has every section.
CHANGED = (
    "v_deal_credits",
    "v_deals",
    "v_incremental",
    "v_lead_credits",
    "v_leads",
    "v_post_scorecard",
    "v_posts",
    "v_rejections",
    "v_source_files",
    "v_theme_scorecard",
    "v_touches",
)


def check(
    paths: list[Path],
    folder: Path,
    partitions: list[int],
    master: str = MASTER,
    config: Path | None = None,
) -> None:
    embedded(paths, folder / "embedded.db", config)
    expected = views(folder / "embedded.db")
    if config:
        embedded(paths, folder / "plain.db")
        plain = views(folder / "plain.db")
        kept = [name for name in CHANGED if plain[name] == expected[name]]
        assert not kept, f"{config} does not change {kept}"
    assert expected["v_lead_credits"] and expected["v_deal_credits"]
    first, *others = partitions
    by_commands(paths, folder / f"data-{first}", first, master, config)
    if others:
        runs = {count: folder / f"data-{count}" for count in others}
        in_a_session(paths, runs, master, config)
    for count in partitions:
        data, database = folder / f"data-{count}", folder / f"collected-{count}.db"
        cluster("collect", "--data", data, "--db", database)
        same(views(database), expected)
        as_said = f", {config.name}" if config else ""
        told = f"{len(expected)} views equal, {count} partitions, {master}{as_said}"
        print(told, flush=True)


if __name__ == "__main__":
    import argparse
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "sample-data"])
    parser.add_argument("--partitions", default="2,3,8")
    parser.add_argument("--master", default=MASTER)
    parser.add_argument("--config", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="touchstone-") as made:
        counts = [int(count) for count in arguments.partitions.split(",")]
        folder, master = Path(made), arguments.master
        check(arguments.paths, folder, counts, master, arguments.config)
