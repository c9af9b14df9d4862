"""What the report asks of the stored dataset: the overview at once, documents in batches."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from normalize.schema import (
    TABLES,
    Assessment,
    Check,
    Dataset,
    Distribution,
    Document,
    Figure,
    Finding,
    Indicator,
    Observation,
    Outcome,
    Provenance,
    Row,
    Severity,
    Variable,
)
from publish import query
from publish.columns import quoted
from publish.query import Place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 2_000
R = TypeVar("R", bound=Row)

_MODELS: tuple[type[Row], ...] = (
    Indicator,
    Variable,
    Observation,
    Assessment,
    Distribution,
    Figure,
)


class Box(NamedTuple):
    """Where a part of a value was read: points on the page as displayed, from its top left."""

    table_name: str
    record: str
    field: str
    reader: str
    part: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Asked(NamedTuple):
    """One row of ``checks`` without its document."""

    rule: str
    indicator_id: str
    record: str
    outcome: Outcome
    reason_es: str
    reason_en: str


@dataclass
class Details:
    """Everything stored of one document, its checks and boxes as plain tuples."""

    dataset: Dataset = field(default_factory=Dataset)
    checks: list[Asked] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


class Listed(NamedTuple):
    """A finding without its sentences and its figures: those stand in its document's shard."""

    finding_id: str
    document_id: str
    indicator_id: str | None
    rule: str
    severity: Severity


@dataclass(frozen=True)
class Overview:
    """What the first page shows, and what decides which pages need a picture.

    ``findings`` belong to ``documents``; ``places`` is the evidence of each finding in its order;
    ``pages`` are the pages (from 1) on which each of those places stands.
    """

    documents: list[Document]
    findings: list[Listed]
    places: dict[str, list[Place]]
    pages: dict[Place, list[int]]
    names: dict[tuple[str, str], str]
    indicators: Counter[str]
    outcomes: dict[str, dict[Outcome, int]]
    read_pages: dict[str, list[int]]


def overview(connection: DuckDBPyConnection) -> Overview:
    """Documents, findings and counts of the whole dataset."""
    findings, places = _findings(connection)
    outcomes: dict[str, dict[Outcome, int]] = defaultdict(dict)
    for document_id, outcome, number in connection.execute(
        "SELECT document_id, outcome, count(*) FROM checks GROUP BY ALL"
    ).fetchall():
        outcomes[document_id][outcome] = number
    read_pages = connection.execute(
        "SELECT document_id, list_sort(list(DISTINCT page)) FROM provenance GROUP BY ALL"
    ).fetchall()
    return Overview(
        documents=query.rows(connection, Document),
        findings=findings,
        places=places,
        pages=_pages(connection, {place for found in places.values() for place in found}),
        names=_names(connection),
        indicators=Counter(
            dict(
                connection.execute(
                    "SELECT document_id, count(*) FROM indicators GROUP BY ALL"
                ).fetchall()
            )
        ),
        outcomes=outcomes,
        read_pages=dict(read_pages),
    )


def _findings(connection: DuckDBPyConnection) -> tuple[list[Listed], dict[str, list[Place]]]:
    """All findings, and the places that each rests on, in the order of its evidence, each once.

    Equal texts are held once: there are thousands of each.
    """
    once: dict[str, str] = {}
    findings: list[Listed] = []
    places: dict[str, list[Place]] = {}
    names = ", ".join(Listed._fields)
    result = connection.execute(f"SELECT {names}, evidence FROM findings ORDER BY finding_id")
    while chunk := result.fetchmany(CHUNK):
        for *values, evidence in chunk:
            held: list[Any] = [each and once.setdefault(each, each) for each in values]
            listed = Listed(*held)
            findings.append(listed)
            places[listed.finding_id] = list(
                dict.fromkeys(
                    Place(*(once.setdefault(item[name], item[name]) for name in Place._fields))
                    for item in json.loads(evidence)
                )
            )
    return findings, places


def messages(connection: DuckDBPyConnection, lang: Literal["es", "en"]) -> dict[str, str]:
    """The sentences of all findings in one language, by ``finding_id``."""
    return dict(
        connection.execute(
            f"SELECT finding_id, {quoted(f'message_{lang}')} FROM findings"
        ).fetchall()
    )


