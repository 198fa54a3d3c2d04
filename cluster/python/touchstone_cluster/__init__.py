"""Touchstone on Apache Spark: joins, grouping and sums are Spark's, meaning is the library's."""

from .library import VERSION

__version__ = VERSION
