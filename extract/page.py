"""One page: characters with boxes and ruled edges, in reading space, from pdfium's raw API."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from extract.geometry import Edge, Frame, Rect
from extract.pdf import Pdf, open_text
from extract.types import Box

THIN = 3.0
"""Points up to which the short side of a filled rectangle makes it a drawn line."""
SLANT = 1.0
"""Points by which the ends of a straight line may differ across its direction."""
CORNER = 16.0
"""Points up to which a curve is the rounded corner of a table; the circles of drawings are none."""
PALE = 250
"""Colour value from which red, green and blue together are white paper; light grey is a line."""
QUARTER = math.pi / 2
ASKEW = 0.06
"""Quarter turns (5 degrees) from which a character is no part of the running text."""
MAX_FORM_DEPTH = 8
"""How deep form XObjects are followed; real documents nest two or three."""

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
    """What is printed on a page: ``chars`` and ``edges`` in the space of ``reading``."""

    number: int
    chars: list[Char]
    edges: list[Edge]
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


def read_page(pdf: Pdf, number: int) -> Page:
    """Characters and ruled edges of a page (from 1).

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import pypdfium2.raw as pdfium

    with open_text(pdf, number) as (page, text):
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        turn = max(pdfium.FPDFPage_GetRotation(page), 0) % 4
        displayed = Frame(box.left, box.bottom, box.right, box.top, turn)
        reading = Frame(box.left, box.bottom, box.right, box.top, _text_turn(text, pdfium))
        return Page(
            number=number,
            chars=list(_chars(text, reading, pdfium)),
            edges=list(_edges(page, reading, pdfium)),
            reading=reading,
            displayed=displayed,
        )


def _text_turn(text: Any, pdfium: Any) -> int:
    """Quarter turns clockwise after which most of the text runs left to right."""
    count = pdfium.FPDFText_CountChars(text)
    turns: Counter[int] = Counter()
    for index in range(0, count, max(1, count // 200)):
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if angle >= 0 and not chr(pdfium.FPDFText_GetUnicode(text, index)).isspace():
            turns[-round(angle / QUARTER) % 4] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _chars(text: Any, frame: Frame, pdfium: Any) -> Iterator[Char]:
    """Visible characters in file order, boxes as high as the font (or the glyph, if turned)."""
    loose = pdfium.FS_RECTF()
    sides = [ctypes.c_double() for _ in range(4)]
    width, height = frame.size
    order, gap = 0, "\n"
    last = Rect(0.0, 0.0, 0.0, 0.0)
    for position in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, position)
        letter = chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
        if letter in _LINE_END_HYPHENS:
            letter = "-"
        if letter.isspace() or letter < " ":
            gap = gap or ("\n" if letter in "\r\n" else " ")
            continue
        if _is_slanted(pdfium.FPDFText_GetCharAngle(text, position)):
            continue
        found = pdfium.FPDFText_GetLooseCharBox(text, position, loose)
        ends = (loose.left, loose.bottom, loose.right, loose.top)
        loose_fails = not found or frame.turn or ends[0] >= ends[2] or ends[1] >= ends[3]
        if loose_fails and pdfium.FPDFText_GetCharBox(text, position, *sides):
            left, right, bottom, top = (side.value for side in sides)
            ends = (left, bottom, right, top)
        rect = frame.rect(*ends)
        if rect.width <= 0 and rect.height <= 0:
            rect = Rect(last.x1, last.top, last.x1, last.bottom)
        last = rect
        if 0 <= (rect.x0 + rect.x1) / 2 <= width and 0 <= (rect.top + rect.bottom) / 2 <= height:
            yield Char(letter, rect, order, gap)
        order, gap = order + 1, ""


def _is_slanted(angle: float) -> bool:
    """Whether a character stands askew, as those of a watermark across the page do."""
    turns = angle / QUARTER
    return abs(turns - round(turns)) > ASKEW


Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _matrix(thing: Any, pdfium: Any) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, raw):
        return _IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _edges(page: Any, frame: Frame, pdfium: Any) -> Iterator[Edge]:
    for position in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, position)
        yield from _object_edges(thing, _IDENTITY, frame, pdfium, 0)


