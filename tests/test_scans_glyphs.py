"""The ink of a number bears a reading out, or speaks against it: signs are held against signs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.geometry import Edge, Rect
from extract.grid import Cell, TextLine
from extract.pdf import open_pdf
from extract.scan.codes import with_codes
from extract.scan.crops import Seen
from extract.scan.glyphs import UNSURE, Type, signs_of
from extract.scan.image import render
from extract.scan.ink import MIDDLE, cleaned, marks_of, trimmed, unspecked
from extract.scan.mended import mended
from extract.scan.reading import is_rule_read
from extract.scan.rules import find_rules
from extract.scan.verdict import Inked, Judge, borne_out, differs
from samples.scans import scan

KNOWN = ["1,234,567", "890.12", "34.56", "78.90", "-1.7", "2,468", "13,579", "0.05", "69.38"]
OTHERS = ["77.7", "30.5", "17.1", "7,831", "74.4%", "-0.5", "2018"]
DPI = 200


@dataclass(frozen=True)
class Page:
    """Numbers of a printed page, each with its cleaned picture."""

    pictures: dict[str, np.ndarray]

    def cell(self, printed: str, *readings: str, layer: str = "") -> Inked:
        lines = [[[Seen(text, Rect(0, 0, 1, 1))]] for text in readings]
        place = Rect(0, 0, 1, 1)
        cell = Cell(None, place, text=layer)  # type: ignore[arg-type]
        return Inked(cell, place, self.pictures[printed], layer, lines, list(readings))

    def judge(self, *cells: Inked, known: list[str] | None = None) -> Judge:
        """The judge of a page with the known numbers, read well, and some cells."""
        told = [self.cell(text, text, text, layer=text) for text in known or 2 * KNOWN]
        return Judge([*told, *cells], DPI, Type())


@pytest.fixture(scope="module", params=["Helvetica", "Times-Roman", "Courier"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Page:
    texts = [*KNOWN, *OTHERS]
    path = tmp_path_factory.mktemp("glyphs") / "numbers.pdf"
    canvas = Canvas(str(path), pagesize=(120, 24 * len(texts)))
    canvas.setFont(request.param, 8)
    for at, text in enumerate(texts):
        canvas.drawString(40, 24 * at + 10, text)
    canvas.save()
    with open_pdf(path) as pdf:
        grey = render(pdf, 1, DPI).astype(np.float64)
    grey += np.random.default_rng(3).normal(0, 6, grey.shape) - 12
    noisy = np.clip(grey, 0, 255).astype(np.uint8)
    step, pictures = 24 * DPI / 72, {}
    for at, text in enumerate(texts):
        low = len(noisy) - round(at * step)
        trim = trimmed(noisy[low - round(step) : low], DPI)
        assert trim is not None
        pictures[text] = cleaned(trim[0], DPI)
    return Page(pictures)


def test_what_is_read_as_printed_is_sure_whatever_the_layer_says(page: Page) -> None:
    for text in OTHERS:
        cell = page.cell(text, text, text, layer="Ee 13")
        judge = page.judge(cell)
        assert not judge.is_open(cell)
        found = judge.decide(cell)
        assert (found.number, found.agreed, found.otherwise) == (text, True, "")


@pytest.mark.parametrize(
    ("printed", "misread"),
    [("77.7", "17.1"), ("7,831", "1,831"), ("2018", "2019"), ("30.5", "80.5"), ("74.4%", "14.4%")],
)
def test_what_is_misread_twice_is_never_without_a_doubt(
    page: Page, printed: str, misread: str
) -> None:
    for layer in ("", misread):
        cell = page.cell(printed, misread, misread, misread, layer=layer)
        found = page.judge(cell).decide(cell)
        assert not found.agreed


def test_a_comma_read_for_a_point_is_put_right_where_the_layer_bears_it_out(page: Page) -> None:
    cell = page.cell("30.5", "30,5", "30,5", layer="30.5:")
    found = page.judge(cell).decide(cell)
    assert (found.number, found.agreed) == ("30.5", True)


def test_a_comma_read_for_a_point_by_all_is_put_right_by_ink_and_form_with_a_doubt(
    page: Page,
) -> None:
    cell = page.cell("30.5", "30,5", "30,5", layer="30,5")
    found = page.judge(cell).decide(cell)
    assert (found.number, found.agreed) == ("30.5", False)


def test_of_two_readings_the_one_that_the_ink_bears_out_holds(page: Page) -> None:
    for readings in (("7831", "7,831"), ("7,831", "7.831"), ("7,831", "7,881")):
        cell = page.cell("7,831", *readings, layer="")
        found = page.judge(cell).decide(cell)
        assert (found.number, found.agreed) == ("7,831", True)


def test_a_sign_that_all_readings_overlook_is_seen(page: Page) -> None:
    for printed, misread in (("-0.5", "0.5"), ("30.5", "305"), ("7,831", "831")):
        cell = page.cell(printed, misread, misread, misread, layer=misread)
        assert not page.judge(cell).decide(cell).agreed


@pytest.mark.parametrize(
    ("printed", "read", "number"),
    [
        ("30.5", "305", "30.5"),
        ("7,831", "7831", "7,831"),
        ("74.4%", "744%", "74.4%"),
        ("77.7", "77.7", ""),  # nothing is missing
        ("74.4%", "74.4%", ""),
        ("17.1", "177", ""),  # other digits
        ("2018", "201B", ""),  # no percent sign
        ("-0.5", "05", ""),
    ],
)
def test_points_and_percent_signs_that_the_ink_has_are_put_where_they_stand(
    page: Page, printed: str, read: str, number: str
) -> None:
    kind = Type()
    for text in 2 * KNOWN:
        kind.learn(text, signs_of(page.pictures[text], DPI), object())
    assert mended(read, signs_of(page.pictures[printed], DPI), kind, object()) == number


def test_a_percent_sign_read_for_a_letter_makes_more_marks_than_one(
    tmp_path: Path,
) -> None:
    kind = Type()
    path = tmp_path / "percent.pdf"
    canvas = Canvas(str(path), pagesize=(120, 24 * 6))
    canvas.setFont("Helvetica", 8)
    for at, text in enumerate(("74.4", "74.4", "77.4", "47.4", "74.4%", "74.4Y")):
        canvas.drawString(40, 24 * at + 10, text)
    canvas.save()
    with open_pdf(path) as pdf:
        grey = render(pdf, 1, DPI)
    step = 24 * DPI / 72
    rows = [
        grey[len(grey) - round((at + 1) * step) : len(grey) - round(at * step)] for at in range(6)
    ]
    signs = [signs_of(cleaned(row, DPI), DPI) for row in rows]
    for text, own in zip(("74.4", "74.4", "77.4", "47.4"), signs, strict=False):
        kind.learn(text, own, object())
    assert mended("744Y", signs[4], kind, object()) == "74.4%"
    assert mended("74.4Y", signs[4], kind, object()) == "74.4%"
    assert mended("74.4Y", signs[5], kind, object()) == ""


def test_a_number_whose_point_only_the_ink_has_is_in_doubt(page: Page) -> None:
    for layer, agreed in (("305", False), ("30.5", True), ("", False)):
        cell = page.cell("30.5", "305", "305", "305", layer=layer)
        found = page.judge(cell).decide(cell)
        assert (found.number, found.agreed) == ("30.5", agreed)


def test_a_layer_that_has_a_point_more_speaks_against_a_line_of_text() -> None:
    assert differs("1.3Porcentajedecamas", "13Porcentajedecamas")
    assert not differs("13Porcentajedecamas", "1.3Porcentajedecamas")  # it overlooks them


@pytest.mark.parametrize(
    ("read", "others", "key"),
    [
        ("EO012", (), "E012"),
        ("EO0O01", (), "E001"),
        ("EO12,", (), "E012,"),
        ("(E0O04", (), "(E004"),
        ("50011", ("50E011", "50011"), "50E011"),
        ("500011", ("50E011",), "50E011"),
        ("50011", ("50E012",), "50011"),
        ("50011", (), "50011"),
        ("E012", (), "E012"),
        ("2024", ("2024",), "2024"),
        ("EO0011", (), "EO0011"),  # of four digits
    ],
)
def test_a_budget_key_that_is_all_but_read_is_that_key(
    read: str, others: tuple[str, ...], key: str
) -> None:
    words = [[Seen(read, Rect(0, 0, 1, 1))]]
    found = with_codes(words, others)
    assert (found or words)[0][0].text == key
    assert (found is None) is (read == key)


def test_a_digit_that_stands_nowhere_else_is_not_told(page: Page) -> None:
    kind = Type()
    for text in ("2,468", "2,468", "1,234,567"):
        kind.learn(text, signs_of(page.pictures[text], DPI), object())
    assert UNSURE in kind.read("2018", signs_of(page.pictures["2018"], DPI), object())


def test_a_cell_is_no_witness_for_itself(page: Page) -> None:
    kind, cell = Type(), object()
    signs = signs_of(page.pictures["77.7"], DPI)
    kind.learn("17.1", signs, cell)
    kind.learn("17.1", signs, cell)
    assert UNSURE in kind.read("17.1", signs, cell)


def test_a_layer_bears_a_number_out_among_specks_and_not_within_another() -> None:
    assert borne_out("-59.7:", "-59.7") and borne_out("$20,079,365>", "20,079,365")
    assert not borne_out("120,079,365", "20,079,365") and not borne_out("5.0 3", "5.0")


def test_a_layer_that_has_few_of_the_digits_is_no_witness() -> None:
    assert not differs("Ee", "69.2%") and not differs("doda1", "46,921,928")
    assert differs("241S", "-24.4") and not differs("244S", "-24.4")


def test_a_number_of_another_form_than_the_page_s_is_doubted(page: Page) -> None:
    cell = page.cell("30.5", "30,5", "30,5", layer="30,5")
    judge = page.judge(cell, known=[text for text in 4 * KNOWN if "." in text])
    found = judge.decide(cell)
    assert not found.agreed


def test_a_speck_apart_from_all_letters_is_no_sign(page: Page) -> None:
    clean = page.pictures["17.1"]
    right = max(box[2] for box in marks_of(clean, MIDDLE))
    wide = np.pad(clean, ((0, 0), (0, 60)), constant_values=255)
    specked = wide.copy()
    specked[20:23, right + 35 : right + 38] = 0
    assert len(marks_of(specked, MIDDLE)) == len(marks_of(wide, MIDDLE)) + 1
    assert (unspecked(specked) == wide).all()
    assert (unspecked(wide) == wide).all()  # its point is none


def test_pale_hair_lines_are_whole_and_the_foot_of_a_text_is_no_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "pale.pdf"), pagesize=(300, 120))
    canvas.setLineWidth(0.5)
    canvas.setStrokeGray(0.6)
    rows = [20 + 13 * at for at in range(7)]
    canvas.grid([20, 100, 180, 260], rows)
    canvas.setFont("Helvetica", 7)
    for row in rows[:-1]:
        canvas.drawString(24, row + 3, "minutos, mm")
    canvas.save()
    source = scan(tmp_path / "pale.pdf", tmp_path / "s.pdf", dpi=200, seed=1, skew=0.0, paper=0.85)
    with open_pdf(source) as pdf:
        edges, _ = find_rules(render(pdf, 1, 200), 200)
    upright = [edge for edge in edges if edge.orientation == "v"]
    level = [edge for edge in edges if edge.orientation == "h"]
    assert sorted(round(edge.at) for edge in upright) == [20, 100, 180, 260]
    assert sorted({round(edge.at) for edge in level}) == sorted(round(120 - row) for row in rows)
    for edge in upright:
        assert edge.start < 120 - rows[-1] + 2 and edge.end > 120 - rows[0] - 2


def test_a_speck_at_a_number_s_end_is_no_stop(page: Page) -> None:
    clean = page.pictures["30.5"]
    right = max(box[2] for box in marks_of(clean, MIDDLE))
    specked = np.pad(clean, ((0, 0), (0, 20)), constant_values=255)
    foot = max(box[3] for box in marks_of(clean, MIDDLE))
    specked[foot - 2 : foot, right + 8 : right + 10] = 0
    cell = page.cell("30.5", "30.5.", "30.5.", layer="30.5")
    cell.picture = specked
    found = page.judge(cell).decide(cell)
    assert (found.number, found.agreed) == ("30.5", True)


def test_a_rule_that_the_layer_took_for_a_sign_is_no_text_beside_the_table() -> None:
    edges = [Edge("v", 100, 50, 150), Edge("h", 60, 20, 200)]

    def line(text: str, x: float) -> TextLine:
        return TextLine(None, (), Rect(x, 70, x + 4, 80), text)  # type: ignore[arg-type]

    assert is_rule_read(line("|", 98), edges) and is_rule_read(line("||", 97), edges)
    assert not is_rule_read(line("|", 120), edges)
    assert not is_rule_read(line("n.d.", 98), edges)
