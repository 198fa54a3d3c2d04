"""What `touchstone-cluster` takes at several sizes, beside `touchstone`, as a table.

A case is a shape and how many engagements its lists hold: `leads:1000000` is a list of people
who reacted to 20 posts each, all of them leads; of `busy:1000000` to 200 each; `one:1000000` is
one lead who reacted to and commented on half as many posts, `journey:1000000` the same with a
window that holds them all; `network:1000000` is the network of the benchmark, with as many
rows, or a folder that it made: `network:FOLDER`. Sizes of one shape stand in rising order. The
views of both are compared. With `--duckdb`, which needs the package of that name, DuckDB goes
through the lists of `leads` by `by_hand.sql`, and the credits are compared.

CPU and memory are what the kernel said, ten times a second, of the command and of all that it
started: CPU is the sum of the last figures, memory the peak of one process. Sums that the
kernel gives at the end lack Python's workers, for whose end nobody waits. Needs Linux.
"""

import argparse
import csv
import ctypes
import hashlib
import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from equal import MASTER, ROOT, TOUCHSTONE, opened

# Both run on one machine, whichever way the rest is done.
CONFIG = "placebo = 0\nbootstrap = 0\n"
FILES = 16
POSTS_A_PERSON = {"leads": 20, "busy": 200}
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 700
LIKERS = "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp"
COMMENTERS = (
    "profileUrl,fullName,occupation,comment,commentUrl,commentDate,postUrl,timestamp"
)
CONTACTS = (
    "Record ID,First Name,Last Name,Email,Company name,Lifecycle Stage,Create Date,"
    "LinkedIn URL"
)
DEALS = (
    "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Is Closed Won,"
    "Associated Contact IDs"
)
LISTED = "2026-01-04T10:00:00.000Z"
TICKS = os.sysconf("SC_CLK_TCK")
SUBREAPER = 36

# Words of a process's command line, and what it is.
ROLES = (
    ("CoarseGrainedExecutorBackend", "an executor's Java"),
    ("pyspark.daemon", "an executor's Python"),
    ("SparkSubmit", "the driver's Java"),
)


def moment(share: float) -> datetime:
    return BEGIN + timedelta(days=DAYS * share)


@cache
def post(at: int, posts: int) -> str:
    """The address of a post; LinkedIn's numbers say when it was made."""
    number = (int(moment(at / posts).timestamp() * 1000) << 22) + 1_234_567 + at
    return f"https://www.linkedin.com/feed/update/urn:li:activity:{number}/"


def person(at: int) -> tuple[str, str, str]:
    first, last = f"Asta{at % 997}", f"Ambrey{at}"
    return f"https://www.linkedin.com/in/asta-{at}", first, last


def engagers(folder: Path, likes: Iterator[tuple[int, str]]) -> None:
    """Lists of engagers: a person, and the address of a post."""
    files = [(folder / f"list-{at}-likers.csv").open("w") for at in range(FILES)]
    for file in files:
        file.write(f"{LIKERS}\n")
    liker = -1
    for at, (who, liked) in enumerate(likes):
        if who != liker:
            liker, (address, first, last) = who, person(who)
            name = f"{first} {last}"
            said = f"{address},{name},{name},Nurse at Garrick,LIKE,"
        # No cell needs quotes, and there may be a hundred million rows.
        files[at % FILES].write(f"{said},{liked},{LISTED}\n")
    for file in files:
        file.close()


def commenters(folder: Path, posts: int) -> None:
    address, first, last = person(0)
    files = [(folder / f"list-{at}-commenters.csv").open("w") for at in range(FILES)]
    writers = [csv.writer(file) for file in files]
    for writer in writers:
        writer.writerow(COMMENTERS.split(","))
    for at in range(posts):
        on = post(at, posts)
        when = (moment(at / posts) + timedelta(hours=5)).strftime(
            "%Y-%m-%dT%H:%M:%S.000Z"
        )
        comment = f"How long did that take, {at}?"
        row = (address, f"{first} {last}", "Nurse at Garrick", comment, "", when, on)
        writers[at % FILES].writerow((*row, LISTED))
    for file in files:
        file.close()


