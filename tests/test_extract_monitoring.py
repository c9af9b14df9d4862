"""Every card, cell, figure and paragraph of CONEVAL's Fichas de Monitoreo, and where it stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pypdfium2
import pytest

import extract
from extract.types import Printed, RawDocument
from normalize.records import normalize
from normalize.text import fold
from samples.card_tally import printed_cards
from samples.monitoring_source import NAMES, Monitoring, load

SAMPLES = Path(__file__).parent.parent / "samples"


@cache
def raw(name: str) -> RawDocument:
    return extract.read(SAMPLES / f"{name}.pdf")


@cache
def model(name: str) -> Monitoring:
    return load(name)


def everything(document: RawDocument) -> list[Printed]:
    """All that was read."""
    found = [printed for card in document.cards for printed in card.fields.values()]
    found += [part for cell in document.cells for part in (cell.approach, cell.category)]
    found += [cell.value for cell in document.cells]
    found += [figure.value for figure in document.figures]
    found += [statement.text for statement in document.statements]
    found += [document.title, document.period_printed]  # type: ignore[list-item]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_known_by_its_programme_and_plan(name: str) -> None:
    document = raw(name)
    assert document.family == "ficha_monitoreo_programa"
    assert document.title and document.title.text == model(name).title.words
    assert document.institution and f"del {document.institution.text}" in document.title.text
    assert document.period == (2019, 2024)
    assert document.problems == []


def test_a_programme_and_its_ficha_have_one_programme_id() -> None:
    programme = normalize(extract.read(SAMPLES / "piimss-2020-2024.pdf"), "test")
    ficha = normalize(raw(NAMES[0]), "test")
    ids = [reading.dataset.documents[0].programme_id for reading in (programme, ficha)]
    assert ids == 2 * ["programa-institucional-del-instituto-mexicano-del-seguro-social"]


@pytest.mark.parametrize("name", NAMES)
def test_every_card_is_exact(name: str) -> None:
    expected = printed_cards(model(name))
    found = [
        {field: printed.text for field, printed in card.fields.items()} for card in raw(name).cards
    ]
    assert found == expected
    assert [card.problems for card in raw(name).cards] == [[] for _ in expected]


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_distribution_is_exact(name: str) -> None:
    heads, *rows = model(name).table
    assert [(c.approach.text, c.category.text, c.value.text) for c in raw(name).cells] == [
        (row[0].words, head.words, cell.words)
        for row in rows
        for head, cell in zip(heads[1:], row[1:], strict=True)
    ]


def test_counts_and_levels_are_read_where_they_are_text() -> None:
    found = {name: [(f.figure, f.value.text) for f in raw(name).figures] for name in NAMES}
    assert found[NAMES[0]] == [
        ("objective_count", "6"),
        ("objective_level", "Moderado"),
        ("indicator_count", "18"),
        ("indicator_level", "Moderado"),
    ]
    assert found[NAMES[1]] == []  # pictures


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_stands_in_its_section(name: str) -> None:
    source = model(name)
    expected = {
        "enfoque": source.approach[0].words,
        "calidad": source.approach[1].words,
        "avance": source.progress.words,
        "conclusiones": source.conclusions.words,
        "notas": " ".join(note.words for note in source.notes),
    }
    expected |= {f"objetivo-{o.number}": fold("\n".join(o.prose.lines)) for o in source.objectives}
    found: dict[str, str] = {}
    for statement in raw(name).statements:
        before = found.get(statement.section)
        found[statement.section] = (
            f"{before} {statement.text.text}" if before else statement.text.text
        )
    assert found == expected


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_a_box_is_the_text(name: str) -> None:
    with pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf") as document:
        pages = [page.get_textpage() for page in document]
        heights = [page.get_height() for page in document]
        for printed in everything(raw(name)):
            assert printed.pieces
            for box, text in printed.pieces:
                inside = pages[box.page - 1].get_text_bounded(
                    box.x0 - 0.5,
                    heights[box.page - 1] - box.bottom - 0.5,
                    box.x1 + 0.5,
                    heights[box.page - 1] - box.top + 0.5,
                )
                letters = "".join(inside.replace("\x02", "-").replace("\ufffe", "-").split())
                assert "".join(text.split()) in letters


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_carry_it_all_and_nothing_is_doubtful(name: str) -> None:
    normalized = normalize(raw(name), "test")
    assert normalized.notes == []
    rows = normalized.dataset.assessments
    assert all(None not in row.model_dump().values() for row in rows)
    assert [row.indicator_id for row in rows] == [
        card.key for objective in model(name).objectives for card in objective.cards
    ]
    assert all(row.objective_number == int(row.indicator_id[0]) for row in rows)
    totals = [row for row in normalized.dataset.distributions if row.approach == "Total general"]
    assert sum(row.count or 0 for row in totals[:-1]) == len(rows) == totals[-1].count
