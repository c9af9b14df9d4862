"""What is asked of the stored dataset: rows as models, counts, and where a value stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from normalize.schema import Finding, Outcome, Row, Severity
from publish.columns import columns, quoted, short

if TYPE_CHECKING:  # whoever has a connection has imported duckdb; the others need not
    from duckdb import DuckDBPyConnection

R = TypeVar("R", bound=Row)


class Place(NamedTuple):
    """The key of a value in ``provenance``, reader and part aside."""

    document_id: str
    table_name: str
    record: str
    field: str


def rows(
    connection: DuckDBPyConnection,
    model: type[R],
    where: str = "true",
    parameters: Sequence[object] = (),
    order: str = "",
) -> list[R]:
    """Rows of a table as models, in the order of its key; numbers as short as they are exact.

    ``order`` is another one, in SQL, with a limit where there is one.
    """
    names = [column.name for column in columns(model)]
    order = order or ", ".join(map(quoted, model.key))
    stored = connection.execute(
        f"SELECT {', '.join(map(quoted, names))} FROM {quoted(model.table)} AS stored "
        f"WHERE {where} ORDER BY {order}",
        parameters,
    ).fetchall()
    return [model(**dict(zip(names, map(_trimmed, row), strict=True))) for row in stored]


def _trimmed(value: object) -> object:
    return Decimal(short(value)) if isinstance(value, Decimal) else value


def findings_of(connection: DuckDBPyConnection, document_ids: Sequence[str]) -> list[Finding]:
    """The findings of documents, those included that a newer release took over from one of them,
    and the contradictions with another document that are stored under the other one.

    A finding that two releases have is stored under the newer one alone; the older release is
    told by its own failed check of the same rule and indicator.
    """
    which, asked = _theirs(connection, document_ids)
    return rows(connection, Finding, which, asked)


def gravest(
    connection: DuckDBPyConnection,
    document_ids: Sequence[str],
    accepted: Collection[str],
    by_name: Sequence[str],
    most: int,
) -> list[Finding]:
    """The first ``most`` of :func:`findings_of`, those ``accepted`` last: the gravest first, then
    in the order of their documents in ``by_name``."""
    which, asked = _theirs(connection, document_ids)
    place = (
        "(SELECT place FROM (SELECT unnest(?::VARCHAR[]) AS id, unnest(?::INTEGER[]) AS place) "
        "AS named WHERE named.id = stored.document_id)"
    )
    return rows(
        connection,
        Finding,
        which,
        [*asked, list(accepted), list(by_name), list(range(len(by_name)))],
        "finding_id IN (SELECT unnest(?::VARCHAR[])), "
        f"list_position(['error', 'warning', 'info'], severity), {place}, "
        f"rule, indicator_id, finding_id LIMIT {most:d}",
    )


def count_findings(
    connection: DuckDBPyConnection, document_ids: Sequence[str], accepted: Collection[str]
) -> dict[tuple[Severity, bool], int]:
    """How many of :func:`findings_of` there are, by severity and whether they are ``accepted``."""
    which, asked = _theirs(connection, document_ids)
    found = connection.execute(
        "SELECT severity, finding_id IN (SELECT unnest(?::VARCHAR[])), count(*) "
        f"FROM findings AS stored WHERE {which} GROUP BY ALL",
        [list(accepted), *asked],
    ).fetchall()
    return {(severity, taken): count for severity, taken, count in found}


def _theirs(
    connection: DuckDBPyConnection, document_ids: Sequence[str]
) -> tuple[str, list[object]]:
    """The condition on ``stored`` that holds for the findings of documents, and its parameters."""
    pairs = list(_newer_releases(connection, document_ids))
    condition = (
        "(document_id IN (SELECT unnest(?::VARCHAR[])) OR EXISTS ("
        "SELECT 1 FROM (SELECT unnest(?::VARCHAR[]) AS older, unnest(?::VARCHAR[]) AS newer) AS p "
        "JOIN checks ON checks.document_id = p.older WHERE checks.outcome = 'failed' "
        "AND p.newer = stored.document_id AND checks.rule = stored.rule "
        "AND checks.indicator_id = coalesce(stored.indicator_id, '')) "
        "OR (rule LIKE 'CRO%' AND EXISTS ("
        "SELECT 1 FROM (SELECT unnest(?::VARCHAR[]) AS id) AS mine "
        "WHERE contains(stored.evidence, mine.id))))"
    )
    older, newer = [each for each, _ in pairs], [each for _, each in pairs]
    return condition, [list(document_ids), older, newer, list(document_ids)]


def _newer_releases(
    connection: DuckDBPyConnection, document_ids: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """(document, newer release) for all newer releases of the documents."""
    successor = dict(
        connection.execute(
            "SELECT document_id, superseded_by FROM documents WHERE superseded_by IS NOT NULL"
        ).fetchall()
    )
    for document_id in document_ids:
        newer = successor.get(document_id)
        while newer is not None:
            yield document_id, newer
            newer = successor.get(newer)


def outcomes(connection: DuckDBPyConnection, document_ids: Sequence[str]) -> dict[Outcome, int]:
    """How many checks of the documents had each outcome."""
    return dict(
        connection.execute(
            "SELECT outcome, count(*) FROM checks "
            "WHERE document_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY outcome",
            [list(document_ids)],
        ).fetchall()
    )


def count_not_null(
    connection: DuckDBPyConnection,
    table: str,
    names: Sequence[str],
    document_ids: Sequence[str],
) -> int:
    """How many cells of some columns are not null, over the documents."""
    counts = " + ".join(f"count({quoted(name)})" for name in names)
    row = connection.execute(
        f"SELECT {counts} FROM {quoted(table)} WHERE document_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(document_ids)],
    ).fetchone()
    return int(row[0]) if row else 0


def pages(connection: DuckDBPyConnection, places: Sequence[Place]) -> dict[Place, int]:
    """The page (from 1) on which each value begins, for those that stand on one."""
    keys = [list(values) for values in zip(*places, strict=True)] or [[], [], [], []]
    asked = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in Place._fields)
    key = ", ".join(Place._fields)
    found = connection.execute(
        f"SELECT {key}, arg_min(page, part) FROM provenance "
        f"SEMI JOIN (SELECT {asked}) AS asked USING ({key}) GROUP BY ALL",
        keys,
    ).fetchall()
    return {Place(*row[:4]): row[4] for row in found}
