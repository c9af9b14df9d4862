"""The tables as CSV and Parquet, each replaced by rename, and the data package that names them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.schema import TABLES, Row
from publish.bounded import Settings, bounded, disk_errors
from publish.columns import Column, columns, literal, quoted
from publish.files import beside, digest, publish_file, publish_text, sync, writing
from publish.package import PACKAGE_NAME, FileFacts, descriptor
from publish.store import CATALOG, database, reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "dataset"
AT_A_TIME = 2
"""Tables copied at a time: while one waits for the disk, another is written."""
SMALL = 30_000_000
"""Bytes of a dataset up to which that is done: two sorts of a larger one do not fit in memory."""

_CSV = "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR ''"
_PARQUET = "FORMAT parquet, COMPRESSION zstd"
# A reader goes through the findings of a document rule by rule; the key alone is a hash.
_ORDER = {"findings": ("document_id", "rule", "indicator_id", "finding_id")}


def folder(directory: Path) -> Path:
    """Where the copies stand in an output folder."""
    return directory / FOLDER


def is_current(directory: Path) -> bool:
    """Whether the copies were finished after the dataset was last published."""
    package = folder(directory) / PACKAGE_NAME
    return package.exists() and package.stat().st_mtime_ns >= database(directory).stat().st_mtime_ns


def is_small(directory: Path) -> bool:
    """Whether there is memory for more than one thing to be done with the dataset at a time."""
    return database(directory).stat().st_size <= SMALL


def export(directory: Path) -> None:
    """Copy every stored table to CSV and Parquet; ``datapackage.json`` is written last.

    The same rows give the same bytes. Raises ``publish.errors.DatasetError`` or ``OSError``.
    """
    target = folder(directory)
    target.mkdir(parents=True, exist_ok=True)
    with writing(directory), disk_errors():
        try:
            facts = bounded(directory, partial(_copy_all, directory))
            for name in facts:
                publish_file(target / name)
            publish_text(target / PACKAGE_NAME, descriptor(facts))
        finally:
            for name in [*(path.name for path in _paths(target)), PACKAGE_NAME]:
                beside(target / name).unlink(missing_ok=True)


def _copy_all(directory: Path, settings: Settings) -> dict[str, FileFacts]:
    """Write all copies beside; they are on the disk when this returns."""
    target = folder(directory)
    at_a_time = AT_A_TIME if is_small(directory) else 1

    def copy(connection: DuckDBPyConnection, path: Path, statement: str) -> FileFacts:
        with connection.cursor() as own:
            own.execute(f"USE {CATALOG}")
            own.execute(statement)
        new = beside(path)
        sync(new)
        return FileFacts(new.stat().st_size, digest(new))

    with reading(directory, settings) as connection, ThreadPoolExecutor(at_a_time) as pool:
        # all of one kind first: the largest table is not sorted twice at a time
        asked = sorted(
            (each for model in TABLES for each in _copies(model, target)),
            key=lambda each: each[0].suffix,
        )
        copies = [
            (path.name, pool.submit(copy, connection, path, statement)) for path, statement in asked
        ]
        return {name: copied.result() for name, copied in copies}


def _paths(target: Path) -> Iterator[Path]:
    for model in TABLES:
        yield target / f"{model.table}.csv"
        yield target / f"{model.table}.parquet"


def _copies(model: type[Row], target: Path) -> Iterator[tuple[Path, str]]:
    """The published path of each copy, and the statement that writes it beside."""
    for suffix, values, options in (
        ("csv", map(_csv_value, columns(model)), _CSV),
        ("parquet", (f"stored.{column.sql_name}" for column in columns(model)), _PARQUET),
    ):
        path = target / f"{model.table}.{suffix}"
        keys = (f"stored.{quoted(name)}" for name in _ORDER.get(model.table, model.key))
        query = (
            f"SELECT {', '.join(values)} FROM {quoted(model.table)} AS stored "
            f"ORDER BY {', '.join(keys)}"
        )
        yield path, f"COPY ({query}) TO {literal(str(beside(path)))} ({options})"


def _csv_value(column: Column) -> str:
    """The stored scale is the same for all numbers; in CSV they are as short as they are exact."""
    stored = f"stored.{column.sql_name}"
    if column.kind != "DECIMAL":
        return stored
    return f"rtrim(rtrim(CAST({stored} AS VARCHAR), '0'), '.') AS {column.sql_name}"