def _object_edges(
    thing: Any, outer: Matrix, frame: Frame, pdfium: Any, depth: int
) -> Iterator[Edge]:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        stroked, filled = _painted(thing, pdfium)
        if stroked or filled:
            matrix = _times(_matrix(thing, pdfium), outer)
            for points in _subpaths(thing, matrix, frame, pdfium):
                yield from _outline_edges(points, stroked)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        matrix = _times(_matrix(thing, pdfium), outer)
        for position in range(pdfium.FPDFFormObj_CountObjects(thing)):
            inner = pdfium.FPDFFormObj_GetObject(thing, position)
            yield from _object_edges(inner, matrix, frame, pdfium, depth + 1)


def _painted(thing: Any, pdfium: Any) -> tuple[bool, bool]:
    """Whether a path is visibly stroked and visibly filled; white and transparent are not."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(thing, fill, stroke):
        return False, False
    return (
        bool(stroke.value) and _visible(thing, pdfium.FPDFPageObj_GetStrokeColor),
        bool(fill.value) and _visible(thing, pdfium.FPDFPageObj_GetFillColor),
    )


def _visible(thing: Any, colour_of: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(thing, red, green, blue, alpha):
        return True  # a pattern or an unknown colour space is paint all the same
    return alpha.value > 0 and min(red.value, green.value, blue.value) < PALE


def _subpaths(
    thing: Any, matrix: Matrix, frame: Frame, pdfium: Any
) -> Iterator[list[Point]]:
    """The straight runs of a path as points in reading space; a curve ends a run, but the rounded
    corner of a table is taken for a corner."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    curve: list[Point] = []
    for position in range(pdfium.FPDFPath_CountSegments(thing)):
        segment = pdfium.FPDFPath_GetPathSegment(thing, position)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(
            a * x.value + c * y.value + e,
            b * x.value + d * y.value + f,
        )
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curve.append(point)
            if len(curve) < 3:
                continue
            corner = _corner(points[-1], curve) if points else None
            curve = []
            if corner is not None:
                points.append(corner)
            else:
                if len(points) > 1:
                    yield points
                points = []
        elif kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = []
    if len(points) > 1:
        yield points


def _corner(start: Point, curve: Sequence[Point]) -> Point | None:
    """Where the sides meet that a small quarter of a circle joins; ``None`` for other curves."""
    (control_x, control_y), _, (x, y) = curve
    across, down = abs(x - start[0]), abs(y - start[1])
    if not SLANT < across <= CORNER or not SLANT < down <= CORNER:
        return None
    leaves_across = abs(control_x - start[0]) > abs(control_y - start[1])
    return (x, start[1]) if leaves_across else (start[0], y)


def _outline_edges(points: list[Point], stroked: bool) -> Iterator[Edge]:
    """Ruled edges of one outline: a thin shape is one line, any other gives its straight sides."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if len(points) > 2 and min(x1 - x0, bottom - top) <= THIN:
        if x1 - x0 >= bottom - top:
            yield Edge("h", (top + bottom) / 2, x0, x1)
        if bottom - top >= x1 - x0:
            yield Edge("v", (x0 + x1) / 2, top, bottom)
        return
    if not stroked and len(points) < 3:
        return  # a filled line has no area
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(ya - yb) <= SLANT < abs(xa - xb) or (ya == yb and xa != xb):
            yield Edge("h", (ya + yb) / 2, min(xa, xb), max(xa, xb))
        elif abs(xa - xb) <= SLANT < abs(ya - yb) or (xa == xb and ya != yb):
            yield Edge("v", (xa + xb) / 2, min(ya, yb), max(ya, yb))
