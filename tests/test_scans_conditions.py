"""Scans as people make them: pages turned, dim paper, coloured cells, signs that OCR overlooks."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

import extract
from extract.geometry import Rect
from extract.pdf import open_pdf
from extract.scan import layer
from extract.scan.errors import OcrError
from extract.scan.image import Turn, is_printed, render, straighten
from extract.scan.ink import Ink, Widths, is_dash, is_number
from extract.scan.upright import quarters, read_answer
from extract.scan.verdict import differs
from extract.types import RawDocument, UnreadableDocument
from samples.fichas_layout import Ficha
from samples.fichas_reportlab import Style
from samples.fichas_reportlab import render as print_fichas
from samples.invented import drawn
from samples.scans import scan
from samples.tally import printed_values, tally
from tools.scans import doubted_fields, is_number_field


@pytest.fixture(scope="module")
def ficha() -> Ficha:
    """A ficha of two pages, with two lone dashes in its series."""
    found = drawn(2)[1]
    assert list(found["historical_series"].values()).count("-") == 2
    return found


@pytest.fixture(scope="module")
def printed(ficha: Ficha, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("conditions") / "printed.pdf"
    print_fichas([ficha], path)
    return path


@pytest.fixture(scope="module")
def turned(printed: Path) -> Path:
    """Its pages scanned upside down and sideways, by a dim lamp."""
    target = printed.parent / "turned.pdf"
    return scan(printed, target, dpi=200, seed=4, light=0.55, noise=4.0, quarters=(2, 1, 3))


@pytest.fixture(scope="module")
def read(turned: Path) -> RawDocument:
    return extract.read(turned)


def test_the_failure_of_a_program_goes_from_process_to_process() -> None:
    error = OcrError("tesseract", "TimeoutExpired")
    again = pickle.loads(pickle.dumps(error))
    assert (again.message_es, again.message_en) == (error.message_es, error.message_en)


def test_pages_upside_down_and_sideways_on_dim_paper_are_read(
    read: RawDocument, ficha: Ficha
) -> None:
    found = tally(read, [ficha])
    doubted = doubted_fields(read)
    numbers = [each for each in (*found.wrong, *found.flagged) if is_number_field(each.key)]
    assert [each for each in numbers if each.key not in doubted and each in found.wrong] == []
    assert len(numbers) <= 1
    assert found.exact >= 40


def test_a_lone_dash_is_read_and_no_empty_cell(read: RawDocument, ficha: Ficha) -> None:
    printed = {year for year, text in ficha["historical_series"].items() if text == "-"}
    series = {year.text: value.text for year, value in read.fichas[0].historical}
    assert {year for year, text in series.items() if text == "-"} == printed


def test_boxes_of_a_turned_page_are_on_the_page_as_displayed(
    turned: Path, read: RawDocument
) -> None:
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(turned)]
    assert {width > height for width, height in sizes} == {True, False}
    piece = read.fichas[0].fields["baseline"].pieces[0]
    with open_pdf(turned) as pdf:
        grey = render(pdf, piece.box.page, 72.0)
    box = piece.box
    part = grey[round(box.top) : round(box.bottom) + 1, round(box.x0) : round(box.x1) + 1]
    assert part.min() < np.median(grey) - 60  # ink stands in it
    width, height = sizes[piece.box.page - 1]
    assert 0 <= box.x0 < box.x1 <= width and 0 <= box.top < box.bottom <= height


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_box_goes_back_through_quarter_turns(quarter: int) -> None:
    picture = np.zeros((100, 160), np.uint8)
    picture[20:30, 40:70] = 1
    rows, columns = np.nonzero(np.rot90(picture, -quarter))
    upright = Rect(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    turn = Turn(skew=0.0, dpi=72, size=(160.0, 100.0), quarter=quarter)
    assert turn.back(upright) == Rect(40, 20, 70, 30)


@pytest.mark.parametrize(
    ("told", "quarter"),
    [
        ("Rotate: 180\nOrientation confidence: 4.25", 2),
        ("Rotate: 90\nOrientation confidence: 1.92", 1),
        ("Rotate: 180\nOrientation confidence: 0.66", None),
        ("", None),
    ],
)
def test_an_orientation_is_believed_where_it_is_sure(told: str, quarter: int | None) -> None:
    assert read_answer(told) == quarter


def test_a_page_with_too_little_text_lies_as_the_others_do(
    turned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {1: 2, 2: None, 3: 2, 4: 1}
    monkeypatch.setattr("extract.scan.upright._quarter", lambda _, number: answers[number])
    with open_pdf(turned) as pdf:
        assert quarters(pdf, [1, 2, 3]) == {1: 2, 2: 2, 3: 2}
        assert quarters(pdf, [1, 2, 3, 4]) == {1: 2, 2: 0, 3: 2, 4: 1}


def test_an_upright_page_that_tesseract_takes_for_turned_stays_as_it_is(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(printed, tmp_path / "upright.pdf", dpi=150, seed=2, pages=[2])
    monkeypatch.setattr("extract.scan.upright.read_answer", lambda _: 2)
    with open_pdf(path) as pdf:
        assert quarters(pdf, [1]) == {1: 0}


def test_where_the_ocr_of_a_scan_fails_it_is_not_said_to_be_missing(
    turned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OcrError("ocrmypdf", "estado 2")

    monkeypatch.setattr(layer, "_run", fail)
    with pytest.raises(UnreadableDocument) as caught:
        extract.read(turned)
    assert caught.value.reason == "ocr_failed"


def test_a_dim_scan_is_printed_paper_and_becomes_clear(turned: Path) -> None:
    with open_pdf(turned) as pdf:
        assert is_printed(pdf, 2)
        assert np.median(render(pdf, 2, 50)) < 150
        grey, _ = straighten(pdf, 2)
    assert np.median(grey) > 220 and grey.min() < 40


def test_what_the_layer_has_otherwise_in_a_number_is_seen() -> None:
    assert differs("77.7%", "17.1%") and differs("32.5", "32,5") and differs("ES1114", "17.1%")
    assert not differs("17.1%", "17.1%")
    assert not differs("", "17.1%")  # overlooked
    assert not differs("Anua1", "Anual")


def test_a_percent_sign_makes_three_marks_and_no_digit_is_taken_for_it() -> None:
    widths = Widths([("29.99", Ink(5, 3.25)), ("31.48", Ink(5, 3.25)), ("7,831", Ink(5, 3.25))] * 2)
    assert is_number("74.4%")
    ink = Ink(7, 3.25 + 1.6 * 3.25 / 4.5)
    assert widths.fits("74.4%", Ink(7, (3.5 + 1.6) * 3.25 / 4.5))
    assert not widths.fits("74.44", ink)


@pytest.mark.parametrize(
    ("ink", "dash"),
    [(Ink(1, 2.2), True), (Ink(1, 1.6), True), (Ink(1, 0.7), False), (Ink(2, 2.2), False)],
)
def test_a_dash_is_one_level_stroke(ink: Ink, dash: bool) -> None:
    assert is_dash(ink) is dash


def test_a_ficha_without_rules_is_read_piece_by_piece_and_doubted_where_readings_differ(
    tmp_path: Path,
) -> None:
    (ficha,) = drawn(8, count=1)
    look = Style(font="Helvetica", bold="Helvetica-Bold", rules="none")
    print_fichas([ficha], tmp_path / "printed.pdf", style=look)
    raw = extract.read(scan(tmp_path / "printed.pdf", tmp_path / "scan.pdf", dpi=200, seed=4))
    found, doubted = tally(raw, [ficha]), doubted_fields(raw)
    missed = [each for each in (*found.wrong, *found.flagged) if is_number_field(each.key)]
    numbers = [key for key in printed_values([ficha]) if is_number_field(key)]
    assert len(missed) <= len(numbers) / 3
    assert all(each.read is None or each.key in doubted for each in missed)
    sure = set(numbers) - doubted - {each.key for each in missed}
    assert len(sure) > len(numbers) / 2
    texts = {key for key, text in printed_values([ficha]).items() if text} - set(numbers)
    assert len(texts & doubted) > len(texts) / 2  # a line of theirs may be missed
