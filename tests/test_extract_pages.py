"""Page breaks and odd pages: where a ficha goes on, and how large or turned it is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from producers import (
    APPLICATION,
    Row,
    application,
    draw,
    elements,
    ficha,
    history,
    row,
    series_rows,
    targets,
    turned,
    values,
)
from reportlab.pdfgen.canvas import Canvas
from test_extract_layouts import HEADING, PLAIN, assert_plain, contents, only

import extract
from extract.columns import columns
from extract.grid import read_grid
from extract.page import read_page
from extract.pdf import open_pdf, page_text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ficha.pdf"


def split(first: list[Row], *rest: list[Row]) -> list[list[Any]]:
    return [[HEADING, first], *([rows] for rows in rest)]


def scaled(source: Path, target: Path, factor: float) -> Path:
    document, result = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument.new()
    for index in range(len(document)):
        width, height = document[index].get_size()
        page = result.new_page(width * factor, height * factor)
        form = pdfium.FPDF_NewXObjectFromPage(result.raw, document.raw, index)
        thing = pdfium.FPDF_NewFormObjectFromXObject(form)
        pdfium.FPDFPageObj_SetMatrix(thing, pdfium.FS_MATRIX(factor, 0, 0, factor, 0, 0))
        pdfium.FPDFPage_InsertObject(page.raw, thing)
        page.gen_content()
    result.save(str(target))
    return target


@pytest.mark.parametrize("cut", range(1, len(ficha())))
def test_a_break_after_any_row(path: Path, cut: int) -> None:
    assert_plain(extract.read(draw(path, split(ficha()[:cut], ficha()[cut:]))))


def test_a_blank_page_between(path: Path, tmp_path: Path) -> None:
    draw(tmp_path / "whole.pdf", split(ficha()[:14], ficha()[14:]))
    document = pypdfium2.PdfDocument(tmp_path / "whole.pdf")
    document.new_page(612, 792, 1)
    document.save(path)
    found = extract.read(path)
    assert_plain(found)
    assert (only(found).first_page, only(found).last_page) == (1, 3)


@pytest.mark.parametrize(
    ("label", "above", "below"),
    [
        (-1, "Sustitución en", "método de cálculo del indicador"),
        (-1, "Sustitución en método", "de cálculo del indicador"),
        (-2, "Nombre", "variable 2"),
        (-2, "Nombre variable", "2"),
    ],
)
def test_a_label_whose_halves_are_labels(path: Path, label: int, above: str, below: str) -> None:
    rows = application()
    (_, span), *others = rows[label]
    first = ((above, span), *others)
    second = ((below, span), *(("", width) for _, width in others))
    rest = [second, *rows[len(rows) + label + 1 :], *values(), *history(), *targets()]
    assert_plain(extract.read(draw(path, split([*elements(), *rows[:label], first], rest))))


def test_a_short_value_below_its_label_is_no_part_of_it(path: Path) -> None:
    head = [*elements(), *application(), values()[0]]
    base = [row("Línea base|12"), row("Valor|3", "25|3", "Año|3", "2018|3")]
    note = [row("Nota sobre la línea base|12"), row("n.d.|12")]
    goal = [row("META 2024|4", "Nota sobre la meta 2024|8"), row("40|4", "Nota de la meta|8")]
    pages = split([*head, *base, note[0]], [note[1], *goal, *history(), *targets()])
    assert_plain(extract.read(draw(path, pages)), baseline_note="n.d.")


def test_two_labels_cut_in_one_row(path: Path) -> None:
    rows = elements()
    first = row("Nivel de|2", "Nacional|4", "Periodicidad o|2", "Anual|4")
    second = row("desagregación|2", "|4", "frecuencia de medición|2", "|4")
    rest = [second, *rows[5:], *application(), *values(), *history(), *targets()]
    assert_plain(extract.read(draw(path, split([*rows[:4], first], rest))))


def test_a_title_that_each_page_repeats(path: Path) -> None:
    rows = ficha()
    for title in (APPLICATION, history()[0]):
        at = rows.index(title)
        again = [title, *rows[at + 2 :]]
        assert_plain(extract.read(draw(path, split(rows[: at + 2], again))))


def test_a_first_row_that_each_page_repeats(path: Path) -> None:
    title, first, *others = application()
    rest = [*values(), *history(), *targets()]
    pages = [[HEADING, elements(), title[0][0], [first]], [[first, *others], rest]]
    assert_plain(extract.read(draw(path, pages)))


def test_a_series_in_two_bands_over_a_break(path: Path) -> None:
    bands = [
        *series_rows({"2013": "n.d.", "2014": "21", "2015": "22"}),
        *series_rows({"2016": "23", "2017*": "24", "2018 (línea base)": "25"}),
    ]
    series = [("2013", "n.d."), ("2014", "21"), ("2015", "22"), ("2016", "23")]
    series += [("2017*", "24"), ("2018 (línea base)", "25")]
    head = [*elements(), *application(), *values(), history()[0]]
    for cut in range(len(bands) + 1):
        pages = split([*head, *bands[:cut]], [*bands[cut:], *targets()])
        assert_plain(extract.read(draw(path, pages)), historical=series)


def test_a_cell_over_two_rows_that_a_page_parts(path: Path) -> None:
    """The second row stands on the next page, with the rest of the tall cells."""
    block = [
        row("Línea base|12"),
        row("Valor|2", "25|2", "Nota sobre la línea base|3", "Nota de|5"),
    ]
    rest = [row("Año|2", "2018|2", "|3", "la base|5"), *values()[4:], *history(), *targets()]
    pages = split([*elements(), *application(), values()[0], *block], rest)
    assert_plain(extract.read(draw(path, pages)))


def test_a_note_begun_and_ended_in_tables_without_labels(path: Path) -> None:
    head = [*elements(), *application(), *values()[:-1], row("40|4", "Nota de|8")]
    pages = [[HEADING, head], [[row("|4", "la meta|8")], [*history(), *targets()]]]
    assert_plain(extract.read(draw(path, pages)))


def test_two_columns(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(500, 300))
    for x, names in ((20, "AB"), (270, "CD")):
        for at, name in enumerate(names):
            canvas.rect(x, 200 - 100 * at, 100, 20)
            canvas.rect(x + 100, 200 - 100 * at, 100, 20)
            canvas.drawString(x + 5, 206 - 100 * at, name)
        canvas.drawString(x, 280, f"Columna {names}")
    canvas.save()
    with open_pdf(path) as pdf:
        parts = columns(read_grid(read_page(pdf, 1)))
    assert [[table.cells[0].text for table in part.tables] for part in parts] == [
        ["A", "B"],
        ["C", "D"],
    ]
    assert [[line.text for line in part.lines] for part in parts] == [
        ["Columna AB"],
        ["Columna CD"],
    ]


NUMBERS = {"25": "1,234.5", "40": "7,995,246", "n.d.": "-0.75"}


@pytest.mark.parametrize("content", [1, 2, 3])
def test_turned_numbers_keep_their_commas(path: Path, tmp_path: Path, content: int) -> None:
    """pdfium's boxes of turned text are as high as the ink: a comma stands below its line."""
    rows = [tuple((NUMBERS.get(text, text), span) for text, span in cells) for cells in ficha()]
    upright = draw(tmp_path / "upright.pdf", [[HEADING, rows]])
    expected = contents(only(extract.read(upright)))
    assert expected["baseline"] == "1,234.5"
    found = extract.read(turned(upright, path, content, 90 * content))
    assert contents(only(found)) == expected
    assert only(found).problems == []


