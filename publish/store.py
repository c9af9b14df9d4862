"""``cuadra.duckdb``: one table per model, written whole beside the old one, published by rename.

DuckDB blocks readers while it writes and a writer while somebody reads; a file written beside and
renamed blocks nobody, and a run that dies leaves the old file untouched. The storage version is
pinned so that DuckDB 1.2 and later open the file.

No key is declared to DuckDB: its indexes made the file five times as large and were written anew
each time, so that storing one document cost as much as all of them. That keys are unique is seen
to by ``staging`` within a document, and by replacing a document's rows as a whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from normalize.schema import TABLES, Check, Finding, Row
from publish.across import audit_stored, identities
from publish.bounded import Settings, clear, disk_errors, limited, unlimited
from publish.columns import columns, literal, quoted
from publish.errors import DatasetError
from publish.files import DATABASE_NAME, beside, publish_file, writing
from publish.files import database as database  # where others look for it
from publish.releases import Order, Release, order, release_of
from publish.staging import Cells, Staged, lay_out

if TYPE_CHECKING:
    from validate.linking import Identity

STORAGE_VERSION = "v1.2.0"
CATALOG = "dataset"
TOGETHER = 10
"""Documents whose rows are inserted by one statement, which takes as long to prepare as to insert a
hundred rows; all that is inserted at once is in memory twice."""


def known_readings(directory: Path) -> dict[str, tuple[str, str]]:
    """SHA-256 of every stored document → (``document_id``, ``reading_version``).

    Raises :class:`DatasetError` when the folder's dataset is not one this version can add to.
    """
    if not database(directory).exists():
        return {}
    with reading(directory) as connection:
        rows = connection.execute(
            "SELECT sha256, document_id, reading_version FROM documents"
        ).fetchall()
    return {sha256: (document_id, version) for sha256, document_id, version in rows}


def expect(directory: Path) -> None:
    """Raise :class:`DatasetError` when an output folder has no dataset."""
    if not database(directory).is_file():
        raise DatasetError(
            f"{directory}: no hay {DATABASE_NAME}; primero «cuadra ingest … --out {directory}».",
            f"{directory}: there is no {DATABASE_NAME}; first “cuadra ingest … --out {directory}”.",
        )


@contextmanager
def reading(
    directory: Path, settings: Settings | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection whose default catalogue is the stored dataset.

    ``settings`` are DuckDB's own. Raises :class:`DatasetError` when there is none, or none that
    this version understands.
    """
    expect(directory)
    connection = _connect(settings or {})
    try:
        _attach(connection, database(directory), "READ_ONLY")
        _check_schema(connection, directory)
        yield connection
    finally:
        connection.close()


def publish(directory: Path, staged: Sequence[Staged]) -> None:
    """Store documents: their earlier rows, if any, are replaced; all other rows stay.

    Raises as :class:`Draft` and its ``publish`` do; the old file stays then.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with writing(directory), closing(Draft(directory)) as draft:
        draft.publish(staged)


class Draft:
    """The next version of a folder's dataset, written beside the present one.

    To be made, published and closed while the folder's lock is held. ``close`` discards what was
    not published.
    """

    def __init__(self, directory: Path) -> None:
        """Copy the dataset, or create its tables where there is none.

        Raises :class:`DatasetError` (an unusable old dataset) or ``OSError`` (the folder cannot be
        written, the disk is full).
        """
        self._directory = directory
        self._path = database(directory)
        _refuse_open_log(self._path)
        self._connection: duckdb.DuckDBPyConnection | None = None
        try:
            with disk_errors():
                self._open(limited(directory))
        except BaseException:
            self.close()
            raise

    def _open(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Begin anew from the dataset as it is."""
        self.close()
        self._connection = connection = _connect(settings)
        # The file is put on the disk whole before it is published: once is enough.
        connection.execute("SET fsync_mode = 'NONE'")
        fresh = not self._path.exists()
        if not fresh:
            shutil.copyfile(self._path, beside(self._path))
        _attach(connection, beside(self._path), f"STORAGE_VERSION '{STORAGE_VERSION}'")
        if not fresh:
            _check_schema(connection, self._directory)
            return connection
        connection.begin()  # one write to the disk instead of one per statement
        _create(connection)
        connection.commit()
        return connection

    def publish(self, staged: Sequence[Staged]) -> None:
        """Replace the rows of documents, and put the draft in the dataset's place. Once.

        A document with the programme, family and period of another one supersedes it; where both
        have a finding of one ``finding_id``, the newer document owns it. Raises ``OSError``.
        """
        assert self._connection is not None, "a draft is published once"
        with disk_errors():
            try:
                _finish(self._connection, staged)
            except duckdb.OutOfMemoryException:
                _finish(self._open(unlimited(self._directory)), staged)
            self._connection.close()
        publish_file(self._path)

    def close(self) -> None:
        """Discard what was not published."""
        if self._connection is not None:
            self._connection.close()
        _discard(beside(self._path))
        clear(self._directory)


