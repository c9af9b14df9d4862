"""Scans of Fichas de Monitoreo: cards and tables read piece by piece, on ground of any colour."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from cuadra.work import process
from extract.geometry import Rect
from extract.grid import Cell
from extract.page import Page, read_page
from extract.pdf import open_pdf
from extract.runs import Char
from extract.scan.closed import settle
from extract.scan.glyphs import Type, signs_of
from extract.scan.ground import dark_ink, is_ink, is_light_rule, light_ink
from extract.scan.image import render
from extract.scan.ink import cleaned, is_number
from extract.scan.inline import hold_numbers
from extract.scan.lines import Piece, find_pieces
from extract.scan.spaces import part_by_gaps
from extract.words import Word
from normalize.schema import Dataset
from samples.card_inventions import Invention
from samples.card_print import Print, print_sheets
from samples.monitoring_layout import Look, lay_out
from samples.scans import scan
from tools.card_scans import accusations, compared

DPI = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cards")


@pytest.fixture(scope="module")
def printed(folder: Path) -> Dataset:
    """Three cards of two objectives, their grades on green, yellow and red."""
    look = Look(own_lines=False, per_page=2)
    monitoring = Invention(8, objectives=2, cards=(1, 2)).monitoring()
    print_sheets(lay_out(monitoring, look), look, folder / "printed.pdf", Print())
    return process(folder / "printed.pdf")


@pytest.fixture(scope="module")
def read(printed: Dataset, folder: Path) -> Dataset:
    path = scan(folder / "printed.pdf", folder / "scan.pdf", dpi=DPI, seed=2, skew=1.0)
    return process(path)


def test_cards_and_tables_of_a_scan_are_those_of_the_page_or_are_doubted(
    printed: Dataset, read: Dataset
) -> None:
    assert len(printed.assessments) >= 2
    told = [each for each in compared(printed, read) if each[0] != "texts"]
    assert [each for each in told if each[1] == "wrong"] == []
    counts = Counter((kind, outcome) for kind, outcome, _ in told)
    for kind in ("grades", "keys", "names"):
        assert counts[kind, "flagged"] == 0
        assert counts[kind, "exact"] >= 2
    assert counts["numbers", "flagged"] <= 2


def test_a_scan_of_cards_accuses_nobody(printed: Dataset, read: Dataset) -> None:
    assert accusations(printed, read) == []


@pytest.fixture(scope="module")
def colours(folder: Path) -> Any:
    """A page in grey: black on white, black on a mid tone, white on a dark one, a drawn line."""
    path = folder / "colours.pdf"
    canvas = Canvas(str(path), pagesize=(200, 100))
    for at, (ground, ink) in enumerate(((1.0, 0.0), (0.6, 0.0), (0.3, 1.0))):
        canvas.setFillGray(ground)
        canvas.rect(20, 70 - 22 * at, 160, 12, stroke=0, fill=1)
        canvas.setFillGray(ink)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(30, 73 - 22 * at, "Rezagado 12")
    canvas.line(20, 8, 70, 12)
    canvas.save()
    with open_pdf(path) as pdf:
        grey = render(pdf, 1, DPI).astype(np.float64)
    grey += np.random.default_rng(1).normal(0, 5, grey.shape) - 10
    return np.clip(grey, 0, 255).astype(np.uint8)


def test_ink_is_found_on_ground_of_any_colour_and_drawings_are_none(colours: Any) -> None:
    light = light_ink(colours, DPI)
    assert light is not None
    found = [
        piece.rect
        for flat, is_light in ((dark_ink(colours, DPI), False), (light, True))
        for piece in find_pieces(flat, DPI)
        if piece.rect.width > 30 and is_ink(colours, DPI, piece.rect, light=is_light)
    ]
    assert [round(rect.x0) for rect in found] == [31, 31, 31]
    assert sorted(round(rect.middle / 22) for rect in found) == [1, 2, 3]


def test_a_page_without_coloured_ground_has_no_light_ink(colours: Any) -> None:
    assert light_ink(np.full_like(colours, 240), DPI) is None
    upper = colours[: round(32 * DPI / 72)]
    assert light_ink(upper, DPI) is None


def test_noise_on_dark_ground_is_no_ink_and_a_light_rule_on_it_is_one() -> None:
    noise = np.random.default_rng(2).normal(0, 9, (80, 400))
    ground = np.full((80, 400), 240.0)
    ground[10:70] = 32
    ground[10:70, 200:202] = 60
    grey = np.clip(ground + noise, 0, 255).astype(np.uint8)
    assert np.mean(dark_ink(grey, DPI)[16:64] < 150) < 0.001
    unit = 72 / DPI
    assert is_light_rule(grey, DPI, Rect._make(x * unit for x in (200, 10, 202, 70)))
    assert not is_light_rule(grey, DPI, Rect._make(x * unit for x in (100, 10, 102, 70)))


def test_no_piece_goes_over_an_upright_rule(colours: Any) -> None:
    middle = 30 + stringWidth("Rezagado ", "Helvetica", 8) - 1
    rule = Rect(middle - 0.3, 10, middle + 0.3, 40)
    (left, right) = [
        piece.rect
        for piece in find_pieces(dark_ink(colours, DPI), DPI, [rule])
        if piece.rect.middle < 35 and piece.rect.width > 5
    ]
    assert max(left.x0, right.x0) >= rule.x1 - 1 and min(left.x1, right.x1) <= rule.x0 + 1


def cell_of(text: str, *, agreed: bool) -> Cell:
    """A cell as its picture was read, each sign a point wide, spaces too."""
    words, x = [], 0.0
    for order, part in enumerate(text.split()):
        chars = [
            Char(sign, Rect(x + at, 0, x + at + 1, 7), order, "") for at, sign in enumerate(part)
        ]
        words.append(Word(tuple(chars)))
        x += len(part) + 1
    page = cast(Page, None)
    return Cell(page, Rect(0, 0, x, 7), [tuple(words)], agreed=agreed)


def said(cell: Cell) -> str:
    return " ".join(word.text for line in cell.lines for word in line)


@pytest.mark.parametrize(
    ("read", "agreed", "settled"),
    [
        ("Retrocesc", False, "Retroceso"),
        ("MUY REZAGADQ", False, "MUY REZAGADO"),
        ("Reporte de metas es O", True, "Reporte de metas es 0"),
        ("Sin ínformacion.", False, "Sin ínformacion."),  # the same, for comparing
        ("lnsuficiente", True, "Insuficiente"),
        ("Retrocesos", True, "Retrocesos"),  # printed so
        ("ancanzado", False, "ancanzado"),  # alcanzado or avanzado
        ("Coordinacíon de Gestión", False, "Coordinacíon de Gestión"),
        ("xyz", False, "xyz"),
    ],
)
def test_a_grade_that_is_all_but_read_is_that_grade_and_doubted(
    read: str, agreed: bool, settled: str
) -> None:
    cell = cell_of(read, agreed=agreed)
    settle(cell)
    assert said(cell) == settled
    assert cell.agreed is (agreed and read == settled)


def piece_of(end: float, *gaps: tuple[float, float]) -> Piece:
    none = np.zeros((1, 1), np.uint8)
    return Piece(Rect(0, 0, end, 5), none, Rect(0, 0, end, 5), gaps)


@pytest.mark.parametrize(
    ("read", "gaps", "end", "parted", "agreed"),
    [
        ("961%", [(3.0, 5.5), (8.5, 8.8), (11.5, 11.7)], 16.5, "9 61%", True),
        ("961%", [(3.0, 5.5), (11.5, 11.7)], 16.5, "9 61%", False),
        ("9 61%", [(3.0, 5.5), (8.5, 8.8), (11.5, 11.7)], 16.5, "9 61%", True),
        ("9 61%", [(3.0, 5.5), (8.5, 8.8), (11.5, 11.7), (13.0, 13.2)], 16.5, "9 61%", True),
        ("1 2,3", [(3.0, 3.4), (6.4, 6.6), (8.0, 8.3)], 11.3, "12,3", True),
        ("15 60%", [(3.0, 3.4)], 18.0, "15 60%", False),  # marks that touch
        ("15 60%", [(3.0, 3.4), (9.4, 9.6), (12.6, 13.0)], 18.0, "1560%", False),
        ("20 17", [(3.0, 3.4), (6.4, 7.7), (10.7, 11.0)], 14.0, "20 17", True),  # narrow
        ("2017", [(3.0, 3.4), (6.4, 7.7), (10.7, 11.0)], 14.0, "2017", True),  # beside a one
        ("Meta 12", [(1.0, 4.0), (5.0, 9.0)], 20.0, "Meta 12", True),
    ],
)
def test_the_gaps_of_the_ink_tell_where_numbers_are_parted(
    read: str, gaps: list[tuple[float, float]], end: float, parted: str, agreed: bool
) -> None:
    cell = cell_of(read, agreed=True)
    part_by_gaps(cell, piece_of(end, *gaps))
    assert said(cell) == parted
    assert cell.agreed is agreed


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, dict[str, Piece], Type]:
    """A coarse page of keys before names, its pieces by what they say, and its type."""
    path = tmp_path_factory.mktemp("lines") / "keys.pdf"
    texts = ["1.3 Camas", "2.1 Altas", "3 Camas", "13 Altas"]
    texts += [f"{at % 10}.{other % 10}" for at in range(10, 50) for other in (3, 7 * at)]
    canvas = Canvas(str(path), pagesize=(120, 12 * len(texts)))
    canvas.setFont("Helvetica", 8)
    for at, text in enumerate(texts):
        canvas.drawString(30, 12 * at + 4, text)
    canvas.save()
    scanned = scan(path, path.with_name("s.pdf"), dpi=150, seed=4, skew=0.0)
    with open_pdf(scanned) as pdf:
        grey = render(pdf, 1, 150)
        page = read_page(pdf, 1)
    found = sorted(find_pieces(dark_ink(grey, 150), 150), key=lambda piece: -piece.rect.top)
    assert len(found) == len(texts)
    kind = Type()
    for text, piece in zip(texts, found, strict=True):
        if is_number(text):
            kind.learn(text, signs_of(cleaned(piece.picture, 150), 150), object())
    return page, dict(zip(texts, found, strict=True)), kind


@pytest.mark.parametrize(
    ("printed", "read", "layer", "held", "agreed"),
    [
        ("1.3 Camas", "13 Camas", "", "1.3 Camas", False),
        ("1.3 Camas", "13 Camas", "1.3Camas", "1.3 Camas", True),
        ("1.3 Camas", "1.3 Camas", "", "1.3 Camas", True),
        ("13 Altas", "13 Altas", "", "13 Altas", True),
        ("13 Altas", "33 Altas", "", "33 Altas", False),
        ("3 Camas", "3 Camas", "", "3 Camas", True),
    ],
)
def test_the_ink_of_a_key_before_a_name_has_its_point(
    lines: tuple[Page, dict[str, Piece], Type],
    printed: str,
    read: str,
    layer: str,
    held: str,
    agreed: bool,
) -> None:
    page, pieces, kind = lines
    piece = pieces[printed]
    gap = max(piece.gaps, key=lambda gap: gap[1] - gap[0])
    boxes = (piece.rect._replace(x1=gap[0]), piece.rect._replace(x0=gap[1]))
    words = [
        Word(tuple(Char(sign, page.displayed.into(page.reading, box), 0, "") for sign in part))
        for part, box in zip(read.split(), boxes, strict=True)
    ]
    cell = Cell(page, piece.rect, [tuple(words)], agreed=True)
    hold_numbers(cell, piece, layer, 150, kind)
    assert (said(cell), cell.agreed) == (held, agreed)
