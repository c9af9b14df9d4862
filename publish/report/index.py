"""The data of the first page: documents, findings by column, rules, labels, verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from normalize.figure_codes import CODES
from normalize.schema import TABLES, Document, Severity
from publish.columns import columns
from publish.report.stored import Listed, Overview
from publish.waivers import Verdicts, Waiver
from validate import catalogue

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest; findings name theirs by its place here."""


def index(seen: Overview, verdicts: Verdicts, lang: str, version: str) -> dict[str, object]:
    """What the page needs before anything is opened."""
    documents = sorted(seen.documents, key=_document_rank)
    place = {document.document_id: number for number, document in enumerate(documents)}
    findings = sorted(seen.findings, key=lambda finding: _finding_rank(finding, place))
    names: dict[str, int] = {}
    waivers: dict[Waiver, int] = {}
    rows = []
    for finding in findings:
        name = seen.names.get((finding.document_id, finding.indicator_id or ""))
        accepted = verdicts.accepted.get(finding.finding_id)
        rows.append(
            [
                finding.finding_id,
                place[finding.document_id],
                finding.indicator_id or "",
                -1 if name is None else names.setdefault(name, len(names)),
                finding.rule,
                SEVERITIES.index(finding.severity),
                _first_page(seen, finding),
                -1 if accepted is None else waivers.setdefault(accepted, len(waivers)),
            ]
        )
    return {
        "version": version,
        "lang": lang,
        "documents": [_document(document, seen) for document in documents],
        "findings": rows,
        "names": list(names),
        "waivers": [_waiver(waiver) for waiver in waivers],
        "stale": [_waiver(waiver) for waiver in verdicts.stale],
        "ambiguous": [_waiver(waiver) for waiver in verdicts.ambiguous],
        "rules": {
            page.code: [SEVERITIES.index(page.severity), page.es.title, page.en.title]
            for page in catalogue.pages()
        },
        "labels": _labels(),
        "figures": {item.code: item.name for item in CODES},
    }


def rules() -> dict[str, object]:
    """Each rule's page in both languages."""
    return {
        page.code: {
            lang: [getattr(page.text(lang), part) for part in ("title", "what", "why", "example")]
            for lang in ("es", "en")
        }
        for page in catalogue.pages()
    }


def _document(document: Document, seen: Overview) -> dict[str, object]:
    key = document.document_id
    outcomes = seen.outcomes.get(key, {})
    return {
        "id": key,
        "file": document.file_name,
        "title": document.title,
        "institution": document.institution,
        "programme": document.programme_id,
        "family": document.family,
        "start": document.period_start,
        "end": document.period_end,
        "pages": document.page_count,
        "superseded": document.superseded_by,
        "indicators": seen.indicators[key],
        "outcomes": [
            outcomes.get("passed", 0),
            outcomes.get("failed", 0),
            outcomes.get("not_applicable", 0),
        ],
    }


def _labels() -> dict[str, dict[str, list[str]]]:
    """Table → column → its title in Spanish and English."""
    return {
        model.table: {column.name: [column.title_es, column.title_en] for column in columns(model)}
        for model in TABLES
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {
        "about": waiver.about,
        "reason": waiver.reason,
        "by": waiver.by,
        "on": waiver.on.isoformat(),
    }


def _first_page(seen: Overview, finding: Listed) -> int:
    """The page of the first evidence that stands on one (from 1); 0 where none does."""
    for place in seen.places[finding.finding_id]:
        if pages := seen.pages.get(place):
            return pages[0]
    return 0


def _document_rank(document: Document) -> tuple[object, ...]:
    return (
        document.family == "otra",
        document.title or document.file_name,
        document.period_start or 0,
        document.document_id,
    )


def _finding_rank(finding: Listed, place: Mapping[str, int]) -> tuple[object, ...]:
    """The gravest first, then by document, indicator (2 before 10) and rule."""
    return (
        SEVERITIES.index(finding.severity),
        place[finding.document_id],
        natural(finding.indicator_id or ""),
        finding.rule,
        finding.finding_id,
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key under which ``1.2`` stands before ``1.10``."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
