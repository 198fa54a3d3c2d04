"""The command `touchstone-cluster`."""

from __future__ import annotations

import argparse
import json
import sys

from . import __version__, attributing, importing, library, tables
from .given import Given, configuration, judged

READING = ("time-zone", "date-order", "currency")
DATA = "where an import wrote to"


def main(words: list[str] | None = None) -> int:
    """Does what the words say; the exit code."""
    arguments = _parser().parse_args(words)
    try:
        arguments.run(arguments)
    except library.Usage as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except RuntimeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except Exception as error:
        said = _said_on_an_executor(str(error))
        if said is None:
            raise
        print(f"error: {said}", file=sys.stderr)
        return 1
    return 0


def _said_on_an_executor(message: str) -> str | None:
    """The sentence in what Spark makes of an error of ours on an executor, else none."""
    marked = [line for line in message.splitlines() if line.startswith("RuntimeError: ")]
    return marked[-1].removeprefix("RuntimeError: ") if marked else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="touchstone-cluster",
        description="Touchstone on Apache Spark, for networks too large for one machine.",
    )
    parser.add_argument(
        "--version", action="version", version=f"touchstone-cluster {__version__}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser(
        "import", help="read exports into Parquet, on all executors"
    )
    one.add_argument(
        "paths", nargs="+", metavar="PATH", help="files, folders, ZIPs, or URLs of them"
    )
    one.add_argument(
        "--to", required=True, metavar="URL", help="the folder for the Parquet files"
    )
    _spark(one)
    _options(one, lambda name: name in READING)
    one.set_defaults(run=_import)
    one = commands.add_parser(
        "attribute", help="touches, journeys, credits and scorecards, on all executors"
    )
    one.add_argument("--data", required=True, metavar="URL", help=DATA)
    _spark(one)
    _options(one, lambda name: name not in READING)
    one.set_defaults(run=_attribute)
    one = commands.add_parser(
        "collect",
        help="bring all into a SQLite database; what is not attributed yet is then",
    )
    one.add_argument("--data", required=True, metavar="URL", help=DATA)
    one.add_argument(
        "--db", required=True, metavar="FILE", help="the database, which must be new"
    )
    _options(one, lambda name: name not in READING)
    one.set_defaults(run=_collect)
    return parser


def _spark(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--master", help="the cluster; else what spark-submit says")
    parser.add_argument(
        "--partitions", type=int, default=0, help="parts of the work; else two a core"
    )


def _options(parser: argparse.ArgumentParser, is_wanted) -> None:
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration [default: touchstone.toml if there is one]",
    )
    for name, default, says in library.options():
        if is_wanted(name):
            shown = f" [default: {default}]" if default else ""
            parser.add_argument(f"--{name}", help=says + shown)


def _options_given(arguments: argparse.Namespace) -> dict[str, str]:
    names = [name for name, _, _ in library.options()]
    values = {name: getattr(arguments, name.replace("-", "_"), None) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _given(arguments: argparse.Namespace) -> Given:
    """What is wrong with it is told before Spark starts."""
    found = configuration(arguments.config) or library.configuration()
    return judged(_options_given(arguments), found)


def _import(arguments: argparse.Namespace) -> None:
    from .session import session

    given = _given(arguments)
    spark = session(arguments.master)
    try:
        partitions = arguments.partitions or 2 * spark.sparkContext.defaultParallelism
        manifest = importing.imported(
            spark, arguments.paths, arguments.to, given, partitions
        )
    finally:
        spark.stop()
    counted = manifest.plan["counted"]
    total = {
        name: counted[name] + sum(one[name] for one in manifest.imported)
        for name in counted
    }
    print(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in total.items()))
    for name, reason in manifest.plan["rejected"]:
        print(f"not read: {name}: {reason}", file=sys.stderr)


def _attribute(arguments: argparse.Namespace) -> None:
    from .session import session

    given = _given(arguments)
    spark = session(arguments.master)
    try:
        partitions = arguments.partitions or 2 * spark.sparkContext.defaultParallelism
        attributing.attributed(spark, arguments.data, given, partitions)
    finally:
        spark.stop()


def _collect(arguments: argparse.Namespace) -> None:
    manifest = importing.load(arguments.data)
    attributed = attributing.of_import(arguments.data, manifest)
    given, files = None, manifest.files
    if attributed is not None:
        named = [*_options_given(arguments), *(["config"] if arguments.config else [])]
        if named:
            raise library.Usage(
                f"--{named[0]}: {arguments.data} is attributed already; give it to attribute"
            )
        files = files + attributed.files
    else:
        given = _given(arguments)
        print("nothing is attributed yet: that is done here, in memory", file=sys.stderr)
    imported = [json.dumps(one) for one in manifest.imported]
    rows = tables.batches(arguments.data, files)
    library.collect(arguments.db, json.dumps(manifest.plan), imported, given, rows)


if __name__ == "__main__":
    sys.exit(main())
