"""What was given: options and a configuration, which go to executors as text."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from . import library, places


@dataclass(frozen=True)
class Given:
    """Options by their names without dashes, and the name and text of a configuration."""

    options: dict[str, str] = field(default_factory=dict)
    configuration: tuple[str, str] | None = None


def judged(options: dict[str, str], configuration: tuple[str, str] | None) -> Given:
    """What was given, once the library has no fault to find with it."""
    given = Given(options, configuration)
    for note in library.judge(given):
        print(f"note: {note}", file=sys.stderr)
    return given


def configuration(place: str | None) -> tuple[str, str] | None:
    """The name and text of a configuration that is named by a path or URL."""
    if place is None:
        return None
    if not places.is_url(place):
        return library.configuration(place)
    store, path = places.filesystem(place)
    try:
        with store.open_input_stream(path) as stream:
            return place, stream.read().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise library.Usage(f"cannot read {place}: {error}") from error
