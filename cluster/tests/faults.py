"""Executors and drivers that are killed, and machines that have another release, change nothing."""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from equal import ENVIRONMENT, MASTER, ROOT, cluster, embedded, same, views

# Files are few in the samples, so that they are copied under many names: work for a while.
COPIES = 20
SPARK = ["--master", MASTER, "--partitions", "4"]


def exports(folder: Path) -> Path:
    """Archives and CRM, engagers' lists under many names, and a file that no format fits."""
    made = folder / "exports"
    for part in ("linkedin", "crm"):
        shutil.copytree(ROOT / "sample-data" / part, made / part)
    for file in sorted((ROOT / "sample-data/engagement").iterdir()):
        if file.suffix != ".csv":
            continue
        lines = file.read_text().splitlines(keepends=True)
        for copy in range(COPIES):
            (made / f"{file.stem}-{copy}.csv").write_text(
                "".join(lines[: len(lines) - copy])
            )
    (made / "bad.csv").write_bytes(b"\x00\x01\x02" * 1000)
    return made


def executors(driver: int) -> list[int]:
    """The executor processes that a driver started."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], check=False, capture_output=True, text=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    family = {driver}
    for _ in range(4):
        family |= {int(pid) for pid, parent, _ in rows if int(parent) in family}
    backends = "CoarseGrainedExecutorBackend"
    return [
        int(pid) for pid, _, words in rows if int(pid) in family and backends in words
    ]


def importing(made: Path, data: Path) -> list:
    return ["import", made, "--to", data, *SPARK]


def attributing(data: Path) -> list:
    return ["attribute", "--data", data, *SPARK]


def started(words: list) -> subprocess.Popen:
    command = [sys.executable, "-m", "touchstone_cluster.command", *map(str, words)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**ENVIRONMENT, **os.environ},
    )


def wait(process: subprocess.Popen, is_reached) -> None:
    until = time.monotonic() + 240
    while not is_reached() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    assert process.poll() is None, "it ended before it could be disturbed"


def has(data: Path, pattern: str):
    return lambda _: any(data.glob(pattern))


def has_executors(process: subprocess.Popen) -> bool:
    return 1 < len(executors(process.pid))


def killed(words: list, is_reached) -> None:
    """Kills one executor when a moment is reached; the command ends well all the same."""
    process = started(words)
    wait(process, lambda: is_reached(process))
    os.kill(executors(process.pid)[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-4000:]


def driver_killed(words: list, is_reached) -> None:
    """Kills the driver when a moment is reached, and what it leaves behind."""
    process = started(words)
    wait(process, lambda: is_reached(process))
    children = executors(process.pid)
    process.kill()
    process.communicate()
    for pid in children:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def collected(data: Path, expected) -> None:
    database = data.with_suffix(".db")
    cluster("collect", "--data", data, "--db", database)
    same(views(database), expected)


def imports(made: Path, folder: Path, expected) -> None:
    for name, pattern in (("scanning", None), ("writing", "attempt-*/*/*.parquet")):
        data = folder / name
        moment = has(data, pattern) if pattern else has_executors
        killed(importing(made, data), moment)
        collected(data, expected)
        print(f"import, {name}: an executor was killed, the views are equal", flush=True)
    data = folder / "driver"
    driver_killed(importing(made, data), has(data, "attempt-*/*/*.parquet"))
    assert not (data / "manifest.json").exists(), "a killed import has published"
    for words in (["collect", "--db", folder / "none.db"], ["attribute", *SPARK]):
        refused = cluster(words[0], "--data", data, *words[1:], check=False)
        assert refused.returncode == 1 and "import again" in refused.stderr, (
            refused.stderr
        )
    assert not (folder / "none.db").exists()
    cluster(*importing(made, data))
    collected(data, expected)
    print(
        "import, driver: nothing was published, a rerun counts nothing twice", flush=True
    )


def attributions(imported: Path, folder: Path, expected) -> None:
    moments = {
        "attribute-scanning": None,
        # What is written here stands behind the first shuffles.
        "attribute-reduced": "attribution-*/identities/*.parquet",
        "attribute-linked": "attribution-*/touches/*.parquet",
    }
    for name, pattern in moments.items():
        data = folder / name
        shutil.copytree(imported, data)
        killed(attributing(data), has(data, pattern) if pattern else has_executors)
        assert (data / "attribution.json").exists()
        collected(data, expected)
        print(f"{name}: an executor was killed, the views are equal", flush=True)
    data = folder / "attribute-driver"
    shutil.copytree(imported, data)
    driver_killed(attributing(data), has(data, "attribution-*/touches/*.parquet"))
    assert not (data / "attribution.json").exists(), "a killed attribution has published"
    cluster(*attributing(data))
    # Once more: the second takes the place of the first.
    cluster(*attributing(data))
    collected(data, expected)
    print(
        "attribute-driver: nothing was published, reruns count nothing twice", flush=True
    )


def lasting(words: list) -> float:
    """The seconds that a command works once it has executors."""
    process = started(words)
    wait(process, lambda: has_executors(process))
    begin = time.monotonic()
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors[-4000:]
    return time.monotonic() - begin


def at_random(made: Path, imported: Path, folder: Path, expected, times: int) -> None:
    """Kills executors at moments that are drawn, of imports and attributions in turn."""
    draw = random.Random(times)
    first = folder / "random"
    shutil.copytree(imported, first)
    lasts = {
        "import": lasting(importing(made, folder / "random-import")),
        "attribute": lasting(attributing(first)),
    }
    killed_yet = 0
    while killed_yet < times:
        name = ("import", "attribute")[killed_yet % 2]
        data = folder / "at-random"
        if name == "attribute":
            shutil.copytree(imported, data)
        words = importing(made, data) if name == "import" else attributing(data)
        share = draw.random()
        process = started(words)
        wait(process, lambda: has_executors(process))
        until = time.monotonic() + share * lasts[name]
        while time.monotonic() < until and process.poll() is None:
            time.sleep(0.02)
        found = executors(process.pid)
        is_killed = bool(found) and process.poll() is None
        if is_killed:
            os.kill(draw.choice(found), signal.SIGKILL)
            killed_yet += 1
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors[-4000:]
        collected(data, expected)
        done = "an executor was killed" if is_killed else "it ended before that"
        told = f"{killed_yet}/{times}, {name} at {share:.0%}: {done}, the views are equal"
        print(told, flush=True)
        shutil.rmtree(data)
        data.with_suffix(".db").unlink()


def other_version(words: list, module: str, published: Path) -> None:
    """The driver takes itself for another release than the executors have."""
    program = (
        "import touchstone_cluster, sys\n"
        f"from touchstone_cluster import command, {module}\n"
        f"{module}.__version__ = '0.0.9'\n"
        f"sys.exit(command.main({json.dumps([str(word) for word in words])}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, **os.environ},
    )
    assert done.returncode == 1, done.stderr[-2000:]
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("error: an executor has touchstone-cluster"), last
    assert "install the same wheel" in last, last
    assert not published.exists()
    print(f"version, {words[0]}: refused", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--random", type=int, default=10, metavar="TIMES")
    times = parser.parse_args().random
    with tempfile.TemporaryDirectory(prefix="touchstone-") as made:
        folder = Path(made)
        source = exports(folder)
        embedded([source], folder / "embedded.db")
        expected = views(folder / "embedded.db")
        assert any("bad.csv" in row for row in expected["v_rejections"])
        assert expected["v_touches"] and expected["v_deal_credits"]
        imported = folder / "imported"
        cluster(*importing(source, imported))
        other_version(attributing(imported), "tables", imported / "attribution.json")
        other = folder / "other"
        other_version(importing(source, other), "importing", other / "manifest.json")
        imports(source, folder, expected)
        attributions(imported, folder, expected)
        at_random(source, imported, folder, expected, times)


if __name__ == "__main__":
    main()
