"""Executors and drivers that are killed, and machines that have another release, change nothing."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from equal import MASTER, ROOT, cluster, embedded, same, views

# Files are few in the samples, so that they are copied under many names: work for a while.
COPIES = 60


def exports(folder: Path) -> Path:
    """Engagers' lists and deals under many names, and a file that no format fits."""
    made = folder / "exports"
    made.mkdir()
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


def started(made: Path, data: Path) -> subprocess.Popen:
    words = ["import", made, "--to", data, "--master", MASTER, "--partitions", "8"]
    command = [sys.executable, "-m", "touchstone_cluster.command", *map(str, words)]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def wait(process: subprocess.Popen, is_reached) -> None:
    until = time.monotonic() + 240
    while not is_reached() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert process.poll() is None, "it ended before it could be disturbed"


def killed(made: Path, folder: Path, name: str, is_reached, expected) -> None:
    """Kills one executor when a moment is reached; the result is that of an undisturbed run."""
    data = folder / name
    process = started(made, data)
    wait(process, lambda: is_reached(process, data))
    victim = executors(process.pid)[0]
    os.kill(victim, signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-4000:]
    cluster("collect", "--data", data, "--db", folder / f"{name}.db")
    same(views(folder / f"{name}.db"), expected)
    print(f"{name}: an executor was killed, the views are equal", flush=True)


def driver_killed(made: Path, folder: Path, expected) -> None:
    data = folder / "driver"
    process = started(made, data)
    wait(process, lambda: any(data.rglob("*.parquet")))
    children = executors(process.pid)
    process.kill()
    process.communicate()
    for pid in children:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    assert not (data / "manifest.json").exists(), "a killed import has published"
    refused = cluster("collect", "--data", data, "--db", folder / "none.db", check=False)
    assert refused.returncode == 1 and "import again" in refused.stderr, refused.stderr
    assert not (folder / "none.db").exists()
    cluster("import", made, "--to", data, "--master", MASTER, "--partitions", "8")
    cluster("collect", "--data", data, "--db", folder / "driver.db")
    same(views(folder / "driver.db"), expected)
    print("driver: nothing was published, a rerun counts nothing twice", flush=True)


def other_version(made: Path, folder: Path) -> None:
    """The driver takes itself for another release than the executors have."""
    words = ["import", str(made), "--to", str(folder / "other"), "--master", MASTER]
    program = (
        "import touchstone_cluster, sys\n"
        "from touchstone_cluster import command, importing\n"
        "importing.__version__ = '0.0.9'\n"
        f"sys.exit(command.main({json.dumps(words)}))\n"
    )
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 1, done.stderr[-2000:]
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("error: an executor has touchstone-cluster"), last
    assert "install the same wheel" in last, last
    assert not (folder / "other/manifest.json").exists()
    print("version: refused", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="touchstone-") as made:
        folder = Path(made)
        source = exports(folder)
        embedded([source], folder / "embedded.db")
        expected = views(folder / "embedded.db")
        assert any("bad.csv" in row for row in expected["v_rejections"])
        killed(
            source,
            folder,
            "scanning",
            lambda process, _: 1 < len(executors(process.pid)),
            expected,
        )
        killed(
            source,
            folder,
            "writing",
            lambda _, data: any(data.rglob("*.parquet")),
            expected,
        )
        driver_killed(source, folder, expected)
        other_version(source, folder)


if __name__ == "__main__":
    main()
