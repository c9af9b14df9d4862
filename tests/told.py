"""CONEVAL's documents made from plain data, so that rules about prose are tested without a PDF.

``published`` holds the two published Fichas de Monitoreo as their cards, distribution and text;
``told`` makes a reading of any such parts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.types import Box, Piece, Printed, RawStatement
from normalize.ledger import Ledger
from normalize.numbers import Habits
from normalize.records import Normalized
from normalize.schema import Assessment, Distribution, Document, Family, Figure
from normalize.statements import add_statements
from tests.build import SOURCES
from validate.engine import views
from validate.view import DocumentView

DOCUMENT_ID = "d0123456789abcdef"
PROSE = Path(__file__).parent / "told_prose.json"
CATEGORIES = ("Superado", "Avanzado", "Adecuado", "Insuficiente", "Rezagado", "Muy rezagado", "NR*")

Card = Mapping[str, str]
Paragraphs = Sequence[tuple[str, str]]


def published(name: str) -> dict[str, Any]:
    """``imss`` or ``issste``: ``cards``, ``matrix`` and ``prose``, fresh on every call."""
    path = SOURCES / f"coneval-ficha-monitoreo-{name}-2020-2021.cards.json"
    parts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    prose = json.loads(PROSE.read_text(encoding="utf-8"))[name]
    return {"cards": parts["cards"], "matrix": parts["matrix"], "prose": prose}


def cards(*rows: str) -> list[dict[str, str]]:
    """Cards of invented indicators, a line each: key | name | trend | quality | status | progress.

    What a row leaves out at its end is not printed on the card.
    """
    names = ("indicator_id", "name", "trend", "quality", "milestone_status", "target_progress")
    return [dict(zip(names, map(str.strip, row.split("|")), strict=False)) for row in rows]


def told(
    cards: Sequence[Card] = (),
    matrix: Mapping[str, Sequence[int]] | None = None,
    prose: Paragraphs = (),
    figures: Mapping[str, str] | None = None,
    family: Family = "ficha_monitoreo_programa",
) -> Normalized:
    """A reading of a document with these cards, distribution, sections of prose and figures.

    ``matrix`` has a row of counts per approach, in the order of :data:`CATEGORIES`; its totals
    are added. ``figures`` maps ``code``, ``code/subject`` or ``code/subject/year`` to the printed
    text.
    """
    ledger = Ledger(DOCUMENT_ID, Habits.learn(text for _, text in prose))
    ledger.dataset.documents.append(
        Document(
            document_id=DOCUMENT_ID,
            sha256=DOCUMENT_ID[1:].ljust(64, "0"),
            file_name="prueba.pdf",
            source_uri="prueba.pdf",
            family=family,
            programme_id="programa-de-prueba",
            page_count=1,
            reading_version="prueba",
        )
    )
    ledger.dataset.assessments += [_assessment(card) for card in cards]
    ledger.dataset.distributions += _distribution(matrix or {})
    for key, text in (figures or {}).items():
        code, subject, year = (*key.split("/"), "", "")[:3]
        value = Decimal(text) if text.replace(".", "").isdecimal() else None
        ledger.dataset.figures.append(
            Figure(
                document_id=DOCUMENT_ID,
                figure=code,
                subject=subject,
                year=int(year or 0),
                value=value,
                value_text=text,
            )
        )
    add_statements(ledger, [RawStatement(section, printed(text)) for section, text in prose])
    return Normalized(ledger.dataset, ledger.notes, ledger.habits)


def view_of(**parts: Any) -> DocumentView:
    """The view of what :func:`told` makes of these parts."""
    return views(told(**parts))


def printed(*lines: str) -> Printed:
    """A paragraph whose lines stand one below the other, a piece each."""
    pieces = tuple(
        Piece(Box(1, 40.0, 100.0 + 12 * at, 300.0, 110.0 + 12 * at), line)
        for at, line in enumerate(lines)
    )
    return Printed("\n".join(lines), pieces, "test")


def _assessment(card: Card) -> Assessment:
    fields = {"objective_number": card["indicator_id"].split(".")[0], **card}
    return Assessment.model_validate({"document_id": DOCUMENT_ID, **fields})


def _distribution(matrix: Mapping[str, Sequence[int]]) -> list[Distribution]:
    if not matrix:
        return []
    totals = [sum(column) for column in zip(*matrix.values(), strict=True)]
    rows = [
        (approach, category, count)
        for approach, counts in [*matrix.items(), ("Total general", totals)]
        for category, count in zip(
            (*CATEGORIES, "Total general"), (*counts, sum(counts)), strict=True
        )
    ]
    return [
        Distribution(
            document_id=DOCUMENT_ID,
            approach=approach,
            category=category,
            count=count,
            value_text=str(count),
        )
        for approach, category, count in rows
    ]
