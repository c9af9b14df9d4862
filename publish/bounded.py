"""DuckDB in bounded memory: what does not fit goes to the disk, below the output folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb

MEMORY = "400MB"
"""What DuckDB may hold while it stores or exports. By default it takes what the machine has: 2.8 GB
to sort the values of 5,000 programmes, which takes the same time in this."""
THREADS = 2
"""Each sorts and writes in buffers of its own, which have to fit."""
SPILL = ".spill"

Settings = Mapping[str, str | int]
"""The ``config`` of ``duckdb.connect``."""
T = TypeVar("T")


@contextmanager
def disk_errors() -> Iterator[None]:
    """DuckDB's want of disk or memory, and its errors of reading and writing, as ``OSError``."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OSError(str(error).splitlines()[0]) from error


def limited(directory: Path) -> Settings:
    """The settings that keep a connection small; the folder's lock is held."""
    return {**unlimited(directory), "memory_limit": MEMORY, "threads": THREADS}


def unlimited(directory: Path) -> Settings:
    """The settings for work of which a single piece (rows as wide as a book) is over the limit."""
    return {"temp_directory": str(directory / SPILL)}


def clear(directory: Path) -> None:
    """Remove what a run put on the disk, one that was killed included."""
    shutil.rmtree(directory / SPILL, ignore_errors=True)


def bounded(directory: Path, work: Callable[[Settings], T]) -> T:
    """Do some work with limited settings, or, where it does not fit, with unlimited ones."""
    clear(directory)
    try:
        return work(limited(directory))
    except duckdb.OutOfMemoryException:
        return work(unlimited(directory))
    finally:
        clear(directory)
