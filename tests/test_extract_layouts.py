"""One layout a test: what may vary in a ficha without varying what is read from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from producers import (
    APPLICATION,
    START,
    Row,
    Style,
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
    variable_row,
)
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.cells import table_cells
from extract.page import read_page
from extract.pdf import open_pdf
from extract.types import Printed, RawDocument, RawFicha
from samples.fichas_reportlab import Style as LayoutStyle
from samples.fichas_reportlab import render

HEADING = "Meta para el bienestar del Objetivo prioritario 1"


def text(printed: Printed | None) -> str | None:
    return printed.text if printed else None


def contents(ficha: RawFicha) -> dict[str, Any]:
    """All texts of a ficha, without boxes."""
    return {
        **{name: printed.text for name, printed in ficha.fields.items()},
        "variables": [
            (v.number, text(v.name), text(v.value), text(v.source)) for v in ficha.variables
        ],
        "historical": [(y.text, text(v)) for y, v in ficha.historical],
        "targets": [(y.text, text(v)) for y, v in ficha.targets],
    }


PLAIN: dict[str, Any] = {
    "measure": "Meta para el bienestar",
    "objective_number": "1",
    "name": "1.1 Cobertura de consultas.",
    "objective": "Ampliar la cobertura.",
    "definition": "Mide la cobertura.",
    "disaggregation": "Nacional",
    "frequency": "Anual",
    "kind": "Gestión",
    "accumulation": "Periódico",
    "unit": "Porcentaje",
    "collection_period": "Enero",
    "dimension": "Eficacia",
    "availability": "Enero",
    "trend": "Ascendente",
    "responsible_unit": "50.- Instituto Mexicano del Seguro Social",
    "method": "(Consultas / Población) x 100",
    "remarks": "Ninguna",
    "substitution": "(50 / 200) x 100 = 25",
    "baseline_note": "Nota de la base",
    "baseline": "25",
    "baseline_year": "2018",
    "target_year": "2024",
    "target": "40",
    "target_note": "Nota de la meta",
    "variables": [(1, "1.- Consultas", "50", "IMSS"), (2, "2.- Población", "200", "IMSS")],
    "historical": [("2016", "n.d."), ("2017", "24"), ("2018", "25")],
    "targets": [("2022", "30"), ("2023", "35"), ("2024", "40")],
}


def only(document: RawDocument) -> RawFicha:
    assert len(document.fichas) == 1
    return document.fichas[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ficha.pdf"


def assert_plain(document: RawDocument, **changed: Any) -> None:
    found = only(document)
    assert found.problems == []
    assert contents(found) == PLAIN | changed


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(rules="double"),
        Style(rules="spaced"),
        Style(rules="dashed"),
        Style(rules="open"),
        Style(rules="sideless"),
        Style(colour=0.85),
        Style(top=200),
        Style(frame=True),
        Style(rules="sideless", frame=True),
    ],
    ids=str,
)
def test_one_page(path: Path, style: Style) -> None:
    assert_plain(extract.read(draw(path, [[HEADING, ficha()]], style)))


def test_white_borders_are_no_borders(path: Path) -> None:
    """The cells are found by their alignment alone."""
    draw(path, [[HEADING, ficha()]], Style(colour=1.0))
    with open_pdf(path) as pdf:
        assert table_cells(read_page(pdf, 1)) == []
    assert_plain(extract.read(path))


@pytest.mark.parametrize(
    ("content", "rotate"), [(1, 90), (2, 180), (3, 270), (1, 0), (0, 90), (3, 90)]
)
def test_turned_pages(path: Path, tmp_path: Path, content: int, rotate: int) -> None:
    """Landscape scans and pages on their side read the same; boxes are as the viewer shows them."""
    upright = draw(tmp_path / "upright.pdf", [[HEADING, ficha()]])
    document = extract.read(turned(upright, path, content, rotate))
    assert_plain(document)
    box = only(document).fields["name"].pieces[0].box
    plain = only(extract.read(upright)).fields["name"].pieces[0].box
    steps = (rotate // 90 - content) % 4
    width, height = (612.0, 792.0)
    centre = ((plain.x0 + plain.x1) / 2, (plain.top + plain.bottom) / 2)
    for _ in range(steps):
        centre = (height - centre[1], centre[0])
        width, height = height, width
    assert (box.x0 + box.x1) / 2 == pytest.approx(centre[0], abs=4)
    assert (box.top + box.bottom) / 2 == pytest.approx(centre[1], abs=4)


def test_boxes_count_from_the_cropbox(path: Path, tmp_path: Path) -> None:
    whole = draw(tmp_path / "whole.pdf", [[HEADING, ficha()]])
    document = pypdfium2.PdfDocument(whole)
    document[0].set_cropbox(20, 10, 600, 772)
    document.save(path)
    cropped = extract.read(path)
    assert_plain(cropped)
    box = only(cropped).fields["baseline"].pieces[0].box
    before = only(extract.read(whole)).fields["baseline"].pieces[0].box
    assert box.x0 == pytest.approx(before.x0 - 20, abs=0.01)
    assert box.top == pytest.approx(before.top - 20, abs=0.01)


def test_three_pages_with_mirrored_margins(path: Path) -> None:
    pages = [[HEADING, elements()], [application() + values()], [history() + targets()]]
    for rules in ("closed", "open"):
        document = extract.read(draw(path, pages, Style(rules=rules, offset=15)))
        assert_plain(document)
        assert (only(document).first_page, only(document).last_page) == (1, 3)


def test_the_title_repeated_on_each_page_starts_no_ficha(path: Path) -> None:
    title = row(f"{START}|12")
    pages = [[HEADING, elements() + application()], [[title, *values(), *history(), *targets()]]]
    assert_plain(extract.read(draw(path, pages)))


def test_years_and_values_parted_by_a_page(path: Path) -> None:
    pages = [
        [HEADING, elements() + application() + values() + history()[:2]],
        [history()[2:] + targets()],
    ]
    assert_plain(extract.read(draw(path, pages)))


def test_a_title_at_the_end_of_the_page_before(path: Path) -> None:
    pages = [[HEADING, ficha()[:1]], [ficha()[1:]]]
    assert_plain(extract.read(draw(path, pages)))


def cut_pages(first: Row, second: Row) -> list[list[Any]]:
    head = [*elements(), APPLICATION, first]
    rest = [second, variable_row(2, "2.- Población", "200"), application()[-1]]
    return [[HEADING, head], [rest + values() + history() + targets()]]


CUT = [(1, "1.- Consultas otorgadas", "50", "Base de datos"), (2, "2.- Población", "200", "IMSS")]


def test_a_row_cut_by_the_page_is_one_row(path: Path) -> None:
    first = variable_row(1, "1.- Consultas", "50", "Base de")
    second = row("|2", "otorgadas|2", "|2", "|2", "|2", "datos|2")
    document = extract.read(draw(path, cut_pages(first, second)))
    assert_plain(document, variables=CUT)
    name = only(document).variables[0].name
    assert name and [(p.box.page, p.text) for p in name.pieces] == [
        (1, "1.- Consultas"),
        (2, "otorgadas"),
    ]


def test_a_label_cut_by_the_page_is_one_label(path: Path) -> None:
    first = row("Nombre|2", "1.- Consultas|2", "Valor|2", "50|2", "Fuente de|2", "Base de|2")
    second = row(
        "variable 1|2", "otorgadas|2", "variable 1|2", "|2", "información variable 1|2", "datos|2"
    )
    assert_plain(extract.read(draw(path, cut_pages(first, second))), variables=CUT)


def test_labels_in_the_second_part_of_a_cut_row(path: Path) -> None:
    """Cells centred by a word processor may leave their label to the next page."""
    first = row("|2", "1.- Consultas|2", "|2", "|2", "|2", "Base de|2")
    second = variable_row(1, "otorgadas", "50", "datos")
    assert_plain(extract.read(draw(path, cut_pages(first, second))), variables=CUT)


def test_a_note_cut_by_the_page(path: Path) -> None:
    head = [*elements(), *application(), *values()[:-1], row("40|4", "Nota|8")]
    pages = [[HEADING, head], [[row("|4", "de la meta|8"), *history(), *targets()]]]
    assert_plain(extract.read(draw(path, pages)))


def test_two_fichas_on_a_page_and_an_annex_after(path: Path) -> None:
    annex = [row("Siglas|6", "Significado|6"), row("IMSS|6", "Instituto|6")]
    first, second = ficha("1.1"), ficha("1.2")
    pages = [
        [HEADING, elements("1.1")],
        [first[11:], "Parámetro 2 del objetivo prioritario 1", second[:11]],
        [second[11:], "Anexo", annex],
    ]
    document = extract.read(draw(path, pages))
    assert [contents(found) for found in document.fichas] == [
        PLAIN,
        PLAIN | {"name": "1.2 Cobertura de consultas.", "measure": "Parámetro"},
    ]
    assert [found.problems for found in document.fichas] == [[], []]


def test_fichas_in_one_table(path: Path) -> None:
    """Without a gap between them, the next ficha begins in the middle of a table."""
    pages = [
        [HEADING, ficha("1.1")[:14]],
        [ficha("1.1")[14:] + ficha("1.2")[:14]],
        [ficha("1.2")[14:]],
    ]
    first, second = extract.read(draw(path, pages)).fichas
    assert contents(first) == PLAIN
    assert second.fields["name"].text == "1.2 Cobertura de consultas."
    assert [problem.field for problem in second.problems] == ["measure"]


def test_section_titles_as_text_between_tables(path: Path) -> None:
    blocks: list[Any] = [HEADING, START, elements()[1:]]
    for rows in (application(), values(), history(), targets()):
        blocks += [rows[0][0][0], rows[1:]]
    assert_plain(extract.read(draw(path, [blocks])))


@pytest.mark.parametrize("count", [1, 2, 4, 6, 12])
def test_any_span_of_years(path: Path, count: int) -> None:
    series = {str(2041 + n): str(n) for n in range(count)}
    rows = [*ficha()[:-3], row("METAS INTERMEDIAS|12"), *series_rows(series)]
    assert_plain(extract.read(draw(path, [[HEADING, rows]])), targets=list(series.items()))


def test_a_series_in_two_rows_of_years(path: Path) -> None:
    more = series_rows({"2025": "2024", "2026": "2025", "2027": ""})
    document = extract.read(draw(path, [[HEADING, ficha() + more]]))
    later = [("2025", "2024"), ("2026", "2025"), ("2027", "")]
    assert_plain(document, targets=[*PLAIN["targets"], *later])


@pytest.mark.parametrize("heading", [[], [row("Año|6", "Valor|6")]], ids=["bare", "headed"])
def test_years_one_under_the_other(path: Path, heading: list[Row]) -> None:
    """Each with its value beside it; a value may be n.d., empty, or look like a year."""
    series = {"2014": "ND", "2015": "", "2016": "2,018.5", "2017": "2019", "2018": "25"}
    rows = [row(f"{year}|6", f"{value}|6") for year, value in series.items()]
    title = history()[0]
    table = [*elements(), *application(), *values(), title, *heading, *rows, *targets()]
    (found,) = extract.read(draw(path, [[HEADING, table]])).fichas
    assert [(year.text, text(value) or "") for year, value in found.historical] == list(
        series.items()
    )
    assert contents(found)["targets"] == PLAIN["targets"]


@pytest.mark.parametrize("count", [1, 12])
def test_any_number_of_variables(path: Path, count: int) -> None:
    rows = [variable_row(n, f"{n}.- Variable", str(n * 10)) for n in range(1, count + 1)]
    pages = [
        [HEADING, [*elements(), APPLICATION, *rows]],
        [[application()[-1], *values(), *history(), *targets()]],
    ]
    expected = [(n, f"{n}.- Variable", str(n * 10), "IMSS") for n in range(1, count + 1)]
    assert_plain(extract.read(draw(path, pages)), variables=expected)


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("OBJETIVO PRIORITARIO", "Objetivo prioritario"),
        ("Definicion o descripciones:", "Definición o descripción"),
        ("Tpo", "Tipo"),
        ("Unidades de medida", "Unidad de medida"),
        ("Peridicidad o frecuencia de medicion", "Periodicidad o frecuencia de medición"),
        ("Sustitución en método de cálculo", "Sustitución en método de cálculo del indicador"),
        ("Nota sobre la meta  2030", "Nota sobre la meta 2024"),
        ("VALOR VARIABLE 1", "Valor variable 1"),
        ("Fuente de informacion variable1", "Fuente de información variable 1"),
    ],
)
def test_labels_with_slips(path: Path, printed: str, label: str) -> None:
    rows = [tuple((printed if t == label else t, span) for t, span in cells) for cells in ficha()]
    assert_plain(extract.read(draw(path, [[HEADING, rows]])))


@pytest.mark.parametrize(
    ("heading", "measure", "objective"),
    [
        ("Meta del bienestar del Objetivo prioritario 3", "Meta del bienestar", "3"),
        ("META PARA EL BIENESTAR DEL OBJETIVO PRIORITARIO 12", "META PARA EL BIENESTAR", "12"),
        ("Parámetro del Objetivo prioritario 1", "Parámetro", "1"),
        ("Parámetro 2 del objetivo prioritario 4", "Parámetro", "4"),
        ("Parámetro 2", "Parámetro", None),
        ("Parámetro 1.2", "Parámetro", None),
    ],
)
def test_headings(path: Path, heading: str, measure: str, objective: str | None) -> None:
    fields = only(extract.read(draw(path, [[heading, ficha()]]))).fields
    assert fields["measure"].text == measure
    assert text(fields.get("objective_number")) == objective


@pytest.mark.parametrize(
    "style",
    [
        LayoutStyle(rules="segments", section_titles="text", page_per_ficha=False),
        LayoutStyle(rules="bars", page_per_ficha=False, size=9.0),
        LayoutStyle(size=11.0, margin=40.0),
        LayoutStyle(page_size=(842.0, 595.0), cut_rows=False),
    ],
    ids=["segments", "bars", "large type", "landscape, rows whole"],
)
def test_layouts_of_another_producer(
    path: Path, fichas: list[dict[str, Any]], style: LayoutStyle
) -> None:
    """The same six fichas read the same however they are laid out."""
    chosen = fichas[9:15]
    render(chosen, path, style=style)
    found = extract.read(path).fichas
    assert [problem for one in found for problem in one.problems] == []
    for one, expected in zip(found, chosen, strict=True):
        assert one.fields["substitution"].text == expected["substitution"]
        assert one.fields["method"].text == expected["method"]
        assert [text(v.value) for v in one.variables] == [
            v["value_text"] for v in expected["variables"]
        ]
        assert [text(v.source) for v in one.variables] == [
            v["source"] for v in expected["variables"]
        ]
        assert {y.text: text(v) for y, v in one.historical} == expected["historical_series"]
        assert {y.text: text(v) for y, v in one.targets} == expected["target_series"]


def valued(*block: Row) -> list[Row]:
    """A ficha whose baseline and target are laid out otherwise."""
    return [*elements(), *application(), values()[0], *block, *history(), *targets()]


BASE, GOAL = "Nota de la base", "Nota de la meta"
NOTE, GOAL_NOTE = "Nota sobre la línea base", "Nota sobre la meta 2024"


@pytest.mark.parametrize(
    "block",
    [
        (
            row("Línea base|12"),
            row("Valor|2", "25|4", "Año|2", "2018|4"),
            row(f"{NOTE}|2", f"{BASE}|10"),
            row("META 2024|2", "40|10"),
            row(f"{GOAL_NOTE}|2", f"{GOAL}|10"),
        ),
        (
            row("Línea base|4", f"{NOTE}|8"),
            row("Valor|2", "Año|2", f"{BASE}|8"),
            row("25|2", "2018|2", "|8"),
            row("META 2024|2", "40|2", f"{GOAL_NOTE}|3", f"{GOAL}|5"),
        ),
        (
            row("Línea base|12"),
            row("Valor|6", "Año|6"),
            row("25|6", "2018|6"),
            row(f"{NOTE}|12"),
            row(f"{BASE}|12"),
            row("META 2024|12"),
            row("40|12"),
            row(f"{GOAL_NOTE}|12"),
            row(f"{GOAL}|12"),
        ),
    ],
    ids=["beside", "year below", "below"],
)
def test_values_beside_or_below_their_labels(path: Path, block: tuple[Row, ...]) -> None:
    assert_plain(extract.read(draw(path, [[HEADING, valued(*block)]])))


def test_rounded_corners(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(300, 200))
    canvas.roundRect(50, 100, 200, 40, 6)
    for side in ((50, 120, 250, 120), (150, 100, 150, 140)):
        canvas.line(*side)
    canvas.save()
    with open_pdf(path) as pdf:
        (cells,) = table_cells(read_page(pdf, 1))
    assert [tuple(round(side) for side in cell) for cell in cells] == [
        (50, 60, 150, 80),
        (150, 60, 250, 80),
        (50, 80, 150, 100),
        (150, 80, 250, 100),
    ]


@pytest.mark.parametrize(
    "grounds",
    [
        [(50, 100, 200, 20)],  # a row's
        [(50, 100, 100, 40)],  # a column's
        [(50, 121, 40, 18)],  # words marked, up to the cell's border
        [(50, 130, 100, 10), (50, 120, 100, 10)],  # two lines marked
        [],
    ],
)
def test_coloured_grounds_cut_no_cell(path: Path, grounds: list[tuple[int, ...]]) -> None:
    canvas = Canvas(str(path), pagesize=(300, 200))
    canvas.setFillGray(0.8)
    for ground in grounds:
        canvas.rect(*ground, stroke=0, fill=1)
    for x, y in ((50, 100), (150, 100), (50, 120), (150, 120)):
        canvas.rect(x, y, 100, 20)
    canvas.save()
    with open_pdf(path) as pdf:
        (cells,) = table_cells(read_page(pdf, 1))
    assert [tuple(round(side) for side in cell) for cell in cells] == [
        (50, 60, 150, 80),
        (150, 60, 250, 80),
        (50, 80, 150, 100),
        (150, 80, 250, 100),
    ]


def test_coloured_cells_without_lines(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(300, 200))
    for at, x in enumerate((50, 151)):
        for y in (100, 121):
            canvas.setFillGray(0.7 + 0.1 * at)
            canvas.rect(x, y, 100, 20, stroke=0, fill=1)
    canvas.save()
    with open_pdf(path) as pdf:
        (cells,) = table_cells(read_page(pdf, 1))
    assert len(cells) == 4


@pytest.mark.parametrize(
    ("cover", "title", "period"),
    [
        (["Programa Sectorial de Salud 2020-2024"], "Programa Sectorial de Salud", (2020, 2024)),
        (
            ["Programa Institucional 2020-2024 del Instituto", "de Seguridad Social (ISSS)"],
            "Programa Institucional del Instituto de Seguridad Social",
            (2020, 2024),
        ),
        (
            ["PROGRAMA ESPECIAL DE", "AGUA (PEA) 2021–2024"],
            "PROGRAMA ESPECIAL DE AGUA",
            (2021, 2024),
        ),
        (
            ["Programa derivado del Plan Nacional de Desarrollo 2019-2024"],
            None,
            (None, None),
        ),
        (["El Programa Sectorial 2020-2024 de Salud ordena."], None, (None, None)),
        (["Programa Institucional 2020-2024 del Instituto de"], None, (None, None)),
    ],
)
def test_titles(
    path: Path, cover: list[str], title: str | None, period: tuple[int | None, int | None]
) -> None:
    canvas = Canvas(str(path))
    for at, line in enumerate(cover):
        canvas.drawString(60, 700 - 14 * at, line)
    canvas.showPage()
    canvas.save()
    inner = draw(path.with_name("inner.pdf"), [[HEADING, ficha()]])
    document = pypdfium2.PdfDocument(path)
    document.import_pages(pypdfium2.PdfDocument(inner))
    whole = path.with_name("whole.pdf")
    document.save(whole)
    found = extract.read(whole)
    assert text(found.title) == title
    assert found.period == (period if title else None)