def _finish(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    _replace_rows(connection, staged)
    connection.execute(f"CHECKPOINT {CATALOG}")


def _discard(new: Path) -> None:
    new.unlink(missing_ok=True)
    _log(new).unlink(missing_ok=True)


def _log(path: Path) -> Path:
    """DuckDB's write-ahead log of a database file."""
    return path.with_name(path.name + ".wal")


def _refuse_open_log(path: Path) -> None:
    """A log beside the dataset means that somebody else wrote into it and did not finish."""
    if _log(path).exists():
        raise DatasetError(
            f"{path}: otro programa lo tiene abierto para escribir, o lo dejó a medias "
            f"({_log(path).name}). Ciérrelo, o ábralo una vez con duckdb, y repita.",
            f"{path}: another program has it open for writing, or left it half-way "
            f"({_log(path).name}). Close it, or open it once with duckdb, and repeat.",
        )


_ahead: list[duckdb.DuckDBPyConnection] = []


def connect_ahead(count: int) -> None:
    """Have so many connections at hand, for which there is no time later: each takes 13 ms."""
    while len(_ahead) < count:
        _ahead.append(duckdb.connect())


def _connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A connection to nothing yet. Standard output is for results: no bar of DuckDB's there."""
    connection = _ahead.pop() if _ahead else duckdb.connect()
    for name, value in {**settings, "enable_progress_bar": "false"}.items():
        connection.execute(f"SET {name} = {literal(str(value))}")
    return connection


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, option: str) -> None:
    try:
        connection.execute(f"ATTACH {literal(str(path))} AS {CATALOG} ({option})")
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise DatasetError(
            f"{path}: no se puede abrir como conjunto de datos ({reason}). "
            "Si está dañado, muévalo a otro lugar e ingiera de nuevo los PDF.",
            f"{path}: cannot be opened as a dataset ({reason}). "
            "If it is damaged, move it away and ingest the PDFs again.",
        ) from error
    connection.execute(f"USE {CATALOG}")


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for model in TABLES:
        definitions = [
            f"{column.sql_name} {column.sql_type}{' NOT NULL' if column.required else ''}"
            for column in columns(model)
        ]
        connection.execute(f"CREATE TABLE {quoted(model.table)} ({', '.join(definitions)})")
        connection.execute(
            f"COMMENT ON TABLE {quoted(model.table)} IS {literal(model.description_es)}"
        )
        for column in columns(model):
            connection.execute(
                f"COMMENT ON COLUMN {quoted(model.table)}.{column.sql_name} "
                f"IS {literal(f'{column.title_es}. {column.description_es}')}"
            )


def _check_schema(connection: duckdb.DuckDBPyConnection, directory: Path) -> None:
    """Compare the stored tables with the models: names, types, nulls and order."""
    for model in TABLES:
        if _stored_columns(connection, model.table) != _expected(model):
            path = database(directory)
            raise DatasetError(
                f"{path}: lo escribió otra versión (la tabla «{model.table}» tiene otras "
                f"columnas). No se tocó. Muévalo a otro lugar (mv {path} {path}.antes) "
                "e ingiera de nuevo los PDF.",
                f"{path}: another version wrote it (table “{model.table}” has other columns). "
                f"It was left as it is. Move it away (mv {path} {path}.antes) "
                "and ingest the PDFs again.",
            )


def _stored_columns(
    connection: duckdb.DuckDBPyConnection, table: str
) -> list[tuple[str, str, bool]]:
    """Name, type and whether it refuses nulls, of each column; none where there is no table.

    Asked table by table: DuckDB's lists of all columns go through those of its own first.
    """
    try:
        return connection.execute(
            f'SELECT name, type, "notnull" FROM pragma_table_info({literal(quoted(table))})'
        ).fetchall()
    except duckdb.CatalogException:
        return []


def _expected(model: type[Row]) -> list[tuple[str, str, bool]]:
    return [(column.name, column.sql_type, column.required) for column in columns(model)]


