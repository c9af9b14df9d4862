"""Fichas without ruled cells, as a browser prints them: every field exact, or told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

import extract
from extract.bare_order import Placed, doubt_parted_numbers
from extract.chunks import chunks_of
from extract.page import read_page
from extract.pdf import open_pdf
from extract.scan import read_pages
from extract.strip import Slot
from samples.printing import print_page
from samples.programme import load
from samples.render_html import write_html
from samples.tally import tally
from samples.variants import published

BARE = (
    "td { border: none !important } td.label { background: none } "
    "td.section { background: none; color: #000 }"
)
KEYS = ("1.1", "4.1", "5.2", "6.1")


@pytest.mark.parametrize(
    ("look", "may_flag"),
    [
        (BARE, 0),
        (BARE + "td { vertical-align: top }", 0),
        # rows as close as lines, columns hardly further apart than words
        (BARE + "td { vertical-align: top; padding: 0 2px }", 3),
        ("td { border: none !important }", 0),
        (BARE + "td.label p { font-size: 5pt; line-height: 6pt } td { padding: 1pt 4pt }", 0),
        (BARE + "td { border-top: .6pt solid #98989a !important }", 0),
    ],
    ids=[
        "none",
        "none, at the top",
        "none, tight",
        "shaded labels",
        "small labels",
        "rules",
    ],
)
def test_printed_by_a_browser(tmp_path: Path, look: str, may_flag: int) -> None:
    programme = load()
    chosen = [ficha for ficha in programme.fichas if ficha.key in KEYS]
    page, path = tmp_path / "programme.html", tmp_path / "programme.pdf"
    write_html(replace(programme, fichas=tuple(chosen), before=(), after=()), page, look)
    print_page(page, path, tmp_path)
    truth = [ficha for ficha in published() if ficha["indicator_id"] in KEYS]
    found = tally(extract.read(path), truth)
    assert found.wrong == []
    assert len(found.flagged) <= may_flag
    assert found.exact > 150


Row = list[tuple[float, list[str]]]


def print_rows(folder: Path, rows: list[Row]) -> Path:
    """Rows of texts, each from its place and with its lines, without a rule."""
    path = folder / "bare.pdf"
    page = canvas.Canvas(str(path))
    page.setFont("Helvetica", 8.5)
    y = 780.0
    for row in rows:
        for x, lines in row:
            for at, line in enumerate(lines):
                page.drawString(x, y - 10.5 * at, line)
        y -= 6 + 10.5 * max(len(lines) for _, lines in row)
    page.save()
    return path


TITLE: list[Row] = [[(40, ["SERIE HISTÓRICA DE LA META PARA EL BIENESTAR O PARÁMETRO"])]]
ABOVE: list[Row] = [
    [(40, ["ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"])],
    [(40, ["Nombre"]), (160, ["4.1 Municipios con atlas"])],
    [(40, ["Objetivo prioritario"]), (160, ["Fomentar la sustentabilidad."])],
    [
        (40, ["Tipo"]),
        (160, ["Gestión"]),
        (310, ["Acumulado o periódico"]),
        (430, ["Periódico"]),
    ],
    [(40, ["Unidad de medida"]), (160, ["Municipio"])],
    [(40, ["Método de cálculo"]), (160, ["Municipios con atlas en el año t"])],
    [(40, ["Línea base"]), (310, ["Nota sobre la línea base"])],
    [(40, ["Valor"]), (160, ["41"]), (310, ["Ninguna"])],
    [(40, ["Año"]), (160, ["2024"])],
    [(40, ["Meta 2030"]), (310, ["Nota sobre la meta 2030"])],
    [(40, ["50"]), (310, ["Un incremento de 1.5 cada año a partir", "de la línea base."])],
]
OVER: list[Row] = [
    [(40 + 90 * at, [str(2021 + at)]) for at in range(4)],
    [(40 + 90 * at, [str(38 + at)]) for at in range(4)],
]
TARGETS: list[Row] = [
    [(40, ["METAS INTERMEDIAS"])],
    [(40 + 90 * at, [str(2025 + at)]) for at in range(6)],
    [(40 + 90 * at, [str(45 + at)]) for at in range(6)],
]


def test_the_end_of_a_sentence_is_no_title(tmp_path: Path) -> None:
    """The last line of a note, «de la línea base.», is worded like a section's title."""
    path = print_rows(tmp_path, [*ABOVE, *TITLE, *OVER, *TARGETS])
    (ficha,) = extract.read(path).fichas
    assert ficha.fields["target_note"].text == (
        "Un incremento de 1.5 cada año a partir de la línea base."
    )
    assert ficha.fields["target"].text == "50"


