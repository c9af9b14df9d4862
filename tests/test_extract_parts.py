"""The parts of the reader on their own: geometry, lines, labels, pages, titles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from producers import draw, ficha
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.cells import find_cells
from extract.family import candidate_pages
from extract.geometry import Edge, Frame, Rect, clip, close_frames, join_edges
from extract.grid import read_grid
from extract.labels import Matcher
from extract.page import Char, read_page
from extract.pdf import open_pdf
from extract.places import right
from extract.strip import Slot
from extract.template import ELEMENTOS_2020, Label, Template
from extract.words import lines_of, text_of

coordinates = st.floats(-2000, 2000, allow_nan=False)


@given(coordinates, coordinates, st.integers(0, 3))
def test_frames_turn_back(x: float, y: float, turn: int) -> None:
    frame = Frame(-20.0, 10.0, 580.0, 802.0, turn)
    assert frame.back(*frame.point(x, y)) == pytest.approx((x, y))


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (0, 802)), (1, (0, 10)), (2, (600, 10)), (3, (600, 802))]
)
def test_the_displayed_top_left(turn: int, corner: tuple[float, float]) -> None:
    """After a clockwise quarter turn the bottom left corner of the page is at the top left."""
    assert Frame(0.0, 10.0, 600.0, 802.0, turn).point(*corner) == (0.0, 0.0)


def test_clip_leaves_what_is_outside() -> None:
    assert clip(Rect(0, 0, 10, 10), Rect(5, 5, 20, 20)) == Rect(5, 5, 10, 10)
    assert clip(Rect(0, 0, 1, 1), Rect(5, 5, 20, 20)) == Rect(0, 0, 1, 1)


def test_segments_and_doubled_lines_are_one_edge() -> None:
    dotted = [Edge("h", 100 + n % 2, n * 3.0, n * 3.0 + 1) for n in range(20)]
    (edge,) = join_edges(dotted)
    assert (edge.start, edge.end) == (0.0, 58.0)
    assert edge.at == pytest.approx(100.5)
    assert len(join_edges([*dotted, Edge("h", 110.0, 0.0, 58.0)])) == 2


def test_open_cells_are_closed() -> None:
    sides = [Edge("v", x, 100.0, 200.0) for x in (50.0, 150.0, 250.0)]
    middle = Edge("h", 160.0, 50.0, 250.0)
    assert find_cells([*sides, middle]) != []
    assert len(find_cells([*sides, middle])) == 4
    assert close_frames(sides[:2]) == sides[:2]


def chars(*placed: tuple[str, float, float, bool]) -> list[Char]:
    return [
        Char(letter, Rect(x, y, x + 5, y + 10), order, " " if spaced else "")
        for order, (letter, x, y, spaced) in enumerate(placed)
    ]


def test_lines_are_read_by_place_and_not_by_order() -> None:
    scattered = chars(
        ("d", 5, 30, True), ("b", 5, 10, True), ("c", 0, 30, True), ("a", 0, 10, True)
    )
    assert text_of((lines_of(scattered), None)) == "ab cd"


def test_bold_by_overprinting_is_read_once() -> None:
    twice = chars(
        ("1", 0, 10, True), ("2", 5, 10, False), ("1", 0.4, 10, True), ("2", 5.4, 10, False)
    )
    assert text_of((lines_of(twice), None)) == "12"


def test_equal_digits_side_by_side_are_two() -> None:
    assert text_of((lines_of(chars(("1", 0, 10, True), ("1", 5, 10, False))), None)) == "11"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(ELEMENTOS_2020)


def test_every_wording_is_its_own_label(matcher: Matcher) -> None:
    for label in ELEMENTOS_2020.labels:
        for wording in label.wordings:
            printed = wording.replace("{n}", "7").replace("{year}", "2031").upper()
            match = matcher.match(printed)
            assert match is not None, wording
            assert match.label is label, wording


def test_a_lost_letter_is_forgiven(matcher: Matcher) -> None:
    for label in ELEMENTOS_2020.labels:
        wording = label.wordings[0].replace("{n}", "7").replace("{year}", "2031")
        if len(wording) < 4:
            continue
        match = matcher.match(wording[:2] + wording[3:])
        assert match is not None and match.label is label, wording


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Estratégico",
        "Eficiencia",
        "n.d.",
        "2018",
        "Anual",
        "Ninguna",
        "Uno",
        "Número de variables",
        "Porcentaje de la población con carencia por acceso a los servicios de salud",
        "Meta",
        "Nombre variable",
    ],
)
def test_values_are_no_labels(matcher: Matcher, text: str) -> None:
    match = matcher.match(text)
    assert match is None or (text == "Nombre variable" and match.label.field == "variable.name")


def test_a_letter_of_a_long_label_may_have_been_taken_for_a_digit(matcher: Matcher) -> None:
    match = matcher.match("SERIE HISTÓRICA DE LA META PARA EL BIENESTAR O PARÁME 1 O")
    assert match and (match.label.field, match.numbers) == ("historical", {})
    assert matcher.is_start("Elementos de meta para el bienestar 0 parámetro")
    assert matcher.match("Serie histórica de la 1 y la 2 meta para el bienestar") is None
    assert matcher.match("Objetivo prioritario 3") is None


def test_another_template_is_only_data() -> None:
    other = Template(
        name="other",
        start=("Ficha del indicador",),
        identity="name",
        headings=(),
        labels=(
            Label("name", "right", ("Denominación",)),
            Label("target", "below", ("Meta {year}",)),
        ),
    )
    match = Matcher(other).match("DENOMINACION")
    assert match and match.label.field == "name"
    assert Matcher(other).is_start("FICHA DEL INDICADOR")


def test_only_pages_that_can_hold_a_ficha_are_parsed() -> None:
    start = "ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"
    texts = ["Índice", "Prosa"] + [start, "METAS INTERMEDIAS 2020", "30.5 40"] + ["Epílogo"] * 5
    assert candidate_pages(texts, ELEMENTOS_2020) == [3, 4, 5]
    assert candidate_pages(["Índice", "Prosa"], ELEMENTOS_2020) == []
    assert candidate_pages(["ELEMENTOS DE META PARA EL BIENESTR O PARAMETRO"], ELEMENTOS_2020) == [
        1
    ]


def test_text_askew_is_no_text_of_the_cells(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "mark.pdf"))
    canvas.rect(50, 600, 200, 100)
    canvas.rect(250, 600, 200, 100)
    canvas.drawString(60, 650, "29.99")
    canvas.rotate(40)
    canvas.setFont("Helvetica", 60)
    canvas.drawString(500, 300, "BORRADOR")
    canvas.save()
    with open_pdf(tmp_path / "mark.pdf") as pdf:
        grid = read_grid(read_page(pdf, 1))
    assert [cell.text for table in grid.tables for cell in table.cells] == ["29.99", ""]
    assert grid.lines == []


@pytest.mark.parametrize(
    ("cover", "title", "institution", "period"),
    [
        (
            ["Programa Sectorial de Energía 2030-2036", "Plan Nacional de Desarrollo 2030-2036"],
            "Programa Sectorial de Energía",
            "Instituto Mexicano del Seguro Social",
            (2030, 2036),
        ),
        (
            [
                "Programa Institucional de la Comisión Nacional del Agua (CONAGUA) 2025 - 2030",
                "Programa Sectorial derivado del Plan Nacional de Desarrollo 2025-2030",
            ],
            "Programa Institucional de la Comisión Nacional del Agua",
            "Comisión Nacional del Agua",
            (2025, 2030),
        ),
        (["Sin título"], None, "Instituto Mexicano del Seguro Social", None),
    ],
)
def test_title_and_institution(
    tmp_path: Path,
    cover: list[str],
    title: str | None,
    institution: str,
    period: tuple[int, int] | None,
) -> None:
    cited = ["Programa Sectorial de Salud 2019-2024"] * 2
    pages = [[*cover], ["Prosa"], ["Prosa"], cited if title else ["Prosa"], [ficha()]]
    document = extract.read(draw(tmp_path / "a.pdf", pages))
    assert (document.title.text if document.title else None) == title
    assert document.institution and document.institution.text == institution
    assert document.period == period
    if document.title:
        assert [piece.box.page for piece in document.title.pieces] == [1]


def test_a_value_is_found_behind_empty_cells_however_narrow() -> None:
    label, value = Slot(Rect(0, 0, 50, 20), [], "Unidad"), Slot(Rect(66, 0, 90, 20), [], "12")
    slivers = [Slot(Rect(50, 0, 52, 20), [], ""), Slot(Rect(52, 0, 66, 20), [], "")]
    assert right(label, [label, *slivers, value], "") == [value]
    assert right(label, [label, slivers[0]], "") is None


@pytest.mark.parametrize(
    ("prose", "institution", "page"),
    [
        ("La Secretaría de Turismo coordina el Programa.", "Secretaría de Turismo", 2),
        ("La Secretaría de Turismo Social coordina.", "Secretaría de Turismo Social", 2),
        ("El sector coordina el Programa.", "Turismo", 3),
    ],
)
def test_a_branch_is_told_by_its_ministry_where_the_document_prints_it(
    tmp_path: Path, prose: str, institution: str, page: int
) -> None:
    branch = institution.removeprefix("Secretaría de ")
    printed = "50.- Instituto Mexicano del Seguro Social"
    rows = [
        tuple((text.replace(printed, f"21.- {branch}"), width) for text, width in row)
        for row in ficha()
    ]
    cover = ["Programa Sectorial de Turismo 2020-2024"]
    document = extract.read(draw(tmp_path / "a.pdf", [cover, [prose], [rows]]))
    assert document.institution and document.institution.text == institution
    assert {piece.box.page for piece in document.institution.pieces} == {page}
