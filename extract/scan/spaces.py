"""White space in numbers: ``9 61%`` is no 961 %, and ``1, 6%`` no 1.6 %.

Tesseract sees words by their look, and joins or parts what stands in a narrow cell. The gaps
between the marks of a number tell where it is parted.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from extract.grid import Cell
from extract.scan.ink import RINGS, width_of
from extract.scan.lines import Piece
from extract.words import Word

SPACE, CLEAR = 0.15, 0.26
"""Gaps, in sizes of type: up to the first, two signs stand together, more than stands beside a 1;
from the second they are parted. Between, they are as Tesseract has them."""
CAPITAL = 0.72
"""Height of a digit in sizes of type."""
HIDING = 1.3
"""Width, in sizes of type, of signs that touch and may have a space among them."""
_SEPARATED = re.compile("[.,]")
_SIGNS = re.compile(r"[\d.,%()/*+-]+")


def part_by_gaps(cell: Cell, piece: Piece) -> None:
    """Part the words of a cell that holds numbers where its piece has gaps; where these cannot be
    told from each other, the cell is in doubt."""
    words = [word for line in cell.lines for word in line]
    text = "".join(word.text for word in words)
    if len(cell.lines) != 1 or len(text) < 2 or not _SIGNS.fullmatch(text):
        return
    size = piece.rect.height / CAPITAL
    read = set(accumulate(len(word.chars) for word in words[:-1]))
    marks = len(piece.gaps) + 1
    clear = len(text) <= marks <= len(text) + RINGS * text.count("%")
    places = _places(text, piece, SPACE * size)
    if not clear:  # a comma that has no mark of its own stands on either side of a gap
        places = [_beside(at, text, read) for at in places]
    cuts = {
        at
        for at, (start, end) in zip(places, piece.gaps, strict=True)
        if end - start >= (CLEAR if at not in read else SPACE) * size
        and (clear or at in read or not _SEPARATED.search(text[at - 1 : at + 1]))
    }
    if cuts == read or (len(cuts) == len(read) and not clear):
        return
    cell.agreed &= clear
    if len(cuts) < len(read) and not clear and _may_hide(piece, HIDING * size):
        return
    chars = [char for word in words for char in word.chars]
    ends = [0, *sorted(cuts), len(chars)]
    cell.lines = [tuple(Word(tuple(chars[start:end])) for start, end in pairwise(ends))]


def _may_hide(piece: Piece, least: float) -> bool:
    """Whether some mark of a piece is so wide that signs that touch may hide a space in it."""
    starts = [piece.rect.x0, *(end for _, end in piece.gaps)]
    ends = [*(start for start, _ in piece.gaps), piece.rect.x1]
    return any(end - start >= least for start, end in zip(starts, ends, strict=True))


def _beside(at: int, text: str, read: set[int]) -> int:
    """The place behind how many signs a gap is that Tesseract saw, where but a point or comma is
    between it and the place that the ink tells."""
    for other in (at - 1, at + 1):
        if at not in read and other in read and text[min(at, other)] in ".,":
            return other
    return at


def _places(text: str, piece: Piece, least: float) -> list[int]:
    """Behind how many signs of a number each gap most probably stands, as wide as signs are in
    common type; ``least``: width of a gap that may be white space. Only a percent sign makes more
    marks than one."""
    ends = list(accumulate(map(width_of, text)))
    white = [end - start if end - start >= least else 0.0 for start, end in piece.gaps]
    unit = (piece.rect.width - sum(white)) / ends[-1]
    if "%" not in text and len(piece.gaps) + 1 == len(text):
        return [*range(1, len(text))]
    found = []
    for at, (start, end) in enumerate(piece.gaps):
        middle = start if white[at] else (start + end) / 2
        before = (middle - piece.rect.x0 - sum(white[:at])) / unit
        behind = range(min(at + 1, len(text) - 1), len(text))
        found.append(min(behind, key=lambda sign: abs(ends[sign - 1] - before)))
    return found
