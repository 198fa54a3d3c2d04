"""What the scripts of the peers share: the archives unpacked, and the figures told."""

import resource
import time
import zipfile
from pathlib import Path

BEGAN = time.perf_counter()
WINDOW_DAYS = 90
# The newest statement of the exports: the end of open deals.
AS_OF = "2026-03-31 00:00:00"


def unpacked(exports: Path, folder: Path) -> None:
    """Unpacks every archive into a folder of its own."""
    for path in sorted(exports.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder / path.stem)


def told(counts: dict[str, float]) -> None:
    """Prints what was counted and what it cost, as the benchmark reads it."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "wall": time.perf_counter() - BEGAN,
        "cpu": own.ru_utime + own.ru_stime,
        "peak": own.ru_maxrss * 1024,
        **counts,
    }
    for name, value in figures.items():
        print(f"{name}\t{value}")