@pytest.mark.parametrize("factor", [0.1, 0.45, 6.0])
def test_small_and_large_print(path: Path, tmp_path: Path, factor: float) -> None:
    pages = split(ficha()[:13], ficha()[13:])
    usual = draw(tmp_path / "usual.pdf", pages)
    found = extract.read(scaled(usual, path, factor))
    assert_plain(found)
    box = only(found).fields["target"].pieces[0].box
    before = only(extract.read(usual)).fields["target"].pieces[0].box
    assert (box.page, box.x0, box.top) == (
        2,
        pytest.approx(before.x0 * factor, abs=0.2 * factor),
        pytest.approx(before.top * factor, abs=2.5 * factor),
    )


def test_a_page_of_few_texts(path: Path) -> None:
    """pdfium takes a single row for vertical text and puts a line break after every character."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.setFont("Times-Roman", 10)
    for at, (year, value) in enumerate((("2021", "9,670"), ("2022", "5,809"), ("2023", "6,236"))):
        for y, text in ((720, year), (702, value)):
            canvas.rect(50 + 100 * at, y, 100, 18)
            canvas.drawCentredString(100 + 100 * at, y + 5, text)
    canvas.save()
    with open_pdf(path) as pdf:
        assert "2021" in page_text(pdf, 1)
        (table,) = read_grid(read_page(pdf, 1)).tables
    assert [cell.text for cell in table.cells] == [
        "2021",
        "2022",
        "2023",
        "9,670",
        "5,809",
        "6,236",
    ]


def test_variables_show_where_their_number_is_printed(path: Path) -> None:
    found = only(extract.read(draw(path, [[HEADING, ficha()]])))
    assert contents(found)["variables"] == PLAIN["variables"]
    assert [v.label.text for v in found.variables if v.label] == ["1", "2"]
