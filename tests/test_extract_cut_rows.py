"""Rows that the end of a page cuts, and lines that hang out of the last cells of one."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extract.cut_rows import cut_row, is_continued
from extract.fichas import read_ficha
from extract.geometry import Rect
from extract.grid import read_grid
from extract.labels import Matcher
from extract.page import read_page
from extract.pdf import open_pdf
from extract.strip import Slot, build_strips
from extract.template import ELEMENTOS_2020

MATCHER = Matcher(ELEMENTOS_2020)


def row(top: float, *texts: str) -> list[Slot]:
    return [
        Slot(Rect(100.0 * at, top, 100.0 * at + 90, top + 20), [], text, MATCHER.match(text))
        for at, text in enumerate(texts)
    ]


def goes_on(above: list[Slot], below: list[Slot]) -> bool:
    return is_continued(cut_row(above, below), MATCHER)


def test_a_label_that_is_moved_to_the_next_page_whole_belongs_to_the_cut_row() -> None:
    """Its cell is cut as the others are, but a word of it did not fit on the first page."""
    above = row(0, "Nombre variable 6", "", "Valor variable 6", "98", "", "Gerencia de Aguas")
    rest = ("", "Plantas", "", "", "Fuente de información variable 6", "Superficiales")
    assert goes_on(above, row(20, *rest))


def test_a_row_with_a_label_of_its_own_is_no_rest_of_another() -> None:
    above = row(0, "Tipo", "Gestión", "", "")
    assert not goes_on(above, row(20, "Dimensión", "Eficacia", "Unidad de medida", "Razón"))


def printed(folder: Path, below: float) -> Path:
    """A table of one row whose right cell has two lines; two more are ``below`` points apart."""
    path = folder / "hanging.pdf"
    page = Canvas(str(path))
    page.setFont("Helvetica", 10)
    for x, width in ((50, 100), (150, 300)):
        page.rect(x, 100, width, 40)
    page.drawString(55, 125, "Observaciones")
    page.drawString(155, 125, "La meta es preliminar y podrá")
    page.drawString(155, 113, "ajustarse en los años siguientes")
    page.drawString(155, 113 - below, "a partir de 2021")
    page.drawString(155, 113 - 2 * below, "y hasta el cierre")
    page.save()
    return path


def test_a_line_that_hangs_out_of_the_last_row_of_a_page_is_read_with_its_cell_and_told(
    tmp_path: Path,
) -> None:
    with open_pdf(printed(tmp_path, 32.0)) as pdf:
        (table,) = read_grid(read_page(pdf, 1)).tables
    assert not any("2021" in cell.text for cell in table.cells)
    with open_pdf(printed(tmp_path, 13.5)) as pdf:
        grid = read_grid(read_page(pdf, 1))
    (table,) = grid.tables
    (cell,) = (cell for cell in table.cells if cell.text.startswith("La meta"))
    assert cell.text.endswith("en los años siguientes a partir de 2021 y hasta el cierre")
    assert cell.crossed[-1].endswith("cierre")
    assert grid.lines == []


def test_a_value_that_ends_its_page_is_doubtful_where_the_next_one_has_text_in_no_cell(
    tmp_path: Path,
) -> None:
    """The rest of a row that is cut into pages may have no rule above it."""
    path = tmp_path / "open.pdf"
    page = Canvas(str(path))
    page.setFont("Helvetica", 9)
    rows = [
        ("ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO", ""),
        ("Nombre", "1.1 Viviendas con agua"),
        ("Objetivo prioritario", "Ampliar el servicio."),
        ("Unidad de medida", "Viviendas"),
        ("Definición", "Mide las viviendas"),
    ]
    y = 150.0
    for label, value in rows:
        for x, width in ((50, 150), (200, 300)) if value else ((50, 450),):
            page.rect(x, y, width, 16)
        page.drawString(55, y + 5, label)
        page.drawString(205, y + 5, value)
        y -= 16
    page.showPage()
    page.setFont("Helvetica", 9)
    page.drawString(205, 780, "que tienen agua entubada todos los días")
    page.rect(50, 700, 150, 100)
    page.rect(50, 684, 150, 16)
    page.drawString(55, 689, "Método de cálculo")
    page.rect(200, 684, 300, 16)
    page.drawString(205, 689, "A / B")
    page.save()
    with open_pdf(path) as pdf:
        grids = [read_grid(read_page(pdf, number)) for number in (1, 2)]
    (strip,) = build_strips(grids, MATCHER)
    found = read_ficha(strip, MATCHER, "pdfium")
    doubted = [problem for problem in found.problems if problem.rule == "REA03"]
    assert [problem.field for problem in doubted] == ["definition"]
    assert "entubada" in doubted[0].message_es
