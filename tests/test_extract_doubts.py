"""What the reader is not sure of is said; nothing is lost in silence, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from producers import START, Row, draw, ficha, row, series_rows
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.grid import read_grid
from extract.page import read_page
from extract.pdf import open_pdf
from extract.types import RawFicha

HEADING = "Parámetro del Objetivo prioritario 1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ficha.pdf"


def read_one(path: Path, rows: list[Row]) -> RawFicha:
    (found,) = extract.read(draw(path, [[HEADING, rows]])).fichas
    return found


def problems(found: RawFicha) -> list[tuple[str, str]]:
    return [(problem.rule, problem.field) for problem in found.problems]


def replaced(old: str, new: str) -> list[Row]:
    return [
        tuple((new if text == old else text, span) for text, span in cells) for cells in ficha()
    ]


def test_an_empty_cell_is_an_empty_text(path: Path) -> None:
    found = read_one(path, replaced("Nota de la meta", ""))
    assert found.problems == []
    assert (found.fields["target_note"].text, found.fields["target_note"].pieces) == ("", ())


def test_a_missing_label_is_told_with_its_wording(path: Path) -> None:
    rows = [cells for cells in ficha() if cells[0][0] != "Método de cálculo"]
    found = read_one(path, rows)
    assert "method" not in found.fields
    (problem,) = found.problems
    assert (problem.rule, problem.field) == ("REA01", "method")
    assert "«Método de cálculo»" in problem.message_es
    assert "“Método de cálculo”" in problem.message_en


def test_an_unknown_row_is_told(path: Path) -> None:
    found = read_one(path, [*ficha()[:11], row("Otro dato|2", "7|10"), *ficha()[11:]])
    assert problems(found) == [("REA01", ""), ("REA01", "")]
    assert {problem.pieces[0].text for problem in found.problems} == {"Otro dato", "7"}


def test_an_illegible_section_title_mixes_no_series(path: Path) -> None:
    found = read_one(path, replaced("METAS INTERMEDIAS", "XXXXX YYYYYYY ZZZZZ"))
    assert [year.text for year, _ in found.historical] == ["2016", "2017", "2018"]
    assert found.targets == []
    assert ("REA01", "target_series") in problems(found)


def test_years_down_the_side_are_not_read_as_a_row(path: Path) -> None:
    rows = [*ficha()[:-2], row("2022|6", "30|6"), row("2023|6", "35|6")]
    found = read_one(path, rows)
    assert [(y.text, v.text if v else None) for y, v in found.targets] == [
        ("2022", "30"),
        ("2023", "35"),
    ]
    assert found.problems == []


def test_years_down_the_side_beside_two_values_are_told(path: Path) -> None:
    rows = [*ficha()[:-2], row("2022|4", "30|4", "31|4"), row("2023|4", "35|4", "36|4")]
    found = read_one(path, rows)
    assert found.targets == []
    assert ("REA01", "target_series") in problems(found)


def test_a_value_under_two_years_is_given_to_neither(path: Path) -> None:
    years, _ = series_rows({"2022": "", "2023": "", "2024": ""})
    found = read_one(path, [*ficha()[:-2], years, row("30|8", "40|4")])
    assert [(y.text, v.text if v else None) for y, v in found.targets] == [
        ("2022", None),
        ("2023", None),
        ("2024", "40"),
    ]
    assert ("REA01", "target_series.2022") in problems(found)
    assert ("REA01", "") in problems(found)


def test_a_label_beside_a_label_is_no_value(path: Path) -> None:
    """Their values may stand below; a label there is none either."""
    rows = [*ficha()[:5], row("Tipo|6", "Unidad de medida|6")]
    beneath = read_one(path, [*rows, row("Gestión|6", "Tasa|6"), *ficha()[7:]])
    assert (beneath.fields["kind"].text, beneath.fields["unit"].text) == ("Gestión", "Tasa")
    found = read_one(path, [*rows, *ficha()[7:]])
    assert "kind" not in found.fields
    assert ("REA01", "kind") in problems(found)


def test_a_number_over_a_rule_stays_whole_and_is_told(path: Path) -> None:
    """Cut at the rule it would read as two numbers, both wrong."""
    wide = "123,456,789,012,345,678,901,234"
    found = read_one(path, replaced("50", wide))
    value = found.variables[0].value
    assert value and value.text == wide
    assert ("REA03", "variables.1.value") in problems(found)


def test_a_label_twice_with_two_values(path: Path) -> None:
    rows = ficha()
    found = read_one(path, [*rows[:10], row("Método de cálculo|2", "Otro|10"), *rows[10:]])
    assert found.fields["method"].text == "(Consultas / Población) x 100"
    assert problems(found) == [("REA03", "method")]


def test_labels_of_a_row_with_different_numbers(path: Path) -> None:
    found = read_one(path, replaced("Valor variable 2", "Valor variable 3"))
    assert [v.value.text for v in found.variables if v.value] == ["50", "200"]
    assert problems(found) == [("REA05", "variables.2.value")]


def test_a_ficha_without_rules_is_a_ficha_with_a_problem(path: Path) -> None:
    document = extract.read(draw(path, [[HEADING, START, "Nombre 1.1 Cobertura"]]))
    (found,) = document.fichas
    assert document.family == "programa_derivado"
    assert problems(found) == [("REA01", "")]


def test_text_beside_the_cells_is_told(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 706, START)
    for position, (label, value) in enumerate((("Nombre", "1.1 Tasa"), ("Tipo", "Gestión"))):
        y = 680 - 20 * position
        canvas.rect(50, y, 100, 20)
        canvas.rect(150, y, 200, 20)
        canvas.drawString(55, y + 6, label)
        canvas.drawString(155, y + 6, value)
    canvas.drawString(400, 686, "7,995")
    canvas.save()
    (found,) = extract.read(path).fichas
    beside = [p for p in found.problems if p.pieces]
    assert [(p.rule, p.pieces[0].text) for p in beside] == [("REA01", "7,995")]


def test_a_raised_mark_is_no_digit_of_the_number(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(50, 700, 200, 20)
    canvas.rect(250, 700, 200, 20)
    canvas.drawString(55, 706, "Valor")
    canvas.drawString(255, 706, "29.99")
    canvas.setFont("Helvetica", 6)
    canvas.drawString(255 + canvas.stringWidth("29.99", "Helvetica", 12), 711, "1")
    canvas.save()
    with open_pdf(path) as pdf:
        (table,) = read_grid(read_page(pdf, 1)).tables
    assert table.cells[1].text == "29.99¹"


def pair_of_cells(path: Path, *others: tuple[float, float, str]) -> RawFicha:
    """A ficha of two rows, "Nombre" and "Tipo", and other texts at (x, y) points."""
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 706, START)
    for position, (label, value) in enumerate((("Nombre", "1.1 Tasa"), ("Tipo", "Gestión"))):
        y = 680 - 20 * position
        canvas.rect(50, y, 100, 20)
        canvas.rect(150, y, 300, 20)
        canvas.drawString(55, y + 6, label)
        canvas.drawString(155, y + 6, value)
    for x, y, text in others:
        canvas.drawString(x, y, text)
    canvas.save()
    (found,) = extract.read(path).fichas
    return found


def test_two_texts_over_each_other_are_told(path: Path) -> None:
    """Their letters come mixed; a number among them would be neither of the two."""
    found = pair_of_cells(path, (157, 667, "DIARIO OFICIAL"))
    assert ("REA03", "kind") in problems(found)
    assert ("REA03", "name") not in problems(found)


def test_a_label_inside_a_value_is_told(path: Path) -> None:
    """A rule is missing: the value would be two values and a label."""
    found = pair_of_cells(path, (230, 666, "Acumulado o periódico"), (380, 666, "Periódico"))
    assert ("REA03", "kind") in problems(found)
    assert ("REA01", "accumulation") in problems(found)


def test_a_label_less_table_inside_a_ficha_is_told(path: Path) -> None:
    rows = ficha()
    blocks = [HEADING, rows[:15], [row("Otro cuadro|6", "17|6")], rows[15:]]
    (found,) = extract.read(draw(path, [blocks])).fichas
    assert {p.pieces[0].text for p in found.problems} == {"Otro cuadro", "17"}
