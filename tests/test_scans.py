"""Scans are read by OCR: what is exact is marked, what is not sure is said, nothing is silent."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

import extract
from cuadra.forked import ForkedPages
from cuadra.work import process
from extract.geometry import Rect
from extract.pdf import open_pdf
from extract.scan import layer
from extract.scan.errors import OcrError
from extract.scan.image import Turn, is_printed, render
from extract.scan.ink import Widths, cleaned, measure, trimmed
from extract.scan.pages import glance
from extract.types import OCR, OCR_DOUBTFUL, RawDocument, UnreadableDocument
from normalize.schema import Dataset
from samples.fichas_reportlab import render as print_fichas
from samples.scans import scan

SEED = 5
NUMBERS = {
    "indicators": ("baseline_text", "target_text", "baseline_year", "target_year"),
    "variables": ("value_text",),
    "observations": ("value_text",),
}


def printed_numbers(dataset: Dataset) -> dict[tuple[str, str, str], str]:
    """Every number by table, record and field, as printed."""
    return {
        (table, row.record_key, name): str(getattr(row, name))
        for table, names in NUMBERS.items()
        for row in dataset.rows(table)
        for name in names
        if getattr(row, name) is not None
    }


def doubted(dataset: Dataset) -> set[str]:
    """The messages of all that the reading was not sure of."""
    return {row.message_es for row in dataset.findings if row.rule in ("REA02", "REA03")}


@pytest.fixture(scope="module")
def scanned_pdf(small_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("scans") / "scan.pdf"
    return scan(small_pdf, target, dpi=200, seed=SEED)


@pytest.fixture(scope="module")
def known(small_pdf: Path) -> Dataset:
    return process(small_pdf)


@pytest.fixture(scope="module")
def read(scanned_pdf: Path) -> Dataset:
    return process(scanned_pdf)


def test_the_numbers_of_a_scan_are_those_of_the_page_or_are_doubted(
    known: Dataset, read: Dataset
) -> None:
    truth, found = printed_numbers(known), printed_numbers(read)
    assert len(truth) > 40
    exact = [place for place, text in truth.items() if found.get(place) == text]
    assert len(exact) >= 0.99 * len(truth)
    wrong = {place: text for place, text in found.items() if truth.get(place) != text}
    said = " ".join(doubted(read))
    assert all(text in said for text in wrong.values())


def test_pages_that_two_processes_read_are_read_like_those_of_one(
    scanned_pdf: Path, read: Dataset
) -> None:
    lent: list[int] = []

    def lend(cores: int) -> int:
        lent.append(cores)
        return 1

    again = process(scanned_pdf, pages=ForkedPages(lend, lambda _: None))
    assert again == read
    assert len(lent) == 3  # for turning and straightening its pages, and for reading their cells


def test_a_scan_accuses_nobody_of_what_its_page_does_not_say(known: Dataset, read: Dataset) -> None:
    grave = [{r.rule for r in each.findings if r.severity == "error"} for each in (known, read)]
    assert grave[1] <= grave[0]


def test_texts_of_a_scan_are_read_and_marked(known: Dataset, read: Dataset) -> None:
    names = ("name", "objective", "definition", "unit", "frequency", "trend", "baseline_note")
    pairs = [
        (getattr(own, name), getattr(other, name))
        for own, other in zip(known.indicators, read.indicators, strict=True)
        for name in names
    ]
    assert sum(own == other for own, other in pairs) >= len(pairs) - 1
    assert {row.reader for row in read.provenance} <= {OCR, OCR_DOUBTFUL}
    told = [row for row in read.checks if row.rule == "REA02" and row.outcome == "passed"]
    assert told and all("ocr" in row.reason_es for row in told)


def test_boxes_are_where_the_numbers_stand_on_the_crooked_page(
    known: Dataset, read: Dataset
) -> None:
    rng = np.random.default_rng(SEED)  # as samples.scans draws from it, up to the second page
    rng.uniform(-2.0, 2.0)
    rng.normal(0, 8, (2200, 1700))
    angle = math.radians(rng.uniform(-2.0, 2.0))
    width, height = letter
    straight = {
        (row.table_name, row.record, row.field): row for row in known.provenance if row.page == 2
    }
    seen = 0
    for row in read.provenance:
        own = straight.get((row.table_name, row.record, row.field))
        if row.page != 2 or own is None or own.part != row.part or own.text != row.text:
            continue
        x, y = float(own.x0 + own.x1) / 2 - width / 2, float(own.top + own.bottom) / 2 - height / 2
        turned_x = x * math.cos(angle) + y * math.sin(angle) + width / 2
        turned_y = y * math.cos(angle) - x * math.sin(angle) + height / 2
        assert abs(float(row.x0 + row.x1) / 2 - turned_x) < 6
        assert abs(float(row.top + row.bottom) / 2 - turned_y) < 6
        seen += 1
    assert seen > 20


@pytest.fixture
def mixed_pdf(small_pdf: Path, scanned_pdf: Path, tmp_path: Path) -> Path:
    """The first ficha as text, the second as a scan."""
    whole = pypdfium2.PdfDocument.new()
    text, pictures = pypdfium2.PdfDocument(small_pdf), pypdfium2.PdfDocument(scanned_pdf)
    told = [page.get_textpage().get_text_range() for page in text]
    first = next(at for at, each in enumerate(told) if "4.1" in each)
    whole.import_pages(text, list(range(first)))
    whole.import_pages(pictures, list(range(first, len(text))))
    whole.save(str(tmp_path / "mixed.pdf"))
    return tmp_path / "mixed.pdf"


def test_scanned_pages_among_others_are_read_too(mixed_pdf: Path, known: Dataset) -> None:
    dataset = process(mixed_pdf)
    assert [row.indicator_id for row in dataset.indicators] == ["1.1", "4.1"]
    readers = {
        (row.record.partition("/")[0], row.reader)
        for row in dataset.provenance
        if row.field == "value_text" and row.reader != "camelot"
    }
    assert ("1.1", "pdfium") in readers
    assert {reader for key, reader in readers if key == "4.1"} <= {OCR, OCR_DOUBTFUL}


def test_without_ocr_the_scanned_pages_are_named(
    mixed_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "is_available", lambda: False)
    dataset = process(mixed_pdf)
    assert [row.indicator_id for row in dataset.indicators] == ["1.1"]
    (finding,) = [row for row in dataset.findings if "escaneadas" in row.message_es]
    assert finding.rule == "REA01"
    assert "cuadra[ocr]" in finding.message_es and "tesseract-ocr-spa" in finding.message_en


def test_without_ocr_a_scan_is_unreadable_and_the_remedy_is_named(
    scanned_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "is_available", lambda: False)
    with pytest.raises(UnreadableDocument) as caught:
        extract.read(scanned_pdf)
    assert caught.value.reason == "no_ocr"
    for message in (caught.value.message_es, caught.value.message_en):
        assert all(part in message for part in ("scan.pdf", "cuadra[ocr]", "tesseract-ocr-spa"))


@pytest.mark.parametrize("there", [True, False])
def test_a_blank_picture_is_not_said_to_lack_ocr(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "is_available", lambda: there)
    Image.new("L", (850, 1100), 250).save(tmp_path / "blank.pdf", "PDF", resolution=100)
    with pytest.raises(UnreadableDocument) as caught:
        extract.read(tmp_path / "blank.pdf")
    assert caught.value.reason == "no_text"
    for message in (caught.value.message_es, caught.value.message_en):
        assert "instal" not in message and "ocrmypdf --force-ocr" in message


def test_an_ocr_that_fails_is_said_and_ends_nothing_else(
    mixed_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OcrError("ocrmypdf", "estado 2")

    monkeypatch.setattr(layer, "_run", fail)
    dataset = process(mixed_pdf)
    assert [row.indicator_id for row in dataset.indicators] == ["1.1"]
    assert any("ocrmypdf: estado 2" in row.message_es for row in dataset.findings)


def test_an_earlier_text_layer_is_not_believed(
    fichas: list[dict[str, Any]], tmp_path: Path
) -> None:
    print_fichas([f for f in fichas if f["indicator_id"] == "1.1"], tmp_path / "one.pdf")
    picture = pypdfium2.PdfDocument(scan(tmp_path / "one.pdf", tmp_path / "s.pdf", dpi=200, seed=3))
    path = tmp_path / "layered.pdf"
    canvas = Canvas(str(path), pagesize=letter)
    for page in picture:
        image = page.render(scale=200 / 72).to_pil()
        canvas.drawInlineImage(image, 0, 0, *letter)
        text = canvas.beginText(60, 400)
        text.setTextRenderMode(3)
        text.textLines("ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO\n29.49 7,995,446 1.7")
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    dataset = process(path)
    (row,) = dataset.indicators
    assert (row.indicator_id, row.baseline_text) == ("1.1", "29.99")
    assert "7,995,446" not in printed_numbers(dataset).values()
    assert {mark.reader for mark in dataset.provenance} <= {OCR, OCR_DOUBTFUL}


def test_a_photograph_and_an_empty_page_are_no_scans(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    dark = np.cumsum(rng.normal(0, 4, (400, 300)), axis=1)
    photograph = Image.fromarray(np.clip(90 + dark, 0, 140).astype(np.uint8))
    empty = Image.fromarray(np.full((400, 300), 250, np.uint8))
    photograph.save(tmp_path / "p.pdf", "PDF", resolution=50, save_all=True, append_images=[empty])
    with open_pdf(tmp_path / "p.pdf") as pdf:
        assert [glance(pdf, number).is_scan for number in (1, 2)] == [True, True]
        assert [is_printed(pdf, number) for number in (1, 2)] == [False, False]


def test_the_last_row_of_a_table_alone_on_its_page_is_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "row.pdf"
    canvas = Canvas(str(path), pagesize=letter)
    canvas.setFont("Helvetica", 7)
    canvas.grid([60, 200, 340, 480], [700, 714, 728])
    for at, text in enumerate(("2022", "2023", "2024")):
        canvas.drawString(120 + 140 * at, 718, text)
        canvas.drawString(120 + 140 * at, 704, "12.5")
    canvas.save()
    with open_pdf(scan(path, tmp_path / "scan.pdf", dpi=150, seed=1)) as pdf:
        assert glance(pdf, 1).is_scan and is_printed(pdf, 1)


def test_a_page_with_text_on_a_picture_is_no_scan(tmp_path: Path) -> None:
    path = tmp_path / "cover.pdf"
    canvas = Canvas(str(path), pagesize=letter)
    canvas.drawInlineImage(Image.new("L", (100, 130), 230), 0, 0, *letter)
    for line in range(6):
        canvas.drawString(80, 700 - 20 * line, f"Programa Institucional, línea {line}")
    canvas.save()
    with open_pdf(path) as pdf:
        assert not glance(pdf, 1).is_scan


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Pictures of numbers in 7-point type at 200 dpi, with noise."""
    texts = [".77", "338,364", "-0.5", "14,919", "15,414,033", "29.99", "135.64", "2018", "7,831"]
    path = tmp_path_factory.mktemp("ink") / "numbers.pdf"
    canvas = Canvas(str(path), pagesize=(120, 24 * len(texts)))
    canvas.setFont("Helvetica", 7)
    for at, text in enumerate(texts):
        canvas.drawString(40, 24 * at + 10, text)
    canvas.save()
    with open_pdf(path) as pdf:
        grey = render(pdf, 1, 200).astype(np.float64)
    grey += np.random.default_rng(2).normal(0, 6, grey.shape) - 12
    noisy = np.clip(grey, 0, 255).astype(np.uint8)
    step = 24 * 200 / 72
    found = {}
    for at, text in enumerate(texts):
        low = len(noisy) - round(at * step)
        trim = trimmed(noisy[low - round(step) : low], 200)
        assert trim is not None
        found[text] = measure(cleaned(trim[0], 200), 200)
    yield found


