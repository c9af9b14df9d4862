"""Readings to rows: what is kept, what is null, what is noted."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.types import Box, Piece, Printed, RawDocument, RawFicha, RawVariable
from normalize.records import Normalized, normalize
from normalize.schema import Indicator

SOURCE = Path(__file__).parents[1] / "samples" / "sources" / "piimss-2020-2024.fichas.json"
FICHAS: list[dict[str, Any]] = json.loads(SOURCE.read_text(encoding="utf-8"))
SHA256 = "0123456789abcdef" * 4


def printed(text: str, page: int = 5) -> Printed:
    pieces = (Piece(Box(page, 72.1, 100.004, 200.0, 110.5), text),) if text else ()
    return Printed(text, pieces, "test")


def ficha(**fields: str) -> RawFicha:
    """A complete small ficha; a field given as "" is an empty cell."""
    texts = {
        "name": "1.1 Porcentaje de niñas y niños atendidos.",
        "measure": "Meta para el bienestar del Objetivo prioritario 1",
        "objective_number": "Meta para el bienestar del Objetivo prioritario 1",
        "method": "(A / B) x 100.",
        "trend": "Ascendente",
        "accumulation": "Periódico",
        "baseline": "29.99",
        "baseline_year": "2018",
        "target": "32.84",
        "target_year": "META 2024",
        **fields,
    }
    return RawFicha(
        template="test",
        first_page=5,
        last_page=6,
        fields={name: printed(text) for name, text in texts.items()},
    )


def document(
    *fichas: RawFicha, title: str | None = "Programa Institucional 2020-2024"
) -> RawDocument:
    return RawDocument(
        sha256=SHA256,
        file_name="programa.pdf",
        source_uri="programa.pdf",
        family="programa_derivado",
        page_count=9,
        producer=None,
        title=printed(title) if title else None,
        institution=printed("Instituto  de Prueba"),
        period=(2020, 2024),
        period_printed=printed("2020-2024", page=1),
        fichas=list(fichas),
    )


def read(*fichas: RawFicha) -> Normalized:
    return normalize(document(*fichas), "test-1")


def only(normalized: Normalized) -> Indicator:
    (indicator,) = normalized.dataset.indicators
    return indicator


def rules(normalized: Normalized) -> list[tuple[str, str, str]]:
    return [(note.rule, note.record, note.field) for note in normalized.notes]


def raw_from_json(source: dict[str, Any]) -> RawFicha:
    """A ficha of the published programme as its cells print it."""
    same = {
        name: source[name]
        for name in [
            "objective",
            "definition",
            "disaggregation",
            "frequency",
            "kind",
            "accumulation",
            "unit",
            "collection_period",
            "dimension",
            "availability",
            "trend",
            "responsible_unit",
            "method",
            "remarks",
            "substitution",
            "baseline_note",
            "target_note",
        ]
        if name in source
    }
    measure = {"parametro": "Parámetro", "meta_para_el_bienestar": "Meta del bienestar"}
    heading = f"{measure[source['measure']]} del Objetivo prioritario {source['indicator_id'][0]}"
    raw = ficha(
        **same,
        name=f"{source['indicator_id']} {source['name']}.",
        measure=heading,
        objective_number=heading,
        baseline=source["baseline_text"],
        baseline_year=str(source["baseline_year"]),
        target=source["target_text"],
    )
    raw.variables = [
        RawVariable(
            each["position"],
            printed(f"{each['position']}.- {each['name']}"),
            printed(each["value_text"]),
            printed(each["source"]),
        )
        for each in source["variables"]
    ]
    raw.historical = [(printed(y), printed(v)) for y, v in source["historical_series"].items()]
    raw.targets = [(printed(y), printed(v)) for y, v in source["target_series"].items()]
    return raw


@pytest.fixture(scope="module")
def piimss() -> Normalized:
    return read(*map(raw_from_json, FICHAS))


def test_the_published_programme_is_read_without_a_doubt(piimss: Normalized) -> None:
    assert piimss.notes == []
    assert [row.indicator_id for row in piimss.dataset.indicators] == [
        each["indicator_id"] for each in FICHAS
    ]


@pytest.mark.parametrize("source", FICHAS, ids=lambda each: str(each["indicator_id"]))
def test_every_field_of_the_published_fichas(piimss: Normalized, source: dict[str, Any]) -> None:
    (row,) = [
        each for each in piimss.dataset.indicators if each.indicator_id == source["indicator_id"]
    ]
    expected = {name: value for name, value in source.items() if name in Indicator.model_fields} | {
        "accumulation": source["accumulation"].lower().replace("ó", "o"),
        "trend": source["trend"].lower(),
        "target_year": 2024,
        "objective_number": int(source["indicator_id"][0]),
    }
    found = row.model_dump()
    assert {name: found[name] for name in expected} == expected
    number = source["baseline_text"].replace(",", "")
    assert row.baseline_value == Decimal(number)
    variables = [
        (each.position, each.name, each.value_text, each.source, each.value)
        for each in piimss.dataset.variables
        if each.indicator_id == source["indicator_id"]
    ]
    assert variables == [
        (
            v["position"],
            v["name"],
            v["value_text"],
            v["source"],
            Decimal(v["value_text"].replace(",", "")),
        )
        for v in source["variables"]
    ]
    series = {
        name: {
            str(each.year): each.value_text
            for each in piimss.dataset.observations
            if each.indicator_id == source["indicator_id"] and each.series == name
        }
        for name in ("historical", "target")
    }
    assert series == {"historical": source["historical_series"], "target": source["target_series"]}
