"""Printed figures to rows: values, words, doubts, keys that recur."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.types import Box, Piece, Printed, Problem, RawDocument, RawFigure
from normalize.records import Normalized, normalize


def printed(text: str) -> Printed:
    pieces = (Piece(Box(1, 10.0, 20.0, 30.0, 40.0), text),) if text else ()
    return Printed(text, pieces, "test")


def figure(code: str, text: str, subject: str = "", year: int = 0) -> RawFigure:
    return RawFigure(code, subject, year, printed(text), "MDP")


def read(*figures: RawFigure, problems: tuple[Problem, ...] = ()) -> Normalized:
    raw = RawDocument(
        sha256="0123456789abcdef" * 4,
        file_name="ficha.pdf",
        source_uri="ficha.pdf",
        family="ficha_monitoreo_pp",
        page_count=1,
        producer=None,
        figures=list(figures),
        problems=list(problems),
    )
    return normalize(raw, "test")


def test_a_figure_keeps_its_exact_value_its_text_and_its_place() -> None:
    read_ = read(figure("branch_budget", "487,852.24", year=2016))
    (row,) = read_.dataset.figures
    assert (row.figure, row.subject, row.year) == ("branch_budget", "", 2016)
    assert (row.value, row.value_text, row.unit) == (Decimal("487852.24"), "487,852.24", "MDP")
    places = [p for p in read_.dataset.provenance if p.table_name == "figures"]
    assert {(p.record, p.field, p.text) for p in places} == {
        ("branch_budget//2016", "value", "487,852.24"),
        ("branch_budget//2016", "value_text", "487,852.24"),
    }
    assert read_.notes == []


@pytest.mark.parametrize("text", ["ND", "NA", "n.d.", "n..a.", "No disponible", "-"])
def test_what_is_stated_as_not_available_is_null_and_keeps_its_text(text: str) -> None:
    read_ = read(figure("men_attended", text))
    (row,) = read_.dataset.figures
    assert (row.value, row.value_text) == (None, text)
    assert read_.notes == []


@pytest.mark.parametrize("text", ["40,497,48", "40 a 45", "véase la nota"])
def test_what_cannot_be_read_is_null_and_told(text: str) -> None:
    read_ = read(figure("population_target", text, year=2020))
    (row,) = read_.dataset.figures
    assert (row.value, row.value_text) == (None, text)
    (note,) = read_.notes
    assert (note.rule, note.table_name, note.record) == (
        "REA03",
        "figures",
        "population_target//2020",
    )
    assert note.message_es.startswith("Población objetivo, 2020: «")


def test_the_documents_own_numbers_decide_what_a_point_is() -> None:
    spanish = [figure("programme_budget", f"1.41{n},37", year=2010 + n) for n in range(4)]
    read_ = read(*spanish, figure("population_attended", "577.288"))
    assert read_.dataset.figures[-1].value == 577288


WRITTEN = {
    "seis": 6,
    "Treinta y dos": 32,
    "18": 18,
    "quince": 15,
    "cuarenta": 40,
    "noventa": 90,  # which begin as ordinals do
    "quinto": 5,
    "Novena": 9,
    "décimo segundo": 12,
    "vigésima primera": 21,
}


@pytest.mark.parametrize(("text", "value"), WRITTEN.items())
def test_a_count_may_be_written_in_words(text: str, value: int) -> None:
    read_ = read(figure("objective_count", text, "Programa Sectorial 2020-2024"))
    (row,) = read_.dataset.figures
    assert (row.value, row.value_text) == (value, text)
    assert {p.field for p in read_.dataset.provenance} == {"value", "value_text"}
    assert read_.notes == []


def test_a_word_has_no_value() -> None:
    read_ = read(figure("level", "Medio", "50E012"))
    (row,) = read_.dataset.figures
    assert (row.value, row.value_text) == (None, "Medio")
    assert {p.field for p in read_.dataset.provenance} == {"value_text"}
    assert read_.notes == []


def test_a_key_that_recurs_with_another_text_is_kept_and_told() -> None:
    read_ = read(
        figure("score", "0.877", "50E011"),
        figure("score", "0.877", "50E011"),
        figure("score", "0.631", "50E011"),
    )
    assert [(row.subject, row.value_text) for row in read_.dataset.figures] == [
        ("50E011", "0.877"),
        ("50E011#2", "0.631"),
    ]
    (note,) = read_.notes
    assert (note.rule, note.record) == ("REA05", "score/50E011/0")


def test_a_figure_that_the_reader_doubts_is_null_and_told_once() -> None:
    doubt = Problem("REA03", "figures.goal.2020.Cobertura 1.5", "dudoso", "doubtful")
    read_ = read(figure("goal", "94.00", "Cobertura 1.5", 2020), problems=(doubt,))
    (row,) = read_.dataset.figures
    assert (row.value, row.value_text) == (None, "94.00")
    assert [note.rule for note in read_.notes] == ["REA03"]


def test_a_label_without_a_value_is_told_and_leaves_no_row() -> None:
    missing = Problem("REA01", "figures.goal", "sin valor", "no value")
    read_ = read(problems=(missing,))
    assert read_.dataset.figures == []
    assert [(note.rule, note.record) for note in read_.notes] == [("REA01", "goal//0")]


def test_an_undeclared_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        read(figure("no_such_code", "1"))
