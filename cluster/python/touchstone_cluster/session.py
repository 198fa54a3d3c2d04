"""The Spark session, and the check that all its machines run one release."""

from __future__ import annotations

import os
import sys

from pyspark.sql import SparkSession

from . import library


def session(master: str | None) -> SparkSession:
    """The session of a master, or the one that spark-submit gives."""
    builder = SparkSession.builder.appName("touchstone-cluster")
    if master is not None:
        builder = builder.master(master)
    if master is not None and master.startswith("local"):
        builder = builder.config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
        # Another Python of this machine does not know the package.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = builder.config("spark.sql.session.timeZone", "UTC")
    builder = builder.config("spark.sql.ansi.enabled", "true")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    return builder.getOrCreate()


def check_version(expected: str) -> None:
    """Refuses to work for a driver of another release."""
    if library.VERSION != expected:
        raise RuntimeError(
            f"an executor has touchstone-cluster {library.VERSION}, the driver {expected}; "
            "install the same wheel on all of them"
        )
