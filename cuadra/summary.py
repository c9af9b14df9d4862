"""What a run says at its end: counts, and the findings with their place on the page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from normalize.schema import (
    TABLES,
    Check,
    Dataset,
    Document,
    Finding,
    Outcome,
    Provenance,
    Severity,
)
from publish import query
from publish.columns import columns
from publish.query import Place
from publish.waivers import Verdicts, Waiver, judge_stored

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest."""
MOST_SHOWN = 1_000
"""Findings that are printed, and held for it: nobody reads the 70,000 of 5,000 programmes there."""

_VALUES: dict[str, tuple[str, ...]] = {
    model.table: names
    for model in TABLES
    if model not in (Check, Finding, Provenance)
    and (names := tuple(column.name for column in columns(model) if column.kind == "DECIMAL"))
}
"""The columns that hold what the document states as a number, by table."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, what its document is called, and the page of its first evidence (from 1).

    ``accepted`` is the verdict of an auditor who accepts it.
    """

    finding: Finding
    document: str
    page: int | None
    accepted: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the documents of one run, and their findings, the gravest first.

    ``open`` counts those that nobody accepts, ``accepted`` the others; of a stored dataset
    ``findings`` are the first :data:`MOST_SHOWN`.
    """

    documents: int
    other_family: int
    indicators: int
    values: int
    passed: int
    failed: int
    not_applicable: int
    open: Mapping[Severity, int]
    accepted: int
    findings: tuple[Shown, ...]
    verdicts: Verdicts = field(default_factory=Verdicts)

    def count(self, severity: Severity) -> int:
        """How many findings have a severity, those accepted left out."""
        return self.open.get(severity, 0)

    def reaches(self, severity: Severity) -> bool:
        """Whether some finding that nobody accepts is at or above a severity."""
        return any(map(self.count, SEVERITIES[: SEVERITIES.index(severity) + 1]))


def count_values(dataset: Dataset) -> int:
    """How many numbers the documents state and could be read."""
    return sum(
        getattr(row, name) is not None
        for table, names in _VALUES.items()
        for row in dataset.rows(table)
        for name in names
    )


def of_dataset(dataset: Dataset) -> Summary:
    """The summary of rows in memory."""
    pages: dict[Place, int] = {}
    for row in dataset.provenance:
        if row.part == 1:
            pages[Place(row.document_id, row.table_name, row.record, row.field)] = row.page
    return _summary(
        documents=dataset.documents,
        indicators=len(dataset.indicators),
        values=count_values(dataset),
        outcomes=Counter(check.outcome for check in dataset.checks),
        counts=Counter((finding.severity, False) for finding in dataset.findings),
        findings=_shown(dataset.findings, dataset.documents, pages),
    )


def of_stored(
    directory: Path, document_ids: Sequence[str], waivers: Sequence[Waiver] = ()
) -> Summary:
    """The summary of stored documents. Raises ``publish.errors.DatasetError``."""
    from publish.store import reading

    with reading(directory) as connection:
        verdicts = judge_stored(connection, waivers)
        accepted = verdicts.accepted.keys()
        documents = query.rows(connection, Document)
        names = _names(documents)
        by_name = sorted(names, key=lambda key: (names[key], key))
        findings = query.gravest(connection, document_ids, accepted, by_name, MOST_SHOWN)
        places = [place for finding in findings for place in _places(finding)]
        asked = set(document_ids)
        return _summary(
            documents=[item for item in documents if item.document_id in asked],
            indicators=query.count_not_null(
                connection, "indicators", ["indicator_id"], document_ids
            ),
            values=sum(
                query.count_not_null(connection, table, names, document_ids)
                for table, names in _VALUES.items()
            ),
            outcomes=query.outcomes(connection, document_ids),
            counts=query.count_findings(connection, document_ids, accepted),
            findings=_shown(
                findings, documents, query.pages(connection, places), verdicts.accepted
            ),
            verdicts=verdicts,
        )


def _summary(
    *,
    documents: Sequence[Document],
    indicators: int,
    values: int,
    outcomes: Mapping[Outcome, int],
    counts: Mapping[tuple[Severity, bool], int],
    findings: Iterable[Shown],
    verdicts: Verdicts | None = None,
) -> Summary:
    return Summary(
        documents=len(documents),
        other_family=sum(document.family == "otra" for document in documents),
        indicators=indicators,
        values=values,
        passed=outcomes.get("passed", 0),
        failed=outcomes.get("failed", 0),
        not_applicable=outcomes.get("not_applicable", 0),
        open={severity: number for (severity, taken), number in counts.items() if not taken},
        accepted=sum(number for (_, taken), number in counts.items() if taken),
        findings=tuple(sorted(findings, key=_rank)),
        verdicts=verdicts or Verdicts(),
    )


def _shown(
    findings: Iterable[Finding],
    documents: Iterable[Document],
    pages: Mapping[Place, int],
    accepted: Mapping[str, Waiver] | None = None,
) -> Iterator[Shown]:
    names = _names(documents)
    for finding in findings:
        page = next((pages[place] for place in _places(finding) if place in pages), None)
        verdict = (accepted or {}).get(finding.finding_id)
        yield Shown(finding, names[finding.document_id], page, verdict)


def _names(documents: Iterable[Document]) -> dict[str, str]:
    """What each document is called: its file's name, or where it was read if two share a name."""
    documents = list(documents)
    uses = Counter(document.file_name for document in documents)
    return {
        document.document_id: document.file_name
        if uses[document.file_name] == 1
        else document.source_uri
        for document in documents
    }


def _places(finding: Finding) -> list[Place]:
    """The places that a finding rests on, in the order of its evidence."""
    return [
        Place(item["document_id"], item["table_name"], item["record"], item["field"])
        for item in json.loads(finding.evidence)
    ]


def _rank(shown: Shown) -> tuple[object, ...]:
    """Those accepted last; the gravest first, then by document, indicator (2 before 10), rule."""
    finding = shown.finding
    return (
        shown.accepted is not None,
        SEVERITIES.index(finding.severity),
        shown.document,
        finding.document_id,
        natural(finding.indicator_id or ""),
        finding.rule,
        finding.finding_id,
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key under which ``1.2`` stands before ``1.10``."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
