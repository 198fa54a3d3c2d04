"""Tables as Parquet files that count once a manifest names them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Self

import pyarrow as pa
from pyarrow import fs, parquet
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession

from . import __version__, places
from .session import check_version

FILES = pa.schema([("files", pa.string())])
# Names of types as Spark has them.
TYPES = {"long": pa.int64(), "double": pa.float64(), "string": pa.string()}


class Writer:
    """One Parquet file a table, of names that no other attempt has."""

    def __init__(self, folder: str) -> None:
        self.part = 0
        self.store, self.path = places.filesystem(folder)
        self.own = uuid.uuid4().hex
        self.open: dict[str, tuple[parquet.ParquetWriter, pa.NativeFile]] = {}
        self.rows: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, table: str, batch: pa.RecordBatch) -> None:
        if table not in self.open:
            self.store.create_dir(f"{self.path}/{table}", recursive=True)
            stream = self.store.open_output_stream(
                f"{self.path}/{table}/{self.own}.parquet"
            )
            self.open[table] = (parquet.ParquetWriter(stream, batch.schema), stream)
        self.open[table][0].write_batch(batch)
        self.rows[table] = self.rows.get(table, 0) + batch.num_rows

    def close(self) -> list[dict]:
        for writer, stream in self.open.values():
            writer.close()
            stream.close()
        folder = self.path.rsplit("/", 1)[-1]
        files = [
            {
                "table": table,
                "part": self.part,
                "name": f"{folder}/{table}/{self.own}.parquet",
                "rows": self.rows[table],
            }
            for table in self.open
        ]
        self.open = {}
        return files


def publish(to: str, name: str, manifest: dict) -> None:
    """Makes what a manifest names count, all at once."""
    store, path = places.filesystem(to)
    store.create_dir(path, recursive=True)
    for info in store.get_file_info(
        [f"{path}/{file['name']}" for file in manifest["files"]]
    ):
        if info.type != fs.FileType.File:
            raise RuntimeError(
                f"{info.path}: an executor wrote it, the driver does not see it; the folder "
                "must be storage that all machines share"
            )
    aside = f"{path}/{manifest['attempt']}.{name}"
    with store.open_output_stream(aside) as stream:
        stream.write(json.dumps(manifest).encode())
    store.move(aside, f"{path}/{name}")


def published(data: str, name: str) -> dict | None:
    """What a manifest says; none where there is none."""
    store, path = places.filesystem(data)
    try:
        with store.open_input_stream(f"{path}/{name}") as stream:
            return json.loads(stream.read())
    except FileNotFoundError:
        return None


def batches(data: str, files: Iterable[dict]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """All rows of files, each batch with its table."""
    store, path = places.filesystem(data)
    for file in files:
        with store.open_input_file(f"{path}/{file['name']}") as stream:
            for batch in parquet.ParquetFile(stream).iter_batches(batch_size=50_000):
                yield file["table"], batch


def frame(
    spark: SparkSession,
    data: str,
    files: Iterable[dict],
    table: str,
    columns: dict[str, str],
) -> DataFrame:
    """A table's rows, read by executors with what reads URLs everywhere else."""
    names = [file["name"] for file in files if file["table"] == table]
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    if not names:
        return spark.createDataFrame([], declared)
    schema = pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])
    expected, store_of = __version__, data

    def read(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        check_version(expected)
        for name in _names(parts):
            yield from rows(store_of, name, schema)

    return _each(spark, names).mapInArrow(read, declared)


def rows(
    data: str, name: str, schema: pa.Schema | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of one file; with a schema, its columns alone."""
    store, path = places.filesystem(data)
    columns = schema.names if schema is not None else None
    with store.open_input_file(f"{path}/{name}") as stream:
        file = parquet.ParquetFile(stream)
        for batch in file.iter_batches(batch_size=10_000, columns=columns):
            if schema is not None:
                batch = batch.select(schema.names).cast(schema)
            yield batch


def _each(spark: SparkSession, names: list[str]) -> DataFrame:
    """File names, each in a part of its own."""
    return spark.createDataFrame(
        spark.sparkContext.parallelize([(name,) for name in names], len(names)),
        "name string",
    )


def _names(parts: Iterator[pa.RecordBatch]) -> Iterator[str]:
    for part in parts:
        yield from part.column("name").to_pylist()


# What goes through batches and gives what comes of them to a writer.
Through = Callable[[Iterator[pa.RecordBatch], Writer], None]


def written(frame: DataFrame, folder: str, through: Through) -> list[dict]:
    """The files that a step writes of a frame's rows, part by part."""
    expected = __version__

    def write(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        check_version(expected)
        with Writer(folder) as writer:
            writer.part = TaskContext.get().partitionId()
            through(parts, writer)
            files = writer.close()
        yield pa.RecordBatch.from_pylist([{"files": json.dumps(files)}], FILES)

    answers = frame.mapInArrow(write, "files string").collect()
    files = [file for answer in answers for file in json.loads(answer["files"])]
    return sorted(files, key=lambda file: (file["table"], file["part"]))


def written_of_files(
    spark: SparkSession,
    data: str,
    files: Iterable[dict],
    table: str,
    folder: str,
    through,
) -> list[dict]:
    """The files that a step writes of a table's files, each file whole in one part."""
    names = [file["name"] for file in files if file["table"] == table]
    if not names:
        return []

    def of_files(parts: Iterator[pa.RecordBatch], writer: Writer) -> None:
        for name in _names(parts):
            through(rows(data, name), writer)

    return written(_each(spark, names), folder, of_files)
