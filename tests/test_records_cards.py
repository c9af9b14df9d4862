"""CONEVAL's cards, cells, figures and prose to rows: what is kept, what is null, what is noted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.types import (
    Box,
    Piece,
    Printed,
    Problem,
    RawCard,
    RawCell,
    RawDocument,
    RawFigure,
    RawStatement,
)
from normalize.distributions import count_and_percent
from normalize.records import Normalized, normalize
from validate.engine import audit


def printed(text: str) -> Printed:
    pieces = (Piece(Box(1, 10.0, 10.0, 60.0, 20.0), text),) if text else ()
    return Printed(text, pieces, "test")


def card(**fields: str) -> RawCard:
    texts = {
        "name": "1.2 Cobertura de personal.",
        "objective": "1. Mejorar el servicio.",
        "measure": "Parámetro",
        "trend": "Ascendente",
        "quality": "Op. de mejora",
        "milestone_status": "No alcanzada ",
        "target_progress": "El sentido del indicador es constante",
        **fields,
    }
    return RawCard({name: printed(text) for name, text in texts.items() if text})


def read(**parts: object) -> Normalized:
    raw = RawDocument(
        sha256="0123456789abcdef" * 4,
        file_name="ficha.pdf",
        source_uri="ficha.pdf",
        family="ficha_monitoreo_programa",
        page_count=2,
        producer=None,
    )
    for name, value in parts.items():
        setattr(raw, name, value)
    return normalize(raw, "test")


def traced(normalized: Normalized, table: str, record: str) -> set[str]:
    return {
        row.field
        for row in normalized.dataset.provenance
        if (row.table_name, row.record) == (table, record)
    }


def test_a_card_is_a_row_with_its_grades_as_printed() -> None:
    normalized = read(cards=[card()])
    (row,) = normalized.dataset.assessments
    assert row.model_dump(exclude={"document_id"}) == {
        "indicator_id": "1.2",
        "name": "Cobertura de personal",
        "measure": "parametro",
        "objective_number": 1,
        "objective": "Mejorar el servicio.",
        "trend": "ascendente",
        "quality": "Op. de mejora",
        "milestone_status": "No alcanzada",
        "target_progress": "El sentido del indicador es constante",
    }
    assert normalized.notes == []
    assert traced(normalized, "assessments", "1.2") == set(row.model_dump()) - {"document_id"}


def test_another_word_than_the_schemas_is_null_and_noted() -> None:
    normalized = read(cards=[card(trend="Regular", measure="Meta institucional")])
    (row,) = normalized.dataset.assessments
    assert (row.trend, row.measure) == (None, None)
    assert [(note.rule, note.field, note.text) for note in normalized.notes] == [
        ("REA05", "measure", "Meta institucional"),
        ("REA05", "trend", "Regular"),
    ]


def test_what_the_reader_doubts_is_null_and_keeps_its_text_in_a_note() -> None:
    doubtful = card(quality="Alto Retroceso")
    pieces = doubtful.fields["quality"].pieces
    doubtful.problems.append(Problem("REA03", "quality", "Rebasa.", "Runs over.", pieces))
    normalized = read(cards=[doubtful])
    assert normalized.dataset.assessments[0].quality is None
    assert [(note.rule, note.text) for note in normalized.notes] == [("REA03", "Alto Retroceso")]


def test_a_card_without_its_objective_takes_the_number_from_its_key() -> None:
    (row,) = read(cards=[card(objective="", name="4.3 Eventos")]).dataset.assessments
    assert (row.objective_number, row.objective) == (4, None)


def test_keys_that_recur_or_lack_are_made_and_noted() -> None:
    normalized = read(cards=[card(), card(), card(name="Sin clave")])
    keys = [row.indicator_id for row in normalized.dataset.assessments]
    assert keys == ["1.2", "1.2#2", "p1.1"]
    assert [note.rule for note in normalized.notes] == ["REA05", "REA05"]


def test_what_a_card_lacks_is_a_finding_of_its_indicator() -> None:
    short = card(quality="")
    short.problems.append(Problem("REA01", "quality", "Falta la calidad.", "No quality."))
    _, findings = audit(read(cards=[short, card(name="1.3 Otro")]))
    (finding,) = [finding for finding in findings if finding.rule == "REA01"]
    assert (finding.indicator_id, finding.message_es) == ("1.2", "Falta la calidad.")
    assert "assessments" in finding.evidence


@pytest.mark.parametrize(
    ("text", "count", "percent"),
    [
        ("6, 33%", 6, "33"),
        ("12, 67 %", 12, "67"),
        ("6 (33%)", 6, "33"),
        ("6 [33.3%]", 6, "33.3"),
        ("6 / 33 %", 6, "33"),
        ("6/33%", 6, "33"),
        ("6 33%", 6, "33"),
        ("6; 33%", 6, "33"),
        ("0, 0%", 0, "0"),
        ("0", 0, None),
        ("18", 18, None),
        ("100%", None, "100"),
        ("33.3 %", None, "33.3"),
        ("6,33%", None, None),
        ("6, 33", None, None),
        ("seis", None, None),
        ("6.5", None, None),
        ("6 18", None, None),
    ],
)
def test_a_cell_of_the_distribution_is_a_count_with_its_percentage(
    text: str, count: int | None, percent: str | None
) -> None:
    assert count_and_percent(text) == (count, None if percent is None else Decimal(percent))


def test_a_distribution_keeps_its_headings_and_names_its_totals() -> None:
    rows = [("Gestión", "NR*", "1"), ("TOTAL", "Superado", "5, 28%"), ("Gestión", "Total", "x")]
    normalized = read(cells=[RawCell(*map(printed, row)) for row in rows])
    found = [
        (row.approach, row.category, row.count, row.percent, row.value_text)
        for row in normalized.dataset.distributions
    ]
    assert found == [
        ("Gestión", "NR*", 1, None, "1"),
        ("Total general", "Superado", 5, Decimal(28), "5, 28%"),
        ("Gestión", "Total general", None, None, "x"),
    ]
    assert [(note.rule, note.text) for note in normalized.notes] == [("REA03", "x")]
    record = normalized.dataset.distributions[1].record_key
    assert traced(normalized, "distributions", record) == {
        *("approach", "category", "count", "percent", "value_text")
    }


def test_a_heading_that_is_a_grade_broken_inside_a_word_is_told_once() -> None:
    heads = ("Avanzad o", "Muy rezag ado", "Meta superada", "En riesgo", "NR*", "Superados")
    rows = [(approach, head, "1") for approach in ("Resultados", "Gestión") for head in heads]
    normalized = read(cells=[RawCell(*map(printed, row)) for row in rows])
    assert [(note.rule, note.text) for note in normalized.notes] == [
        ("REA05", "Avanzad o"),
        ("REA05", "Muy rezag ado"),
    ]


def test_figures_are_exact_and_words_have_no_value() -> None:
    figures = [
        RawFigure("objective_count", "", 0, printed("6")),
        RawFigure("objective_level", "", 0, printed("Moderado")),
        RawFigure("indicator_count", "", 0, printed("uno u otro")),
        RawFigure("objective_count", "", 0, printed("7")),
    ]
    normalized = read(figures=figures)
    found = [(row.figure, row.value, row.value_text) for row in normalized.dataset.figures]
    assert found == [
        ("objective_count", 6, "6"),
        ("objective_level", None, "Moderado"),
        ("indicator_count", None, "uno u otro"),
        ("objective_count", 7, "7"),
    ]
    assert [note.rule for note in normalized.notes] == ["REA03", "REA05"]


def test_a_statement_keeps_its_section_and_its_words() -> None:
    text = "El 67% de indicadores tienen un enfoque de gestión."
    normalized = read(statements=[RawStatement("avance", printed(text))])
    (row,) = [row for row in normalized.dataset.figures if row.figure == "statement"]
    assert row.subject.startswith("avance/1")
    assert row.value_text == text


def test_a_problem_of_the_document_is_a_finding_of_the_document() -> None:
    problem = Problem("REA01", "distributions", "No hay tabla.", "No table.")
    _, findings = audit(read(problems=[problem]))
    assert [(f.rule, f.indicator_id, f.message_es) for f in findings] == [
        ("REA01", None, "No hay tabla.")
    ]
