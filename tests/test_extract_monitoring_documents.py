"""Fichas de Monitoreo printed by browsers and word processors: every card, cell and paragraph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.types import RawDocument
from normalize.records import normalize

FOLDER = Path(__file__).parent / "documents" / "monitoring"
Case = tuple[RawDocument, dict[str, Any]]


@pytest.fixture(scope="module", params=sorted(path.stem for path in FOLDER.glob("*.pdf")))
def case(request: pytest.FixtureRequest) -> Case:
    path = FOLDER / f"{request.param}.pdf"
    return extract.read(path), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_whose_ficha_it_is(case: Case) -> None:
    raw, expected = case
    assert raw.family == "ficha_monitoreo_programa"
    assert raw.title is not None and raw.title.text == expected["title"]
    assert raw.period == tuple(expected["period"])


def test_every_card(case: Case) -> None:
    raw, expected = case
    found = [{name: text.text for name, text in card.fields.items()} for card in raw.cards]
    assert found == expected["cards"]


def test_every_cell_and_count(case: Case) -> None:
    raw, expected = case
    cells = [[c.approach.text, c.category.text, c.value.text] for c in raw.cells]
    assert cells == expected["cells"]
    assert {f.figure: f.value.text for f in raw.figures} == expected["figures"]


def test_every_paragraph(case: Case) -> None:
    raw, expected = case
    sections: dict[str, list[str]] = {}
    for statement in raw.statements:
        sections.setdefault(statement.section, []).append(statement.text.text)
    assert {name: " ".join(texts) for name, texts in sections.items()} == expected["sections"]


def test_nothing_is_doubted(case: Case) -> None:
    raw, _ = case
    assert raw.problems == []
    notes = normalize(raw, "test").notes
    assert [note for note in notes if note.rule != "REA05"] == []
