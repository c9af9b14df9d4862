"""Readings made from plain dictionaries, so that rules are tested without a PDF.

A ficha is a dictionary as in ``samples/sources/*.fichas.json``: the schema's texts as printed,
``variables`` with ``position``, ``name``, ``value_text`` and ``source``, and the two series as
``{"2020": "30.56"}``. What a ficha leaves out is null, except ``target_year``, which is the last
year of its targets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from normalize.numbers import Habits, parse_number
from normalize.records import Normalized, Note
from normalize.schema import Dataset, Document, Indicator, Observation, Variable, encode_record

SOURCES = Path(__file__).parent.parent / "samples" / "sources"
DOCUMENT_ID = "d0123456789abcdef"
PLAIN_FIELDS = (
    "name",
    "measure",
    "objective_number",
    "objective",
    "definition",
    "disaggregation",
    "frequency",
    "kind",
    "unit",
    "collection_period",
    "dimension",
    "availability",
    "responsible_unit",
    "method",
    "remarks",
    "substitution",
    "baseline_text",
    "baseline_year",
    "baseline_note",
    "target_text",
    "target_note",
)
ACCUMULATIONS = {"acumulado": "acumulado", "periódico": "periodico", "periodico": "periodico"}

Ficha = Mapping[str, Any]


def piimss() -> list[dict[str, Any]]:
    """The 18 fichas of the sample programme, fresh on every call."""
    text = (SOURCES / "piimss-2020-2024.fichas.json").read_text(encoding="utf-8")
    fichas: list[dict[str, Any]] = json.loads(text)
    return fichas


def normalized_from_json(
    fichas: Iterable[Ficha],
    notes: Iterable[Note] = (),
    programme_id: str | None = "programa-de-prueba",
    document_id: str = DOCUMENT_ID,
) -> Normalized:
    """What ``normalize`` would give for these fichas, provenance left out."""
    fichas = list(fichas)
    habits = Habits.learn(text for ficha in fichas for text in _number_texts(ficha))
    dataset = Dataset(documents=[_document(document_id, programme_id)])
    for ficha in fichas:
        dataset.indicators.append(_indicator(document_id, ficha, habits))
        dataset.variables.extend(_variables(document_id, ficha, habits))
        dataset.observations.extend(_observations(document_id, ficha, habits))
    return Normalized(dataset=dataset, notes=list(notes), habits=habits)


def unread(indicator_id: str, year: int, text: str) -> Note:
    """A note that a target could be read two ways."""
    return Note(
        rule="REA03",
        indicator_id=indicator_id,
        table_name="observations",
        record=encode_record(indicator_id, "target", year),
        field="value",
        text=text,
        message_es=f"«{text}» se puede leer de dos maneras.",
        message_en=f"“{text}” can be read in two ways.",
    )


def _document(document_id: str, programme_id: str | None) -> Document:
    return Document(
        document_id=document_id,
        sha256=document_id[1:].ljust(64, "0"),
        file_name="prueba.pdf",
        source_uri="prueba.pdf",
        family="programa_derivado",
        programme_id=programme_id,
        page_count=1,
        reading_version="prueba",
    )


def _number_texts(ficha: Ficha) -> Iterator[str]:
    for variable in ficha.get("variables", ()):
        yield variable.get("value_text") or ""
    for series in ("historical_series", "target_series"):
        yield from ficha.get(series, {}).values()
    for name in ("baseline_text", "target_text", "substitution", "method"):
        yield ficha.get(name) or ""


def _value(text: str | None, habits: Habits) -> Decimal | None:
    return parse_number(text, habits).value if text else None


def _indicator(document_id: str, ficha: Ficha, habits: Habits) -> Indicator:
    trend, accumulation = ficha.get("trend"), ficha.get("accumulation")
    years = [int(year) for year in ficha.get("target_series", {})]
    return Indicator(
        document_id=document_id,
        indicator_id=ficha["indicator_id"],
        trend=trend.lower() if trend else None,
        accumulation=ACCUMULATIONS[accumulation.lower()] if accumulation else None,
        baseline_value=_value(ficha.get("baseline_text"), habits),
        target_value=_value(ficha.get("target_text"), habits),
        target_year=ficha.get("target_year", max(years, default=None)),
        **{name: ficha.get(name) for name in PLAIN_FIELDS},
    )


def _variables(document_id: str, ficha: Ficha, habits: Habits) -> Iterator[Variable]:
    for variable in ficha.get("variables", ()):
        yield Variable(
            document_id=document_id,
            indicator_id=ficha["indicator_id"],
            position=variable["position"],
            name=variable.get("name"),
            value=_value(variable.get("value_text"), habits),
            value_text=variable.get("value_text"),
            source=variable.get("source"),
        )


def _observations(document_id: str, ficha: Ficha, habits: Habits) -> Iterator[Observation]:
    for series, printed in (
        ("historical", ficha.get("historical_series", {})),
        ("target", ficha.get("target_series", {})),
    ):
        for year, text in printed.items():
            yield Observation(
                document_id=document_id,
                indicator_id=ficha["indicator_id"],
                series=series,
                year=int(year),
                value=_value(text, habits),
                value_text=text,
            )