@pytest.mark.parametrize(
    ("printed", "misread"),
    [(".77", "17"), ("338,364", "38,364"), ("-0.5", "0.5"), ("14,919", "14919"), ("7,831", "831")],
)
def test_a_sign_that_was_overlooked_shows_in_the_ink(
    printed: str, misread: str, pictures: dict[str, Any]
) -> None:
    widths = Widths(list(pictures.items()))
    assert widths.fits(printed, pictures[printed])
    assert not widths.fits(misread, pictures[printed])


def test_an_empty_picture_has_no_ink() -> None:
    noise = np.random.default_rng(0).normal(235, 8, (80, 300))
    assert trimmed(np.clip(noise, 0, 255).astype(np.uint8), 200) is None


def test_a_box_goes_back_to_the_crooked_page() -> None:
    turn = Turn(skew=1.5, dpi=200, size=(612.0, 792.0))
    middle = turn.back(Rect(300, 390, 312, 402))
    assert middle == pytest.approx((299.84, 389.84, 312.16, 402.16), abs=0.1)
    right = turn.back(Rect(590, 390, 600, 402))
    assert right.top > 390 + 6  # what was turned up counter-clockwise goes down again
    whole = turn.back(Rect(0, 0, 612, 792))
    assert whole == Rect(0, 0, 612, 792)


def doubtfully_read(raw: RawDocument, field: str) -> RawDocument:
    """The same reading, but OCR was not sure of a field."""
    for ficha in raw.fichas:
        ficha.fields[field] = replace(ficha.fields[field], reader=OCR_DOUBTFUL)
    return raw


@pytest.mark.parametrize("field", ["substitution", "baseline"])
def test_a_doubtful_number_is_suspected_before_the_document(
    field: str, fichas: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "broken.pdf"
    print_fichas([f for f in fichas if f["indicator_id"] == "2.1"], path)
    assert "CAL03" in {row.rule for row in process(path).findings}
    raw = doubtfully_read(extract.read(path), field)
    monkeypatch.setattr(extract, "read", lambda *_, **__: raw)
    dataset = process(path)
    (finding,) = [row for row in dataset.findings if row.rule == "REA02"]
    assert "OCR" in finding.message_es and "página 2" in finding.message_es
    broken = "CAL01" if field == "substitution" else "CAL03"
    assert broken in finding.message_es
    assert broken not in {row.rule for row in dataset.findings}
    (row,) = dataset.indicators
    assert (row.baseline_value is None) == (field == "baseline")
    assert row.baseline_text == "135.64"
