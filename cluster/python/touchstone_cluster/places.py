"""Where data lies: folders of this machine, or stores of objects, by URL."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from urllib.parse import quote

from pyarrow import fs

from . import library


def is_url(place: str) -> bool:
    return "://" in place


def absolute(place: str) -> str:
    """A place that is the same from every working folder."""
    return place if is_url(place) else os.path.abspath(place)


def below(place: str, *names: str) -> str:
    """A place below a folder; what a URL tells its store behind a ? stays behind."""
    folder, mark, query = place.partition("?") if is_url(place) else (place, "", "")
    return "/".join([folder.rstrip("/"), *names]) + mark + query


def filesystem(place: str) -> tuple[fs.FileSystem, str]:
    """The store of a URL or path, and the path in it."""
    if is_url(place):
        return fs.FileSystem.from_uri(place)
    return fs.LocalFileSystem(), os.path.abspath(place)


def walk(paths: list[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The files under paths and URLs, each with how it is shown, and what cannot be opened."""
    local = [path for path in paths if not is_url(path)]
    if len(local) == len(paths):
        found, unreadable = library.walk(paths)
        return [(absolute(str(path)), shown) for path, shown in found], unreadable
    if local:
        raise RuntimeError(
            f"{local[0]}: paths and URLs cannot be mixed; name all of them as URLs"
        )
    found = []
    roots = library.root_names([filesystem(url)[1].rstrip("/") for url in paths])
    for url, root in zip(paths, roots, strict=True):
        found.extend(_below(url, root, len(paths)))
    return list(dict.fromkeys(found)), []


def _below(url: str, root: str, paths: int) -> Iterator[tuple[str, str]]:
    store, path = filesystem(url)
    kind = store.get_file_info(path).type
    if kind == fs.FileType.NotFound:
        raise RuntimeError(f"{url}: there is no such file or folder")
    if kind == fs.FileType.File:
        yield url, root
        return
    for info in store.get_file_info(fs.FileSelector(path, recursive=True)):
        if info.type != fs.FileType.File:
            continue
        relative = info.path[len(path) :].lstrip("/")
        shown = library.shown_below(root, paths, relative)
        if shown is not None:
            yield below(url, quote(relative)), shown


@contextlib.contextmanager
def on_disk(place: str) -> Iterator[str]:
    """A file on this machine's disk: itself, or a copy of an object while it is used."""
    if not is_url(place):
        if not os.path.exists(place):
            raise RuntimeError(
                f"{place}: the driver sees this file, an executor on {socket.gethostname()} "
                "does not; put the exports where all machines see them, or into an object store"
            )
        yield place
        return
    store, path = filesystem(place)
    suffix = os.path.splitext(path)[1]
    with tempfile.NamedTemporaryFile(prefix="touchstone-", suffix=suffix) as copy:
        with store.open_input_stream(path) as source:
            while block := source.read(8 << 20):
                copy.write(block)
        copy.flush()
        yield copy.name