def crm(folder: Path, leads: int) -> None:
    """Leads who came in the last hundred days, every tenth of them with a deal."""
    with (folder / "hubspot-contacts.csv").open("w") as file:
        contacts = csv.writer(file)
        contacts.writerow(CONTACTS.split(","))
        for at in range(leads):
            address, first, last = person(at)
            mail = f"asta-{at}@mail.example"
            day = moment(1) - timedelta(days=at % 100)
            created = day.strftime("%Y-%m-%d %H:%M")
            row = (at + 1, first, last, mail, "Garrick", "Lead", created, address)
            contacts.writerow(row)
    with (folder / "hubspot-deals.csv").open("w") as file:
        deals = csv.writer(file)
        deals.writerow(DEALS.split(","))
        for at in range(0, leads, 10):
            created = (moment(1) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
            closed = (moment(1) + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
            row = (at + 1, f"Deal {at}", "Won", "8927.50", "AUD", closed, created)
            deals.writerow((*row, "true", at + 1))


def leads(folder: Path, engagements: int, each: int) -> None:
    people = engagements // each
    posts = max(each, people // 25)
    step = posts // each
    engagers(
        folder,
        (
            (at, post((at * 7 + step * one) % posts, posts))
            for at in range(people)
            for one in range(each)
        ),
    )
    crm(folder, people)


def one_lead(folder: Path, engagements: int) -> None:
    posts = engagements // 2
    engagers(folder, ((0, post(at, posts)) for at in range(posts)))
    commenters(folder, posts)
    crm(folder, 1)


def network(folder: Path, rows: str) -> Path:
    if not rows.isdigit():
        return Path(rows)
    words = ["cargo", "bench", "--quiet", "--bench", "scale", "--", "generate", rows]
    subprocess.run([*words, folder / "network"], check=True, cwd=ROOT)
    return folder / "network/exports"


def made(shape: str, size: str, folder: Path) -> Path:
    """The folder with the exports of a case."""
    if shape == "network":
        return network(folder, size)
    exports = folder / "exports"
    exports.mkdir()
    if each := POSTS_A_PERSON.get(shape):
        leads(exports, int(size), each)
    else:
        one_lead(exports, int(size))
    return exports


@dataclass
class Taken:
    """What a command took."""

    cpu: float = 0.0
    wall: float = 0.0
    # Of each process, which is a number and when it began.
    seen: dict[tuple[int, str], float] = field(default_factory=dict)
    # What each process is.
    kinds: dict[tuple[int, str], str] = field(default_factory=dict)
    # The most of one process of a kind, in MB.
    peaks: dict[str, int] = field(default_factory=dict)


def watch(root: int, taken: Taken, done: threading.Event) -> None:
    """Reads what the kernel says of a process and all below it until that is done."""
    kinds: dict[int, str] = {root: "the process itself"}
    while not done.wait(0.1):
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                try:
                    look(int(entry.name), root, taken, kinds)
                except (OSError, StopIteration, IndexError):
                    pass


def look(pid: int, root: int, taken: Taken, kinds: dict[int, str]) -> None:
    stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    if pid != root:
        if int(stat[1]) not in kinds and pid not in kinds:
            return
        # What execs bears another name afterwards, so it is read each time.
        words = Path(f"/proc/{pid}/cmdline").read_text()
        # What has ended says nothing any more.
        if words or pid not in kinds:
            kinds[pid] = next((kind for word, kind in ROLES if word in words), "other")
    taken.seen[pid, stat[19]] = (int(stat[11]) + int(stat[12])) / TICKS
    taken.kinds[pid, stat[19]] = kinds[pid]
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM:"))
    kind, peak = kinds[pid], int(peak.split()[1]) // 1024
    taken.peaks[kind] = max(taken.peaks.get(kind, 0), peak)


def measured(words: list, cwd: Path | None = None, **more: str) -> Taken:
    taken, done, begin = Taken(), threading.Event(), time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", **more}
        process = subprocess.Popen(
            [*map(str, words)], stdout=said, stderr=said, env=environment, cwd=cwd
        )
        watcher = threading.Thread(target=watch, args=(process.pid, taken, done))
        watcher.start()
        code = process.wait()
        taken.wall = time.monotonic() - begin
        # What it started and left behind is ours now, and does not disturb what is next.
        while True:
            try:
                os.wait()
            except ChildProcessError:
                break
        done.set()
        watcher.join()
        said.seek(0)
        assert code == 0, said.read()[-4000:]
    taken.cpu = sum(taken.seen.values())
    return taken


def cpu_by_kind(taken: Taken) -> dict[str, float]:
    """CPU of all processes of a kind."""
    total = dict.fromkeys(("the process itself", *(kind for _, kind in ROLES)), 0.0)
    for process, cpu in taken.seen.items():
        kind = taken.kinds[process]
        total[kind] = total.get(kind, 0.0) + cpu
    return total


def logged(folder: Path) -> dict[str, int]:
    """Bytes that tasks gave to shuffles and spilled to disk, as Spark's log says."""
    total = {"shuffled": 0, "spilled": 0}
    for log in folder.iterdir():
        for line in log.open():
            if '"Event":"SparkListenerTaskEnd"' in line:
                metrics = json.loads(line).get("Task Metrics") or {}
                wrote = metrics.get("Shuffle Write Metrics", {})
                total["shuffled"] += wrote.get("Shuffle Bytes Written", 0)
                total["spilled"] += metrics.get("Disk Bytes Spilled", 0)
    return total


def rows(data: Path, manifest: str, table: str) -> int:
    files = json.loads((data / manifest).read_text())["files"]
    return sum(file["rows"] for file in files if file["table"] == table)


def weight(path: Path) -> float:
    """What a file weighs, or a folder with all below it, in MB."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files) / 1e6


def clustered(exports: Path, folder: Path, arguments) -> dict[str, float]:
    """The figures of import, attribute and collect; `collected.db` is left."""
    data, logs = folder / "data", folder / "logs"
    config = folder / "touchstone.toml"
    python = [sys.executable, "-m", "touchstone_cluster.command"]
    spark = ["--master", arguments.master, "--partitions", arguments.partitions]
    spark += ["--config", config]
    lines: dict[str, float] = {}
    for name, words in (
        ("import", ["import", exports, "--to", data, *spark]),
        ("attribute", ["attribute", "--data", data, *spark]),
        ("collect", ["collect", "--data", data, "--db", folder / "collected.db"]),
    ):
        log = logs / name
        log.mkdir(parents=True)
        settings = {
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": log.as_uri(),
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.compress": "false",
        }
        given = [f"--conf {name}={value}" for name, value in settings.items()]
        submit = " ".join([*given, "pyspark-shell"])
        taken = measured([*python, *words], PYSPARK_SUBMIT_ARGS=submit)
        told = f"{name}: {taken.cpu:.0f} s of CPU, {taken.peaks}"
        print(told, file=sys.stderr, flush=True)
        if name == "import":
            lines["engagements"] = rows(data, "manifest.json", "engagements")
            lines["exports, MB"] = weight(exports)
            if arguments.alone and folder in exports.parents:
                # Nobody reads them again, and they may be most of a disk.
                shutil.rmtree(exports)
        lines[f"{name}: CPU, s"] = taken.cpu
        lines[f"{name}: wall, s"] = taken.wall
        if name == "attribute":
            lines["touches of leads"] = rows(data, "attribution.json", "touches")
            for kind, cpu in cpu_by_kind(taken).items():
                own = {"the process itself": "the driver's library"}.get(kind, kind)
                lines[f"attribute: CPU of {own}, s"] = cpu
            found = logged(log)
            per = found["shuffled"] / max(1, lines["engagements"])
            lines["attribute: shuffled, bytes an engagement"] = per
            lines["attribute: spilled to disk, MB"] = found["spilled"] / 1e6
        own = {"the process itself": f"{name}: memory of the process, MB"}
        for kind, peak in sorted(taken.peaks.items()):
            if kind != "other":
                lines[own.get(kind, f"{name}: of {kind}, MB")] = peak
    lines["imported and attributed, MB"] = weight(data)
    lines["collected database, MB"] = weight(folder / "collected.db")
    steps = ("import", "attribute", "collect")
    lines["all three: CPU, s"] = sum(lines[f"{name}: CPU, s"] for name in steps)
    lines["all three: wall, s"] = sum(lines[f"{name}: wall, s"] for name in steps)
    return lines


def embedded(exports: Path, folder: Path) -> dict[str, float]:
    """The figures of `touchstone run` on the same exports; `embedded.db` is left."""
    words = [TOUCHSTONE, "run", exports, "--db", folder / "embedded.db", "--quiet"]
    words += ["--config", folder / "touchstone.toml", "--out", folder / "report"]
    taken = measured(words)
    database = sqlite3.connect(folder / "embedded.db")
    (engagements,) = database.execute("select count(*) from engagements").fetchone()
    return {
        "engagements": engagements,
        "touchstone run: CPU, s": taken.cpu,
        "touchstone run: wall, s": taken.wall,
        "touchstone run: memory, MB": taken.peaks["the process itself"],
    }


BY_HAND = """
import pathlib, sys, duckdb
duckdb.connect(sys.argv[1]).execute(pathlib.Path(sys.argv[2]).read_text())
"""


def by_hand(exports: Path, folder: Path) -> dict[str, float]:
    """The figures of DuckDB; its credits are those of the linear model."""
    import duckdb

    database, sql = folder / "duck.db", Path(__file__).with_name("by_hand.sql")
    taken = measured([sys.executable, "-c", BY_HAND, database, sql], cwd=exports)
    found = dict(duckdb.connect(str(database)).sql("from credits").fetchall())
    query = (
        "select post_urn, sum(share) from v_lead_credits"
        " where model = 'linear' and post_urn is not null group by 1"
    )
    expected = dict(sqlite3.connect(folder / "embedded.db").execute(query))
    assert found.keys() == expected.keys()
    for urn, leads in expected.items():
        assert math.isclose(found[urn], leads, rel_tol=1e-9), urn
    return {
        "DuckDB: CPU, s": taken.cpu,
        "DuckDB: wall, s": taken.wall,
        "DuckDB: memory, MB": taken.peaks["the process itself"],
    }


def digests(database: Path) -> dict[str, tuple[int, int]]:
    """Of every view how many rows it has, and what they sum to in any order."""
    total = {}
    for name, rows in opened(database):
        count = added = 0
        for row in rows:
            digest = hashlib.blake2b(repr(row).encode(), digest_size=16).digest()
            count, added = count + 1, added + int.from_bytes(digest)
        total[name] = (count, added % (1 << 128))
    return total


def compared(shape: str, size: str, folder: Path) -> dict[str, float]:
    expected = digests(folder / "embedded.db")
    found = digests(folder / "collected.db")
    differ = [view for view in expected if found[view] != expected[view]]
    assert not differ, f"{shape}:{size}: not equal: {differ}"
    return {"rows of equal views": sum(count for count, _ in expected.values())}


def case(shape: str, size: str, arguments) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="touchstone-", dir=arguments.scratch) as own:
        folder = Path(own)
        window = f"window = {2 * DAYS}\n" if shape == "journey" else ""
        (folder / "touchstone.toml").write_text(CONFIG + window)
        exports = made(shape, size, folder)
        if arguments.no_spark:
            lines = embedded(exports, folder)
        else:
            lines = clustered(exports, folder, arguments)
            if not arguments.alone:
                lines |= embedded(exports, folder) | compared(shape, size, folder)
        if arguments.duckdb and shape == "leads":
            lines |= by_hand(exports, folder)
    return lines


def exponents(cases: list[tuple[str, dict[str, float]]]) -> Iterator[str]:
    """How CPU grows with engagements, between the sizes of a shape that stand in a row."""
    grows = ("attribute: CPU, s", "all three: CPU, s", "touchstone run: CPU, s")
    for (one, less), (other, more) in pairwise(cases):
        if one.partition(":")[0] != other.partition(":")[0]:
            continue
        times = more["engagements"] / less["engagements"]
        for line in (line for line in grows if line in less):
            exponent = math.log(more[line] / less[line]) / math.log(times)
            yield f"{one} to {other}, {line[:-3]}: exponent {exponent:.2f}"
    for (one, first), (_, middle), (other, last) in zip(cases, cases[1:], cases[2:]):
        if one.partition(":")[0] != other.partition(":")[0]:
            continue
        times = [
            later["engagements"] / earlier["engagements"]
            for earlier, later in ((first, middle), (middle, last))
        ]
        if abs(times[0] - times[1]) > 0.01 * times[0]:
            continue
        # In even steps the fixed cost drops out of the differences.
        for line in (line for line in grows if line in first):
            below, above = middle[line] - first[line], last[line] - middle[line]
            if 0 < below and 0 < above:
                exponent = math.log(above / below) / math.log(times[0])
                yield (
                    f"{one} to {other}, {line[:-3]}, without the fixed cost: "
                    f"exponent {exponent:.2f}"
                )


def table(cases: list[tuple[str, dict[str, float]]]) -> Iterator[str]:
    yield "| | " + " | ".join(name for name, _ in cases) + " |"
    yield "|---" * (len(cases) + 1) + "|"
    names = dict.fromkeys(name for _, lines in cases for name in lines)
    for name in names:
        cells = [f"{round(lines[name]):,}" if name in lines else "" for _, lines in cases]
        yield f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="+", metavar="SHAPE:ENGAGEMENTS")
    parser.add_argument("--master", default=MASTER)
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--scratch", help="where exports and databases lie meanwhile")
    parser.add_argument("--duckdb", action="store_true", help="with DuckDB beside")
    less = parser.add_mutually_exclusive_group()
    less.add_argument("--alone", action="store_true", help="without touchstone beside")
    less.add_argument("--no-spark", action="store_true", help="without the cluster")
    arguments = parser.parse_args()
    # Executors outlive the process that started them; they come to this one then.
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    cases = []
    try:
        for name in arguments.cases:
            shape, _, size = name.partition(":")
            cases.append((name, case(shape, size, arguments)))
            print(f"{name}: {json.dumps(cases[-1][1])}", file=sys.stderr, flush=True)
    finally:
        # A case that fails takes hours of others along else.
        for line in [*table(cases), "", *exponents(cases)]:
            print(line)


if __name__ == "__main__":
    main()
