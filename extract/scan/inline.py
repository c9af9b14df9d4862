"""Numbers within lines of text, held against their own ink: keys, years, shares.

A line is read as a whole, and its words bear each other out; its numbers do not. ``13`` before a
name is ``1.3`` where its ink has a point.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.geometry import Rect
from extract.grid import Cell
from extract.runs import Char
from extract.scan.glyphs import UNSURE, Type, signs_of
from extract.scan.ink import cleaned, is_number
from extract.scan.lines import Piece
from extract.scan.mended import mended
from extract.scan.spaces import CAPITAL, SPACE
from extract.scan.verdict import borne_out
from extract.words import Word

if TYPE_CHECKING:
    from extract.scan.image import Grey

OFF = 0.5
"""Heights of a piece by which a word's box and its ink may differ at either end."""


def hold_numbers(cell: Cell, piece: Piece, layer: str, dpi: float, kind: Type) -> None:
    """Put points and commas that the ink has into the numbers of a line of text; numbers that the
    ink refutes, and those that only the ink has so, leave the cell in doubt."""
    if len(cell.lines) != 1 or len(cell.lines[0]) < 2:
        return
    spans = _spans(piece)
    picture: Grey | None = None
    words: list[Word] = []
    for word in cell.lines[0]:
        words.append(word)
        if not is_number(word.text) or len(word.text) < 2 or not word.text[-1].isalnum():
            continue
        place = cell.page.reading.into(cell.page.displayed, word.rect)
        near = [span for span in spans if place.x0 < sum(span) / 2 < place.x1]
        off = OFF * piece.rect.height
        if not near or abs(near[0][0] - place.x0) > off or abs(near[-1][1] - place.x1) > off:
            continue
        picture = cleaned(piece.picture, dpi) if picture is None else picture
        unit = dpi / 72
        left, right = (round((x - piece.place.x0) * unit) for x in (near[0][0], near[-1][1]))
        signs = signs_of(picture[:, max(left - 1, 0) : right + 1], dpi)
        number = mended(word.text, signs, kind, word)
        if number:
            words[-1] = _respelt(word, number)
            cell.agreed &= borne_out(layer, number)
            continue
        seen = kind.read(word.text, signs, word)
        if any(own not in (UNSURE, sign) for own, sign in zip(seen, word.text, strict=True)):
            cell.agreed = False
    cell.lines = [tuple(words)]


def _spans(piece: Piece) -> list[tuple[float, float]]:
    """Where the words of a piece begin and end, in points, as its wider gaps part them."""
    least = SPACE * piece.rect.height / CAPITAL
    wide = [gap for gap in piece.gaps if gap[1] - gap[0] >= least]
    ends = [piece.rect.x0, *(x for gap in wide for x in gap), piece.rect.x1]
    return list(pairwise(ends))[::2]


def _respelt(word: Word, text: str) -> Word:
    """A word in its box with other signs, each as wide as the others."""
    rect, first = word.rect, word.chars[0]
    step = rect.width / len(text)
    return Word(
        tuple(
            Char(
                sign,
                Rect(rect.x0 + at * step, rect.top, rect.x0 + (at + 1) * step, rect.bottom),
                first.order,
                "" if at else first.gap,
            )
            for at, sign in enumerate(text)
        )
    )