def test_years_one_under_the_other(tmp_path: Path) -> None:
    series = {"2021": "ND", "2022": "39.5", "2023": "2024", "2024": "n.a."}
    beside: list[Row] = [[(40, [year]), (160, [value])] for year, value in series.items()]
    (ficha,) = extract.read(print_rows(tmp_path, [*ABOVE, *TITLE, *beside, *TARGETS])).fichas
    found = [(year.text, value.text if value else "") for year, value in ficha.historical]
    assert found == list(series.items())
    assert len(ficha.targets) == 6


def test_a_label_whose_lines_are_justified(tmp_path: Path) -> None:
    """Its words stand far apart, each by itself; a value stands level with them."""
    rows = [row for row in ABOVE if row[0][1] != ["Método de cálculo"]]
    at = rows.index([(40, ["Línea base"]), (310, ["Nota sobre la línea base"])])
    stretched: list[Row] = [
        [
            (40, ["Método", "cálculo"]),
            (110, ["de", ""]),
            (160, ["Municipios con atlas en el año t", "por cien"]),
        ],
    ]
    path = print_rows(tmp_path, [*rows[:at], *stretched, *rows[at:], *TITLE, *OVER, *TARGETS])
    (ficha,) = extract.read(path).fichas
    assert ficha.fields["method"].text == "Municipios con atlas en el año t por cien"


def doubted(path: Path) -> set[str]:
    """The fields of a document's only ficha whose text may be another's."""
    (ficha,) = extract.read(path).fichas
    return {problem.field for problem in ficha.problems if problem.rule == "REA03"}


def test_a_title_unknown_to_the_template_is_not_the_beginning_of_the_name(tmp_path: Path) -> None:
    """It comes before the name's label in the file; a name's own first line comes behind it."""
    title: Row = [(150, ["Programa Nacional de Protección Civil"])]
    named: Row = [(40, ["Nombre"]), (160, ["4.1 Municipios con atlas", "de riesgos"])]
    path = print_rows(tmp_path, [ABOVE[0], title, named, *ABOVE[2:], *TITLE, *OVER, *TARGETS])
    (ficha,) = extract.read(path).fichas
    assert ficha.fields["name"].text == "4.1 Municipios con atlas de riesgos"


def test_a_line_that_the_file_has_in_another_cell_makes_both_doubtful(tmp_path: Path) -> None:
    """Where the file goes cell by cell, a line that it writes with the objective, but that stands
    with the definition, may be of either."""
    rows = [*ABOVE, *TITLE, *OVER, *TARGETS]
    at = next(i for i, row in enumerate(rows) if row[0][1][0] == "Objetivo prioritario")
    whole: list[Row] = [
        [(40, ["Objetivo", "prioritario"]), (160, ["Fomentar la sustentabilidad", "urbana."])],
        [(40, ["Definición o", "descripción"]), (160, ["Mide los municipios", "con atlas."])],
        [(40, ["Método", "de cálculo"]), (160, ["Municipios", "con atlas"])],
    ]
    rest = [row for row in rows[at + 1 :] if row[0][1] != ["Método de cálculo"]]
    assert doubted(print_rows(tmp_path, [*rows[:at], *whole, *rest])) == set()
    astray: list[Row] = [
        [
            (40, ["Objetivo", "prioritario"]),
            (160, ["Fomentar la sustentabilidad", "", "", "urbana."]),
        ],
        *whole[1:],
    ]
    path = tmp_path / "astray"
    path.mkdir()
    printed = print_overlapping(path, [*rows[:at], *astray, *rest])
    assert {"objective", "definition"} <= doubted(printed)


def print_overlapping(folder: Path, rows: list[Row]) -> Path:
    """The same, but the lines of a row that are more than its label's hang into the next row."""
    short = [[(x, lines if x == row[0][0] else lines[:2]) for x, lines in row] for row in rows]
    path = folder / "bare.pdf"
    page = canvas.Canvas(str(path))
    page.setFont("Helvetica", 8.5)
    y = 780.0
    for row, kept in zip(rows, short, strict=True):
        for x, lines in row:
            for at, line in enumerate(lines):
                page.drawString(x, y - 10.5 * at, line)
        y -= 6 + 10.5 * max(len(lines) for _, lines in kept)
    page.save()
    return path


def test_a_label_whose_words_a_narrow_column_cuts(tmp_path: Path) -> None:
    """``Valor`` is a label by itself as well, and the value stands level with it."""
    variable: Row = [
        (40, ["Nomb", "re var", "iable 1"]),
        (90, ["Municipios", "con atlas"]),
        (190, ["Valor", "variab", "le 1"]),
        (240, ["38,193"]),
        (330, ["Fuente", "variab", "le 1"]),
        (380, ["Registro", "nacional"]),
    ]
    rows = [*ABOVE, *TITLE, *OVER, *TARGETS]
    at = next(i for i, row in enumerate(rows) if row[0][1] == ["Línea base"])
    (ficha,) = extract.read(print_rows(tmp_path, [*rows[:at], variable, *rows[at:]])).fichas
    (found,) = ficha.variables
    texts = [cell.text if cell else None for cell in (found.name, found.value, found.source)]
    assert texts == ["Municipios con atlas", "38,193", "Registro nacional"]


