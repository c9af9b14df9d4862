"""Monitoring documents made from plain data, so that rules are tested without a PDF.

A card is a dictionary as in ``samples/sources/*.cards.json``; a distribution is its rows of
counts, from which totals and percentages follow, unless a cell is given another text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from normalize.distributions import count_and_percent
from normalize.numbers import Habits, parse_number
from normalize.records import Normalized, Note, programme_id_of
from normalize.schema import Assessment, Dataset, Distribution, Document, Family, Figure
from tests.build import SOURCES

PROGRESS = ("Superado", "Avanzado", "Adecuado", "Insuficiente", "Rezagado", "Muy rezagado", "NR*")
TOTAL = "Total general"
TITLE = "Programa Institucional del Instituto de Prueba 2020-2024"

Card = Mapping[str, Any]
Cells = dict[tuple[str, str], str]


def sample_cards(name: str) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """Cards, each with its objective, and the counts of a published ficha (``imss``)."""
    path = SOURCES / f"coneval-ficha-monitoreo-{name}-2020-2021.cards.json"
    source = json.loads(path.read_text(encoding="utf-8"))
    cards = [
        card | {"objective": source["objectives"][card["indicator_id"][0]]}
        for card in source["cards"]
    ]
    return cards, source["matrix"]


def card(indicator_id: str = "1.1", **changes: Any) -> dict[str, Any]:
    """A card in which nothing is amiss."""
    return {
        "indicator_id": indicator_id,
        "name": f"Porcentaje de escuelas con agua potable, {indicator_id}",
        "measure": "meta_para_el_bienestar" if indicator_id.endswith(".1") else "parametro",
        "objective": f"Garantizar el agua en las escuelas de la región {indicator_id[0]}.",
        "trend": "ascendente",
        "quality": "Adecuado",
        "milestone_status": "Alcanzada",
        "target_progress": "Avanzado",
    } | changes


def cells(matrix: Mapping[str, Sequence[int]], categories: Sequence[str] = PROGRESS) -> Cells:
    """The cells of a distribution as printed, its totals with their percentages ("6, 33%")."""
    whole = sum(sum(counts) for counts in matrix.values())

    def total(count: int) -> str:
        return f"{count}, {int(Decimal(100 * count) / whole + Decimal('0.5')) if whole else 0}%"

    printed: Cells = {}
    for approach, counts in matrix.items():
        printed |= {(approach, name): str(n) for name, n in zip(categories, counts, strict=True)}
        printed[approach, TOTAL] = total(sum(counts))
    for name, column in zip(categories, zip(*matrix.values(), strict=True), strict=True):
        printed[TOTAL, name] = total(sum(column))
    printed[TOTAL, TOTAL] = str(whole)
    return printed


def monitoring(
    cards: Iterable[Card] = (),
    table: Cells | None = None,
    figures: Iterable[tuple[str, str, int, str, str | None]] = (),
    *,
    family: Family = "ficha_monitoreo_programa",
    title: str | None = TITLE,
    institution: str | None = None,
    period: tuple[int, int] | None = (2019, 2024),
    document_id: str = "dfedcba9876543210",
    notes: Iterable[Note] = (),
) -> Normalized:
    """A monitoring document; figures are (code, subject, year, text, unit)."""
    document = Document(
        document_id=document_id,
        sha256=document_id[1:].ljust(64, "0"),
        file_name="monitoreo.pdf",
        source_uri="monitoreo.pdf",
        family=family,
        title=title,
        institution=institution,
        programme_id=programme_id_of(title),
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        page_count=2,
        reading_version="prueba",
    )
    habits = Habits.learn(text for *_, text, _ in figures)
    dataset = Dataset(documents=[document])
    dataset.assessments += [_assessment(document_id, given) for given in cards]
    for (approach, category), text in (table or {}).items():
        count, percent = count_and_percent(text)
        dataset.distributions.append(
            Distribution(
                document_id=document_id,
                approach=approach,
                category=category,
                count=count,
                percent=percent,
                value_text=text,
            )
        )
    for code, subject, year, text, unit in figures:
        dataset.figures.append(
            Figure(
                document_id=document_id,
                figure=code,
                subject=subject,
                year=year,
                value=parse_number(text, habits).value,
                value_text=text,
                unit=unit,
            )
        )
    return Normalized(dataset=dataset, notes=list(notes), habits=habits)


def _assessment(document_id: str, given: Card) -> Assessment:
    number = given["indicator_id"].partition(".")[0]
    return Assessment(
        document_id=document_id,
        objective_number=int(number) if number.isdigit() else None,
        **given,
    )