def _pages(connection: DuckDBPyConnection, places: Iterable[Place]) -> dict[Place, list[int]]:
    keys = [list(values) for values in zip(*sorted(places), strict=True)] or [[], [], [], []]
    asked = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in Place._fields)
    key = ", ".join(Place._fields)
    found = connection.execute(
        f"SELECT {key}, list_sort(list(DISTINCT page)) FROM provenance "
        f"SEMI JOIN (SELECT {asked}) AS asked USING ({key}) GROUP BY ALL",
        keys,
    ).fetchall()
    return {Place(*row[:4]): row[4] for row in found}


def texts(
    connection: DuckDBPyConnection, places: Iterable[Place]
) -> dict[tuple[str, str, str, str], str]:
    """What is printed at some places, wherever they are."""
    keys = [list(values) for values in zip(*sorted(places), strict=True)]
    if not keys:
        return {}
    asked = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in Place._fields)
    key = ", ".join(Place._fields)
    found = connection.execute(
        f"SELECT {key}, string_agg(text, ' ' ORDER BY part) FROM provenance "
        f"SEMI JOIN (SELECT {asked}) AS asked USING ({key}) GROUP BY ALL",
        keys,
    ).fetchall()
    return {row[:4]: row[4] for row in found}


def _names(connection: DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """The names of the indicators that findings are about."""
    rows = connection.execute(
        "SELECT document_id, indicator_id, coalesce(indicators.name, assessments.name) "
        "FROM (SELECT DISTINCT document_id, indicator_id FROM findings) AS about "
        "LEFT JOIN indicators USING (document_id, indicator_id) "
        "LEFT JOIN assessments USING (document_id, indicator_id)"
    ).fetchall()
    return {(document_id, indicator_id): name for document_id, indicator_id, name in rows if name}


def fingerprints(connection: DuckDBPyConnection) -> dict[str, str]:
    """For each document a text that changes when any of its stored rows does."""
    found: dict[str, list[str]] = defaultdict(list)
    for model in TABLES:
        for document_id, value in connection.execute(
            f"SELECT document_id, bit_xor(hash(stored)) FROM {quoted(model.table)} AS stored "
            "GROUP BY ALL"
        ).fetchall():
            found[document_id].append(f"{model.table}:{value}")
    return {document_id: " ".join(values) for document_id, values in found.items()}


def details(
    connection: DuckDBPyConnection, document_ids: Sequence[str]
) -> Iterator[tuple[str, Details]]:
    """Everything stored of some documents, in their order. All of them are held in memory."""
    wanted = {document_id: Details() for document_id in document_ids}
    within = "document_id IN (SELECT unnest(?::VARCHAR[]))"
    parameters = [list(document_ids)]
    for document in query.rows(connection, Document, within, parameters):
        wanted[document.document_id].dataset.documents.append(document)
    for finding in query.rows(connection, Finding, within, parameters):
        wanted[finding.document_id].dataset.findings.append(finding)
    for model in _MODELS:
        for row in query.rows(connection, model, within, parameters):
            wanted[row.document_id].dataset.rows(model.table).append(row)  # type: ignore[attr-defined]
    for document_id, *values in _tuples(connection, Check, Asked._fields, within, parameters):
        wanted[document_id].checks.append(Asked(*values))
    names = tuple(
        f"{name}::DOUBLE" if name in ("x0", "top", "x1", "bottom") else name for name in Box._fields
    )
    for document_id, *values in _tuples(connection, Provenance, names, within, parameters):
        wanted[document_id].boxes.append(Box(*values))
    yield from wanted.items()


def _tuples(
    connection: DuckDBPyConnection,
    model: type[Row],
    names: Sequence[str],
    where: str,
    parameters: Sequence[object],
) -> list[tuple[Any, ...]]:
    """``document_id`` and some columns, in the order of the table's key."""
    columns = ", ".join(name if "::" in name else quoted(name) for name in names)
    order = ", ".join(map(quoted, model.key))
    return connection.execute(
        f"SELECT document_id, {columns} FROM {quoted(model.table)} WHERE {where} ORDER BY {order}",
        parameters,
    ).fetchall()
