"""What is doubted accuses nobody: which findings rest on a doubtful reading, what to read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.types import OCR_DOUBTFUL
from normalize.ledger import Note
from normalize.schema import Finding, Provenance
from validate.rule import Answer, not_applicable
from validate.view import DocumentView

DOUBT = "REA02"
"""The rule of readings that contradict each other."""
ASKED_AGAIN = ("REA01", "REA03")
"""Rules of the reader's own doubts, of which a second reader is asked."""
SUSPICIOUS = ("SER03", "SER04", "SER07", "MON05", "MON06", "MON09")
"""Warnings that one misread number, word or grade would explain; so would every error but those of
reading. What OCR read with doubts is distrusted for them; a sum that fails is needed to ask a
second reader."""
_PRINTED = {
    "value_text": "value",
    "baseline_text": "baseline_value",
    "target_text": "target_value",
}

Address = tuple[str | None, str, str, str]
"""Document (``None`` for the one that is audited), table, record, field."""


def doubtful_places(document: DocumentView, *others: DocumentView) -> frozenset[Address]:
    """The values of which two readings differ, in a document and in those beside it."""
    views = [(None, document), *((other.document_id, other) for other in others)]
    return frozenset(
        (document_id, note.table_name, note.record, note.field)
        for document_id, view in views
        for note in view.all_notes
        if note.rule == DOUBT
    )


def notes_of(finding: Finding) -> Iterator[Note]:
    """The notes that a stored finding of :data:`DOUBT` came from."""
    for item in json.loads(finding.evidence):
        yield Note(
            DOUBT,
            finding.indicator_id or "",
            item["table_name"],
            item["record"],
            _PRINTED.get(item["field"], item["field"]),
            finding.stated or "",
            finding.message_es,
            finding.message_en,
        )


def unless_doubtful(code: str, answer: Answer, doubtful: frozenset[Address]) -> Answer:
    """The answer of a rule, or that it cannot be applied where it accuses on a doubtful value."""
    if answer.outcome != "failed" or code.startswith("REA") or not doubtful:
        return answer
    for item in answer.evidence:
        field = _PRINTED.get(item.field, item.field)
        if (item.document_id, item.table_name, item.record, field) in doubtful:
            unsure = not_applicable(
                answer.record,
                f"Descansa en un valor cuya lectura es dudosa ({DOUBT}).",
                f"It rests on a value whose reading is doubtful ({DOUBT}).",
            )
            return replace(unsure, indicator_id=answer.indicator_id)
    return answer


def suspects(notes: Iterable[Note], findings: Iterable[Finding]) -> set[str]:
    """The indicators that a second reader is to be asked about: a field of theirs is empty or
    ill-typed, or a number breaks the document's own arithmetic."""
    doubted = {note.indicator_id for note in notes if note.rule in ASKED_AGAIN}
    broken = {finding.indicator_id or "" for finding in findings if _breaks_sums(finding)}
    return (doubted | broken) - {""}


def misread(
    findings: Iterable[Finding], provenance: Iterable[Provenance]
) -> dict[tuple[str, str, str], str]:
    """Values (table, record, field) that OCR read with doubts and that break the document's own
    arithmetic, each with the rule that it breaks: the reading is suspected before the document."""
    unsure = {
        (mark.table_name, mark.record, _PRINTED.get(mark.field, mark.field))
        for mark in provenance
        if mark.reader == OCR_DOUBTFUL
    }
    suspected: dict[tuple[str, str, str], str] = {}
    for finding in findings if unsure else ():
        if not (finding.rule in SUSPICIOUS or _breaks_sums(finding)):
            continue
        for item in json.loads(finding.evidence):
            name = _PRINTED.get(item["field"], item["field"])
            address = item["table_name"], item["record"], name
            if item["document_id"] == finding.document_id and address in unsure:
                suspected.setdefault(address, finding.rule)
    return suspected


def _breaks_sums(finding: Finding) -> bool:
    """Whether a number breaks the document's own arithmetic."""
    return finding.severity == "error" and finding.rule.startswith(("CAL", "SER", "CRO", "MON"))
