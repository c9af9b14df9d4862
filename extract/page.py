"""One page: characters with boxes and ruled edges, in reading space, from pdfium's raw API."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from extract.geometry import Edge, Frame, Rect
from extract.paths import read_paths
from extract.pdf import Pdf, open_text
from extract.types import Box

QUARTER = math.pi / 2
SAMPLE = 200
"""Characters of a page that are looked at for the direction and the size of its text."""
SMALL, USUAL, LARGE = 3.0, 5.0, 30.0
"""Points of a letter's longer side: below and above which a page's geometry is brought to a usual
size first, since lengths such as the gap between two cells are told in points of usual text."""
ASKEW = 0.06
"""Quarter turns (5 degrees) from which a character is no part of the running text."""

ABOVE, BELOW = 0.9, 0.22
"""How far type reaches above and below its baseline, in font sizes (as in common text fonts)."""

Sides = Sequence[Any]
Ends = tuple[float, float, float, float]

_LINE_END_HYPHENS = "\x02\ufffe"
"""What pdfium puts in the place of a hyphen at the end of a line."""


class Char(NamedTuple):
    """A visible character in reading space.

    ``order`` counts visible characters in file order; ``gap`` is the white space before it in that
    order: "" for none, a space, or a line break that no space precedes. (The boxes of spaces that
    pdfium supplies are not to be trusted.)
    """

    text: str
    rect: Rect
    order: int
    gap: str


@dataclass(frozen=True)
class Page:
    """What is printed on a page, in the space of ``reading``: characters, ruled edges, and areas
    (filled rectangles without a border)."""

    number: int
    chars: list[Char]
    edges: list[Edge]
    areas: list[Rect]
    reading: Frame
    displayed: Frame

    def box(self, rect: Rect) -> Box:
        """A rectangle of reading space as the box on the displayed page."""
        shown = self.reading.into(self.displayed, rect)
        width, height = self.displayed.size
        return Box(
            self.number,
            round(max(shown.x0, 0.0), 3),
            round(max(shown.top, 0.0), 3),
            round(min(shown.x1, width), 3),
            round(min(shown.bottom, height), 3),
        )


def read_page(pdf: Pdf, number: int, scale: float | None = None) -> Page:
    """Characters and ruled edges of a page (from 1).

    ``scale`` brings text to usual size; where pages are to be compared, that of the first goes for
    all.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import pypdfium2.raw as pdfium

    with open_text(pdf, number) as (page, text):
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        sides = (box.left, box.bottom, box.right, box.top)
        displayed = Frame(*sides, max(pdfium.FPDFPage_GetRotation(page), 0) % 4)
        turn, own_scale = _turn_and_scale(text, pdfium)
        reading = Frame(*sides, turn, scale or own_scale)
        edges, areas = read_paths(page, reading)
        return Page(
            number=number,
            chars=list(_chars(text, reading, pdfium)),
            edges=edges,
            areas=areas,
            reading=reading,
            displayed=displayed,
        )


def _turn_and_scale(text: Any, pdfium: Any) -> tuple[int, float]:
    """Quarter turns clockwise after which most of the text runs left to right, and by how much to
    enlarge it to common size: two pages printed on one sheet are small, plans may be huge."""
    count = pdfium.FPDFText_CountChars(text)
    sides = [ctypes.c_double() for _ in range(4)]
    turns: Counter[int] = Counter()
    sizes: list[float] = []
    for index in range(0, count, max(1, count // SAMPLE)):
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if angle < 0 or chr(pdfium.FPDFText_GetUnicode(text, index)).isspace():
            continue
        turns[-round(angle / QUARTER) % 4] += 1
        left, bottom, right, top = _glyph_box(text, index, sides, pdfium)
        sizes.append(max(right - left, top - bottom))
    if not turns:
        return 0, 1.0
    return turns.most_common(1)[0][0], _scale(median(sizes))


def _scale(size: float) -> float:
    return 1.0 if size <= 0 or SMALL < size < LARGE else USUAL / size


def _chars(text: Any, frame: Frame, pdfium: Any) -> Iterator[Char]:
    """Visible characters in file order, boxes as high as the font (or the glyph, if turned)."""
    unicode_of, angle_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharAngle
    loose_box_of = pdfium.FPDFText_GetLooseCharBox
    loose = pdfium.FS_RECTF()
    sides = [ctypes.c_double() for _ in range(4)]
    width, height = frame.size
    order, gap = 0, "\n"
    last = Rect(0.0, 0.0, 0.0, 0.0)
    for position in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, position)
        letter = chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
        if letter in _LINE_END_HYPHENS:
            letter = "-"
        if letter.isspace() or letter < " ":
            gap = gap or ("\n" if letter in "\r\n" else " ")
            continue
        angle = angle_of(text, position)
        if angle and _is_slanted(angle):
            continue
        if frame.turn:
            rect = _turned_box(text, position, frame, sides, pdfium)
        else:
            found = loose_box_of(text, position, loose)
            ends = (loose.left, loose.bottom, loose.right, loose.top)
            if not found or ends[0] >= ends[2] or ends[1] >= ends[3]:
                ends = _glyph_box(text, position, sides, pdfium)
            rect = frame.rect(*ends)
        if rect.width <= 0 and rect.height <= 0:
            rect = Rect(last.x1, last.top, last.x1, last.bottom)
        last = rect
        if 0 <= (rect.x0 + rect.x1) / 2 <= width and 0 <= (rect.top + rect.bottom) / 2 <= height:
            yield Char(letter, rect, order, gap)
        order, gap = order + 1, ""


def _glyph_box(text: Any, position: int, sides: Sides, pdfium: Any) -> Ends:
    """Left, bottom, right and top of a character's ink, in user space."""
    pdfium.FPDFText_GetCharBox(text, position, *sides)
    left, right, bottom, top = (side.value for side in sides)
    return left, bottom, right, top


def _turned_box(text: Any, position: int, frame: Frame, sides: Sides, pdfium: Any) -> Rect:
    """The box of a character of turned text, for which pdfium has no box as high as the font:
    as wide as its ink, as high as type is above and below the baseline."""
    ink = frame.rect(*_glyph_box(text, position, sides, pdfium))
    x, y, matrix = sides[0], sides[1], pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetCharOrigin(text, position, x, y):
        return ink
    _, baseline = frame.point(x.value, y.value)
    size = pdfium.FPDFText_GetFontSize(text, position) * frame.scale
    if pdfium.FPDFText_GetMatrix(text, position, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return Rect(
        ink.x0,
        min(ink.top, baseline - ABOVE * size),
        ink.x1,
        max(ink.bottom, baseline + BELOW * size),
    )


def _is_slanted(angle: float) -> bool:
    """Whether a character stands askew, as those of a watermark across the page do."""
    turns = angle / QUARTER
    return abs(turns - round(turns)) > ASKEW
