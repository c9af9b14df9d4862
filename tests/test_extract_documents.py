"""Programmes printed by browsers and word processors: every field, every box, no false doubt."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import extract
from extract.geometry import Frame
from normalize.number_type import Number
from normalize.numbers import parse_number
from normalize.records import Normalized, normalize
from normalize.schema import Indicator, Provenance
from normalize.text import fold, strip_final_stop

FOLDER = Path(__file__).parent / "documents"
WORDS = {"Periódico": "periodico", "Acumulado": "acumulado"}
TEXTS = (
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
    "baseline_note",
    "target_note",
)


@pytest.fixture(scope="module", params=sorted(path.stem for path in FOLDER.glob("*.pdf")))
def case(request: pytest.FixtureRequest) -> tuple[Path, Normalized, dict[str, Any]]:
    path = FOLDER / f"{request.param}.pdf"
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return path, normalize(extract.read(path), "test"), expected


Case = tuple[Path, Normalized, dict[str, Any]]


def value(text: str) -> Decimal | None:
    number: Number = parse_number(text)
    return number.value


def expected_indicator(ficha: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: fold(ficha[name]) or None for name in TEXTS},
        "indicator_id": ficha["indicator_id"],
        "name": strip_final_stop(fold(ficha["name"])),
        "measure": ficha["measure"],
        "objective_number": ficha["objective_number"],
        "accumulation": WORDS[ficha["accumulation"]],
        "trend": ficha["trend"].lower(),
        "baseline_value": value(ficha["baseline_text"]),
        "baseline_text": ficha["baseline_text"],
        "baseline_year": ficha["baseline_year"],
        "target_value": value(ficha["target_text"]),
        "target_text": ficha["target_text"],
        "target_year": ficha["target_year"],
    }


def test_indicators(case: Case) -> None:
    _, normalized, expected = case
    found = [row.model_dump(exclude={"document_id"}) for row in normalized.dataset.indicators]
    assert set(Indicator.model_fields) - {"document_id"} == set(found[0])
    assert found == [expected_indicator(ficha) for ficha in expected["fichas"]]


def test_variables(case: Case) -> None:
    _, normalized, expected = case
    found = [
        (row.indicator_id, row.position, row.name, row.value, row.value_text, row.source)
        for row in normalized.dataset.variables
    ]
    assert found == [
        (
            ficha["indicator_id"],
            variable["position"],
            strip_final_stop(fold(variable["name"])),
            value(variable["value_text"]),
            variable["value_text"],
            fold(variable["source"]) or None,
        )
        for ficha in expected["fichas"]
        for variable in ficha["variables"]
    ]


def test_series(case: Case) -> None:
    _, normalized, expected = case
    found = [
        (row.indicator_id, row.series, row.year, row.value, row.value_text)
        for row in normalized.dataset.observations
    ]
    assert found == [
        (ficha["indicator_id"], series, int(year), value(text), text or None)
        for ficha in expected["fichas"]
        for series, name in (("historical", "historical_series"), ("target", "target_series"))
        for year, text in ficha[name].items()
    ]


def test_the_document_and_no_doubts(case: Case) -> None:
    _, normalized, expected = case
    (row,) = normalized.dataset.documents
    period = expected["period"] or [None, None]
    assert [row.title, row.institution] == [expected["title"], expected["institution"]]
    assert [row.period_start, row.period_end] == period
    assert normalized.notes == []


def test_every_value_has_boxes_that_hold_it(case: Case) -> None:
    path, normalized, _ = case
    dataset = normalized.dataset
    traced = {(row.table_name, row.record, row.field) for row in dataset.provenance}
    for rows in (dataset.indicators, dataset.variables, dataset.observations):
        for row in rows:
            skipped = {"document_id", "series"} | (set() if row.table == "indicators" else KEYS)
            filled = {name for name, each in row.model_dump().items() if each is not None}
            mine = (row.table, row.record_key)
            told = {field for *place, field in traced if tuple(place) == mine}
            assert filled - skipped <= told
    drawn = Drawing(path)
    signs = LINE_END_SIGNS if "hyphenated" in path.stem else ""
    wrong = [
        row
        for row in dataset.provenance
        if without(drawn.letters(row), signs) != without(letters(row.text), signs)
    ]
    assert wrong == []


KEYS = {"indicator_id"}
LINE_END_SIGNS = "-\u2010"
"""What a typesetter adds where it cuts a word, and a value does not have."""


def without(letters: list[str], signs: str) -> list[str]:
    return [letter for letter in letters if letter not in signs]


class Drawing:
    """Draws text back out of boxes by pdfium's own look-up, which the reader does not use."""

    def __init__(self, path: Path) -> None:
        self.document = pypdfium2.PdfDocument(path)
        self.pages: dict[int, Any] = {}

    def letters(self, row: Provenance) -> list[str]:
        if row.page not in self.pages:
            page = self.document[row.page - 1]
            self.pages[row.page] = (page, page.get_textpage())
        page, text = self.pages[row.page]
        frame = Frame(*page.get_bbox(), page.get_rotation() // 90)
        (xa, ya), (xb, yb) = (
            frame.back(float(row.x0), float(row.top)),
            frame.back(float(row.x1), float(row.bottom)),
        )
        sides = (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        return letters(text.get_text_bounded(*sides))


def letters(text: str) -> list[str]:
    """The letters of a text without white space, in no order: lines have their own."""
    return sorted("".join(fold(text).split()))