def test_pages_of_small_type_are_compared_in_one_scale(tmp_path: Path) -> None:
    """Each by itself, only the smaller one would be enlarged."""
    path = tmp_path / "sizes.pdf"
    page = canvas.Canvas(str(path))
    for size in (4.4, 5.6):
        page.setFont("Helvetica", size)
        for at in range(20):
            page.drawString(40, 700 - 9 * at, "Municipios con atlas de riesgos")
        page.showPage()
    page.save()
    with open_pdf(path) as pdf:
        alone = [read_page(pdf, number).reading.scale for number in (1, 2)]
        together = [page.reading.scale for page in read_pages(pdf, [1, 2])]
    assert alone[0] != alone[1]
    assert together == [alone[0], alone[0]]


def test_years_so_near_that_they_are_one_text_have_their_values_under_them(tmp_path: Path) -> None:
    near: list[Row] = [[(40, ["2021 2022 2023 2024"])], [(40, ["38.1 39.2 40.3 41.4"])]]
    (ficha,) = extract.read(print_rows(tmp_path, [*ABOVE, *TITLE, *near, *TARGETS])).fichas
    found = {year.text: value.text if value else "" for year, value in ficha.historical}
    assert found == {"2021": "38.1", "2022": "39.2", "2023": "40.3", "2024": "41.4"}


@pytest.mark.parametrize("between", ["", "Año"])
def test_no_cut_between_cells_goes_through_a_number_in_silence(
    tmp_path: Path, between: str
) -> None:
    """Wherever it breaks: by what stands in either cell, or, where both could be numbers by
    themselves, since the file has one right after the other."""
    for number in ("53,479,474", "1,234.56", "1.234.567,8"):
        for cut in range(1, len(number)):
            path = tmp_path / "cut.pdf"
            page = canvas.Canvas(str(path), pagesize=(300, 100))
            page.setFont("Helvetica", 8.5)
            page.drawString(160, 60, number[:cut])
            page.drawString(40, 49.5, between)
            page.drawString(160, 49.5, number[cut:])
            page.save()
            with open_pdf(path) as pdf:
                chunks = [c for c in chunks_of(read_page(pdf, 1)) if c.text != between]
            cells = [Placed((c,), Slot(c.rect, [], c.text), ()) for c in chunks]
            labelled = [replace(cell, label=(c,)) for cell, c in zip(cells, chunks, strict=True)]
            doubt_parted_numbers(labelled, 10.5)
            alone = all(
                re.fullmatch(r"\d+((,\d{3})*(\.\d+)?|(\.\d{3})+,\d+)", c.text) for c in chunks
            )
            assert [c.slot.unsure for c in cells if c.slot] == [not (alone and between)] * 2


def test_labels_of_a_row_that_a_page_cuts_share_it_through_any_of_them(tmp_path: Path) -> None:
    """The label of the source goes on over the page's end; that of the value begins after it, level
    with its second part, and not with the name's."""
    path = tmp_path / "cut.pdf"
    page = canvas.Canvas(str(path))
    page.setFont("Helvetica", 8.5)
    y = 780.0

    def print_lines(*columns: tuple[float, list[str]]) -> None:
        for x, lines in columns:
            for at, line in enumerate(lines):
                page.drawString(x, y - 10.5 * at, line)

    for row in ABOVE:
        print_lines(*row)
        y -= 6 + 10.5 * max(len(lines) for _, lines in row)
    print_lines((40, ["APLICACIÓN DEL MÉTODO DE CÁLCULO DEL INDICADOR"]))
    y -= 22.0
    for number in (1, 2):
        print_lines(
            (40, ["Nombre", f"variable {number}"]),
            (100, ["Total de escuelas", f"de tipo {number}"]),
            (250, ["Valor", f"variable {number}"]),
            (310, ["8,12", "3,45", "6"]),
            (370, ["Fuente de", "información", f"variable {number}"]),
            (440, ["Registro"]),
        )
        y -= 31.5
    print_lines(
        (40, ["Nombre", "variable 3"]),
        (100, ["Total de escuelas", "de tipo 3"]),
        (370, ["Fuente de", "información"]),
        (440, ["Registro"]),
    )
    page.showPage()
    page.setFont("Helvetica", 8.5)
    y = 780.0
    print_lines(
        (250, ["Valor", "variable 3"]),
        (310, ["53,4", "79,4", "74"]),
        (370, ["variable 3"]),
    )
    y -= 31.5
    for row in [*TITLE, *OVER, *TARGETS]:
        print_lines(*row)
        y -= 6 + 10.5 * max(len(lines) for _, lines in row)
    page.save()
    (ficha,) = extract.read(path).fichas
    third = ficha.variables[2]
    assert third.value is not None
    assert third.value.text == "53,479,474"
    assert third.name is not None
    assert third.name.text == "Total de escuelas de tipo 3"
