"""`import`: exports become Parquet, each file looked at and read by an executor.

Every attempt of a task writes files of its own name into the folder of its import, and
nothing counts but what the one manifest names, which is written last: a task that ran twice
counts once, and an import that was killed left nothing that anybody reads.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import pyarrow as pa
from pyspark.sql import SparkSession

from . import __version__, library, places, tables
from .given import Given, configuration, judged
from .session import check_version
from .tables import Writer, publish

MANIFEST = "manifest.json"


@dataclass
class Manifest:
    """What an import wrote, as the one file says that makes it count."""

    version: str
    attempt: str
    plan: dict
    imported: list[dict] = field(default_factory=list)
    files: list[dict] = field(default_factory=list)


def run(
    spark: SparkSession,
    paths: list[str],
    to: str,
    options: dict[str, str],
    partitions: int,
    config: str | None = None,
) -> Manifest:
    """Imports all files under the paths into the folder at a URL, with the options and
    the configuration at a path or URL."""
    given = judged(options, configuration(config))
    return imported(spark, paths, to, given, partitions)


def imported(
    spark: SparkSession, paths: list[str], to: str, given: Given, partitions: int
) -> Manifest:
    """Imports as was given, which the library has judged."""
    # Executors have working folders of their own.
    to = places.absolute(to)
    found, unreadable = places.walk(paths)
    if not found and not unreadable:
        raise RuntimeError(f"{', '.join(paths)}: there are no files in it")
    looks = _look(spark, found, given, partitions)
    plan = library.plan([look for _, look in looks], unreadable)
    attempt = uuid.uuid4().hex
    manifest = Manifest(__version__, attempt, json.loads(plan))
    tasks = _tasks(looks, manifest.plan, found)
    for answer in _read(
        spark, tasks, places.below(to, f"attempt-{attempt}"), given, partitions
    ):
        manifest.imported.append(json.loads(answer["imported"]))
        manifest.files.extend(json.loads(answer["files"]))
    manifest.files.sort(key=lambda file: (file["table"], file["part"]))
    publish(to, MANIFEST, asdict(manifest))
    return manifest


def load(data: str) -> Manifest:
    """The manifest of a folder of data."""
    found = tables.published(data, MANIFEST)
    if found is None:
        raise RuntimeError(
            f"{data}: there is no {MANIFEST} in it; an import that did not end leaves none: "
            "import again"
        )
    # What other releases write need not fit.
    if found.get("version") != __version__:
        raise RuntimeError(
            f"{data}: it was imported by touchstone-cluster {found.get('version')}, this is "
            f"{__version__}; import again with this release"
        )
    return Manifest(**found)


def batches(data: str, manifest: Manifest) -> Iterator[tuple[str, pa.RecordBatch]]:
    """All rows that a manifest names, by table."""
    return tables.batches(data, manifest.files)


def _look(
    spark: SparkSession, found: list[tuple[str, str]], given: Given, partitions: int
) -> list[tuple[tuple[str, str], str]]:
    """What each file holds, in the order of the files."""
    if not found:
        return []
    rows = [(at, path, shown) for at, (path, shown) in enumerate(found)]
    frame = spark.createDataFrame(rows, "at int, path string, shown string")

    def look(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        check_version(expected)
        for part in parts:
            for row in part.to_pylist():
                with places.on_disk(row["path"]) as path:
                    answer = library.look(path, row["path"], row["shown"], given)
                yield pa.RecordBatch.from_pylist(
                    [{"at": row["at"], "look": answer}], schema
                )

    expected = __version__
    schema = pa.schema([("at", pa.int32()), ("look", pa.string())])
    answers = (
        frame.repartition(partitions, "at")
        .mapInArrow(look, "at int, look string")
        .collect()
    )
    by_file = {row["at"]: row["look"] for row in answers}
    return [(one, by_file[at]) for at, one in enumerate(found)]


def _tasks(looks: list, plan: dict, found: list[tuple[str, str]]) -> list[dict]:
    """The files to read, the largest first, each with the tables that are planned of it."""
    planned: dict[int, list[dict]] = {}
    for one in plan["files"]:
        planned.setdefault(one["look"], []).append(one)
    tasks = [
        {
            "path": found[at][0],
            "shown": found[at][1],
            "planned": json.dumps(tables),
            "bytes": sum(one["bytes"] for one in tables),
        }
        for at, tables in planned.items()
    ]
    return sorted(tasks, key=lambda task: (-task["bytes"], task["shown"]))


def _spread(tasks: list[dict], partitions: int) -> list[dict]:
    """Gives each task the partition that has least to read so far."""
    loads = [0] * partitions
    for task in tasks:
        part = min(range(partitions), key=lambda part: (loads[part], part))
        loads[part] += task["bytes"] + 1
        task["part"] = part
    return tasks


def _read(
    spark: SparkSession,
    tasks: list[dict],
    folder: str,
    given: Given,
    partitions: int,
) -> list:
    if not tasks:
        return []
    tasks = _spread(tasks, partitions)
    rows = [(task["part"], json.dumps(task)) for task in tasks]
    # Partitions are chosen by load, so the key of a row is its partition.
    pairs = spark.sparkContext.parallelize(rows, 1).partitionBy(
        partitions, lambda part: part
    )
    frame = spark.createDataFrame(pairs.map(lambda pair: (pair[1],)), "task string")
    expected = __version__
    return frame.mapInArrow(
        lambda parts: _read_part(parts, folder, given, expected),
        "imported string, files string",
    ).collect()


def _read_part(
    parts: Iterator[pa.RecordBatch], folder: str, given: Given, expected: str
) -> Iterator[pa.RecordBatch]:
    """Reads the files of one partition into one Parquet file a table."""
    check_version(expected)
    with Writer(folder) as writer:
        counted = []
        for part in parts:
            for text in part.column("task").to_pylist():
                task = json.loads(text)
                writer.part = task["part"]
                with places.on_disk(task["path"]) as path:
                    counted.append(
                        library.read(
                            path, task["shown"], task["planned"], given, writer.write
                        )
                    )
        files = writer.close()
    if counted:
        answers = [{"imported": one, "files": "[]"} for one in counted]
        answers[0]["files"] = json.dumps(files)
        schema = pa.schema([("imported", pa.string()), ("files", pa.string())])
        yield pa.RecordBatch.from_pylist(answers, schema)
