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
from extract.page import Page
from extract.pdf import open_pdf
from extract.runs import Char
from extract.scan.closed import settle
from extract.scan.ground import dark_ink, is_ink, light_ink
from extract.scan.image import render
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


def piece_of(*gaps: tuple[float, float]) -> Piece:
    none = np.zeros((1, 1), np.uint8)
    return Piece(Rect(0, 0, 20, 5), none, Rect(0, 0, 20, 5), gaps)


@pytest.mark.parametrize(
    ("read", "gaps", "parted", "agreed"),
    [
        ("961%", [(1.0, 3.5), (4.0, 4.3), (5.0, 5.2)], "9 61%", False),
        ("9 61%", [(1.0, 3.5), (4.0, 4.3), (5.0, 5.2)], "9 61%", True),
        ("1 2,3", [(1.0, 1.4), (2.0, 2.2), (3.0, 3.2)], "12,3", False),
        ("15 60%", [(1.0, 1.4)], "15 60%", False),  # marks that touch
        ("Meta 12", [(1.0, 4.0), (5.0, 9.0)], "Meta 12", True),
    ],
)
def test_the_gaps_of_the_ink_tell_where_numbers_are_parted(
    read: str, gaps: list[tuple[float, float]], parted: str, agreed: bool
) -> None:
    cell = cell_of(read, agreed=True)
    part_by_gaps(cell, piece_of(*gaps), 1.0)
    assert said(cell) == parted
    assert cell.agreed is agreed