def _replace_rows(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    releases = _stored_releases(connection)
    ids = [item.document.document_id for item in staged]
    before = identities(connection, ids) if releases else []
    for model in TABLES if releases else ():  # of none to be found DuckDB would ask all the same
        _delete(connection, model.table, ids)
    chain = _chain(releases, staged)
    groups = [staged[at : at + TOGETHER] for at in range(0, len(staged), TOGETHER)]
    connection.begin()
    for model in TABLES:
        if model is not Finding:
            for some in groups:
                _insert(connection, model, _joined([each.tables[model.table] for each in some]))
    found = [row for item in staged for row in zip(*item.tables["findings"], strict=True)]
    _insert_findings(connection, found, chain)
    _supersede(connection, chain)
    connection.commit()
    changed = {key for key in releases if releases[key].superseded_by != chain.superseded_by[key]}
    _audit_across(connection, changed.union(ids), before, chain)


def _audit_across(
    connection: duckdb.DuckDBPyConnection,
    changed: Collection[str],
    before: Sequence[Identity],
    chain: Order,
) -> None:
    """Replace what the rules across documents said of all whose neighbours are others now."""
    touched, checks, findings = audit_stored(connection, changed, before, chain.superseded_by)
    if not touched:
        return
    from validate.across import rules

    codes = [rule.code for rule in rules()]
    for model in (Check, Finding):
        _delete(connection, model.table, touched, codes)
    connection.begin()
    _insert(connection, Check, lay_out(Check, checks))
    _insert_findings(connection, list(zip(*lay_out(Finding, findings), strict=True)), chain)
    connection.commit()


def _delete(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    document_ids: Sequence[str],
    rules: Sequence[str] | None = None,
) -> None:
    """Delete the rows of documents, of some rules only where these are given."""
    only = "" if rules is None else " AND rule IN (SELECT unnest(?))"
    connection.execute(
        f"DELETE FROM {quoted(table)} WHERE document_id IN (SELECT unnest(?)){only}",
        [list(document_ids), *([] if rules is None else [list(rules)])],
    )


def _stored_releases(connection: duckdb.DuckDBPyConnection) -> dict[str, Release]:
    rows = connection.execute(f"SELECT {', '.join(Release._fields)} FROM documents").fetchall()
    return {row[0]: Release(*row) for row in rows}


def _chain(stored: dict[str, Release], staged: Sequence[Staged]) -> Order:
    earlier, new = dict(stored), []
    for item in staged:
        release = release_of(item.document)
        if release.document_id in earlier:
            before = earlier[release.document_id].superseded_by
            earlier[release.document_id] = release._replace(superseded_by=before)
        else:
            new.append(release)
    return order(earlier.values(), new)


def _joined(tables: Sequence[Sequence[Cells]]) -> Sequence[Cells]:
    """The columns of one table of several documents."""
    return [[cell for cells in column for cell in cells] for column in zip(*tables, strict=True)]


def _insert(
    connection: duckdb.DuckDBPyConnection, model: type[Row], cells: Sequence[Sequence[str | None]]
) -> None:
    """Insert columns of texts, cast to their types. Lists as parameters: no file, no data frame."""
    if not cells[0]:
        return
    values = ", ".join(
        f"CAST(unnest(?::VARCHAR[]) AS {column.sql_type})" for column in columns(model)
    )
    connection.execute(f"INSERT INTO {quoted(model.table)} SELECT {values}", list(cells))


def _insert_findings(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Sequence[str | None]], chain: Order
) -> None:
    names = [column.name for column in columns(Finding)]
    place_of_id, place_of_document = names.index("finding_id"), names.index("document_id")
    owner = dict(
        connection.execute(
            "SELECT finding_id, document_id FROM findings WHERE finding_id IN (SELECT unnest(?))",
            [[row[place_of_id] for row in rows]],
        ).fetchall()
    )
    chosen: dict[str, Sequence[str | None]] = {}
    for row in rows:
        finding_id, document_id = str(row[place_of_id]), str(row[place_of_document])
        held_by = owner.get(finding_id)
        if held_by is None or chain.rank[held_by] < chain.rank[document_id]:
            owner[finding_id] = document_id
            chosen[finding_id] = row
    connection.execute(
        "DELETE FROM findings WHERE finding_id IN (SELECT unnest(?))", [list(chosen)]
    )
    _insert(connection, Finding, [[row[at] for row in chosen.values()] for at in range(len(names))])


def _supersede(connection: duckdb.DuckDBPyConnection, chain: Order) -> None:
    connection.execute(
        "UPDATE documents SET superseded_by = chain.next FROM "
        "(SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS next) AS chain "
        "WHERE document_id = chain.id AND superseded_by IS DISTINCT FROM chain.next",
        [list(chain.superseded_by), list(chain.superseded_by.values())],
    )
