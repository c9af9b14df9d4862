"""The drawn lines of a page: ruled edges and filled areas, from pdfium's path objects.

A line may be a stroke, a thin filled rectangle, a row of dots, or the side of a drawn rectangle. An
area is a filled rectangle without a border: the ground of a cell, of words, or of a whole table.
Beside them, what tells the text that nobody sees: the render mode and colour of the text objects,
and the grounds (pictures and fills) on which white text shows.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise, repeat
from typing import Any

from extract.calls import Buffer, unchecked
from extract.geometry import Edge, Frame, Rect

THIN = 3.0
"""Points up to which the short side of a filled rectangle makes it a drawn line."""
SLANT = 1.0
"""Points by which the ends of a straight line may differ across its direction."""
CORNER = 16.0
"""Points up to which a curve is the rounded corner of a table; the circles of drawings are none."""
PALE = 250
"""Colour value from which red, green and blue together are white paper; light grey is a line."""
AT_ONCE = 16
"""Segments of a path that are asked for together; those of a rectangle are five."""
TEXTS_AT_ONCE = 128
"""Text objects that are asked for together: a few white ones are looked for among so many."""
MAX_FORM_DEPTH = 8
"""How deep form XObjects are followed; real documents nest two or three."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


_RUN = [2, *repeat(0, AT_ONCE - 1)]
"""What pdfium calls the segments of a straight run: one to move, the others to draw."""
_MATRICES = Buffer(ctypes.c_float, 6 * TEXTS_AT_ONCE)
_COLOURS = Buffer(ctypes.c_uint, 4 * TEXTS_AT_ONCE)
_INVISIBLE_MODES = frozenset((3, 7))
"""Text render modes that put no ink on the page (ISO 32000-2, table 104): neither filled nor
stroked, and used for clipping alone."""


class Paint(IntEnum):
    """What a thing is painted with: nothing that shows, the white of the paper, or a colour."""

    NONE = 0
    WHITE = 1
    COLOUR = 2


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page, in reading space.

    ``invisible`` and ``white`` are the addresses of
    text objects without ink, and of those in white; ``grounds`` is all that such a text may stand
    on, ``images`` the pictures among it. ``tilted``: some text does not stand upright.
    """

    edges: list[Edge] = field(default_factory=list)
    areas: list[Rect] = field(default_factory=list)
    grounds: list[Rect] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)
    tilted: bool = False
    invisible: set[int] = field(default_factory=set)
    white: set[int] = field(default_factory=set)


def read_paths(page: Any, frame: Frame) -> Drawn:
    """What is drawn on pdfium's page, in the space of ``frame``."""
    reading = _Reading(frame)
    reading.read_page(page)
    return reading.drawn


class _Reading:
    """One pass over a page's objects; pdfium's answers go into the same few buffers each time."""

    def __init__(self, frame: Frame) -> None:
        import pypdfium2.raw as pdfium

        self.drawn = Drawn()
        self._frame = frame
        self._pdfium = pdfium
        self._type_of = unchecked(pdfium.FPDFPageObj_GetType)
        self._matrix_of = unchecked(pdfium.FPDFPageObj_GetMatrix)
        self._bounds_of = unchecked(pdfium.FPDFPageObj_GetBounds)
        self._mode_of = unchecked(pdfium.FPDFTextObj_GetTextRenderMode)
        self._draw_mode_of = unchecked(pdfium.FPDFPath_GetDrawMode)
        self._fill_of = unchecked(pdfium.FPDFPageObj_GetFillColor)
        self._stroke_of = unchecked(pdfium.FPDFPageObj_GetStrokeColor)
        self._count_of = unchecked(pdfium.FPDFPath_CountSegments)
        self._segment_of = unchecked(pdfium.FPDFPath_GetPathSegment)
        self._kind_of = unchecked(pdfium.FPDFPathSegment_GetType)
        self._closes = unchecked(pdfium.FPDFPathSegment_GetClose)
        self._point_of = unchecked(pdfium.FPDFPathSegment_GetPoint)
        self._modes = Buffer(ctypes.c_int, 2)
        self._colour = Buffer(ctypes.c_uint, 4)
        self._bounds = Buffer(ctypes.c_float, 4)
        self._points = Buffer(ctypes.c_float, 2 * AT_ONCE)
        self._xs, self._ys = self._points.parts[::2], self._points.parts[1::2]
        self._matrix = Buffer(ctypes.c_float, 6)

    def read_page(self, page: Any) -> None:
        pdfium = self._pdfium
        object_at, count = unchecked(pdfium.FPDFPage_GetObject), pdfium.FPDFPage_CountObjects(page)
        self._objects(list(map(object_at, repeat(page), range(count))), _IDENTITY, 0)

    def _objects(self, things: Sequence[Any], outer: Matrix, depth: int) -> None:
        """Read the objects of a page or of a form, the texts among them at once: some producers
        make one of every letter."""
        pdfium = self._pdfium
        kinds = list(map(self._type_of, things))
        texts = [
            t for t, kind in zip(things, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_TEXT
        ]
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            self._texts(texts[start : start + TEXTS_AT_ONCE])
        for thing, kind in zip(things, kinds, strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(thing, outer, depth)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                self._picture(thing, outer, kind == pdfium.FPDF_PAGEOBJ_IMAGE)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                matrix = _times(self._own_matrix(thing), outer)
                self.drawn.tilted |= _is_tilted(matrix)
                parts = range(pdfium.FPDFFormObj_CountObjects(thing))
                inner = map(unchecked(pdfium.FPDFFormObj_GetObject), repeat(thing), parts)
                self._objects(list(inner), matrix, depth + 1)

    def _own_matrix(self, thing: Any) -> Matrix:
        if not self._matrix_of(thing, self._matrix.whole):
            return _IDENTITY
        a, b, c, d, e, f = self._matrix.values
        return a, b, c, d, e, f

    def _texts(self, things: Sequence[Any]) -> None:
        """Note text objects that show nothing, that are white, or that stand askew."""
        self.drawn.tilted = self.drawn.tilted or self._are_tilted(things)
        if self._are_seen(things):
            return
        for thing in things:
            if self._mode_of(thing) in _INVISIBLE_MODES:
                self.drawn.invisible.add(ctypes.addressof(thing.contents))
            elif self._paint(thing, self._fill_of) < Paint.COLOUR:
                self.drawn.white.add(ctypes.addressof(thing.contents))

    def _are_tilted(self, texts: Sequence[Any]) -> bool:
        """Whether any of some text objects does not stand upright."""
        if not all(map(self._matrix_of, texts, _MATRICES.parts[::6])):
            return any(_is_tilted(self._own_matrix(text)) for text in texts)
        values = _MATRICES.values[: 6 * len(texts)].tolist()
        a, b, c, d = (values[at::6] for at in range(4))
        return any(b) or any(c) or min(a) < 0 or min(d) < 0

    def _are_seen(self, texts: Sequence[Any]) -> bool:
        """Whether all of some text objects surely put ink on the page that is not white."""
        if not _INVISIBLE_MODES.isdisjoint(map(self._mode_of, texts)):
            return False
        if not all(map(self._fill_of, texts, *(_COLOURS.parts[at::4] for at in range(4)))):
            return False
        values = _COLOURS.values[: 4 * len(texts)].tolist()
        return max(values[::4]) < PALE and min(values[3::4]) > 0

    def _picture(self, thing: Any, outer: Matrix, is_image: bool) -> None:
        if not self._bounds_of(thing, *self._bounds.parts):
            return
        left, bottom, right, top = self._bounds.values
        a, b, c, d, e, f = outer
        corners = [
            (a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)
        ]
        xs, ys = zip(*(self._frame.point(*corner) for corner in corners), strict=True)
        rect = Rect(min(xs), min(ys), max(xs), max(ys))
        self.drawn.grounds.append(rect)
        if is_image:
            self.drawn.images.append(rect)

    def _path(self, thing: Any, outer: Matrix, depth: int) -> None:
        stroke, fill = self._paints(thing)
        if max(stroke, fill) is not Paint.COLOUR:
            return  # nothing that shows: the white ground of a page, of a cell, white rules
        if depth == 0 and self._bounds_of(thing, *self._bounds.parts):
            rect = self._frame.rect(*self._bounds.values)
            if min(rect.width, rect.height) <= THIN:
                self._line(rect)  # whatever its outline; of dots there may be thousands
                return
        own = self._own_matrix(thing)
        matrix = _times(own, outer) if depth else own
        straight = self._straight(thing, matrix)
        for points in [straight] if straight else self._outlines(thing, matrix):
            self._outline(points, stroke is Paint.COLOUR, fill is Paint.COLOUR)

    def _paints(self, thing: Any) -> tuple[Paint, Paint]:
        """With what a path is stroked and with what it is filled."""
        if not self._draw_mode_of(thing, *self._modes.parts):
            return Paint.NONE, Paint.NONE
        fill, stroke = self._modes.values
        return (
            self._paint(thing, self._stroke_of) if stroke else Paint.NONE,
            self._paint(thing, self._fill_of) if fill else Paint.NONE,
        )

    def _paint(self, thing: Any, colour_of: Any) -> Paint:
        if not colour_of(thing, *self._colour.parts):
            return Paint.COLOUR  # a pattern or an unknown colour space is paint all the same
        red, green, blue, alpha = self._colour.values
        if not alpha:
            return Paint.NONE
        return Paint.COLOUR if min(red, green, blue) < PALE else Paint.WHITE

    def _straight(self, thing: Any, matrix: Matrix) -> list[Point] | None:
        """The points of a path that is one straight run of a few segments, as rectangles are: what
        :meth:`_outlines` says of it, in half the time. ``None`` for others."""
        count = self._count_of(thing)
        if not 0 < count <= AT_ONCE:
            return None
        segments = list(map(self._segment_of, repeat(thing), range(count)))
        closes = list(map(self._closes, segments))
        if list(map(self._kind_of, segments)) != _RUN[:count] or any(closes[:-1]):
            return None
        ends = self._ends(segments, matrix)
        return [*ends, ends[0]] if closes[-1] else ends

    def _ends(self, segments: Sequence[Any], matrix: Matrix) -> list[Point]:
        """The ends of some segments in reading space."""
        a, b, c, d, e, f = matrix
        frame = self._frame
        deque(map(self._point_of, segments, self._xs, self._ys), maxlen=0)
        values = self._points.values[: 2 * len(segments)].tolist()
        ends = zip(values[::2], values[1::2], strict=True)
        if frame.turn:
            return [frame.point(a * x + c * y + e, b * x + d * y + f) for x, y in ends]
        left, top, scale = frame.left, frame.top, frame.scale  # without a call for each
        return [
            ((a * x + c * y + e - left) * scale, (top - (b * x + d * y + f)) * scale)
            for x, y in ends
        ]

    def _outlines(self, thing: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """The straight runs of a path as points in reading space; a curve ends a run, but the
        rounded corner of a table is taken for a corner."""
        pdfium = self._pdfium
        points: list[Point] = []
        curve: list[Point] = []
        for kind, point, closes in self._segments(thing, matrix):
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                curve.append(point)
                if len(curve) < 3:
                    continue
                corner = _corner(points[-1], curve) if points else None
                curve = []
                if corner is not None:
                    points.append(corner)
                else:
                    yield points
                    points = []
            elif kind != pdfium.FPDF_SEGMENT_LINETO:
                if points:
                    yield points
                points = []
            points.append(point)
            if closes:
                yield [*points, points[0]]
                points = []
        if points:
            yield points

    def _segments(self, thing: Any, matrix: Matrix) -> Iterator[tuple[int, Point, int]]:
        """The segments of a path: their kind, their end in reading space, whether they close it.
        (Asked for several at once: a page has thousands, four calls each.)"""
        count = self._count_of(thing)
        for start in range(0, count, AT_ONCE):
            positions = range(start, min(start + AT_ONCE, count))
            segments = list(map(self._segment_of, repeat(thing), positions))
            kinds, closes = map(self._kind_of, segments), map(self._closes, segments)
            yield from zip(kinds, self._ends(segments, matrix), closes, strict=True)

    def _outline(self, points: Sequence[Point], stroked: bool, filled: bool) -> None:
        """What one outline rules: a thin shape is one line, a filled rectangle an area, any other
        shape gives its straight sides."""
        if len(points) < 2:
            return
        xs, ys = zip(*points, strict=True)
        x0, top, x1, bottom = rect = Rect(min(xs), min(ys), max(xs), max(ys))
        if len(points) > 2 and (x1 - x0 <= THIN or bottom - top <= THIN):
            self._line(rect)
            return
        if filled:
            self.drawn.grounds.append(rect)
        if stroked:
            self.drawn.edges.extend(_sides(points))
        elif _is_rectangle(points):
            self.drawn.areas.append(rect)  # as most are: what follows says the same
        elif len(points) > 2:
            sides = list(_sides(points))
            if sum(side.end - side.start for side in sides) > 1.9 * (rect.width + rect.height):
                self.drawn.areas.append(rect)
            else:
                self.drawn.edges.extend(sides)

    def _line(self, rect: Rect) -> None:
        x0, top, x1, bottom = rect
        if rect.width >= rect.height:
            self.drawn.edges.append(Edge("h", (top + bottom) / 2, x0, x1))
        if rect.height >= rect.width:
            self.drawn.edges.append(Edge("v", (x0 + x1) / 2, top, bottom))


def area_edges(area: Rect) -> list[Edge]:
    """The sides of an area as ruled edges."""
    x0, top, x1, bottom = area
    return [
        Edge("h", top, x0, x1),
        Edge("h", bottom, x0, x1),
        Edge("v", x0, top, bottom),
        Edge("v", x1, top, bottom),
    ]


def _is_rectangle(points: Sequence[Point]) -> bool:
    """Whether a closed outline is an upright rectangle, to the last digit. (Some go back to their
    first corner and are closed as well.)"""
    if len(points) not in (5, 6) or not points[0] == points[4] == points[-1]:
        return False
    (xa, ya), (xb, yb), (xc, yc), (xd, yd) = points[:4]
    return (xa == xb and yb == yc and xc == xd and yd == ya) or (
        ya == yb and xb == xc and yc == yd and xd == xa
    )


def _is_tilted(matrix: Matrix) -> bool:
    a, b, c, d, _, _ = matrix
    return b != 0 or c != 0 or a < 0 or d < 0


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


def _corner(start: Point, curve: Sequence[Point]) -> Point | None:
    """Where the sides meet that a small quarter of a circle joins; ``None`` for other curves."""
    (control_x, control_y), _, (x, y) = curve
    across, down = abs(x - start[0]), abs(y - start[1])
    if not SLANT < across <= CORNER or not SLANT < down <= CORNER:
        return None
    leaves_across = abs(control_x - start[0]) > abs(control_y - start[1])
    return (x, start[1]) if leaves_across else (start[0], y)


def _sides(points: Sequence[Point]) -> Iterator[Edge]:
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(ya - yb) <= SLANT < abs(xa - xb) or (ya == yb and xa != xb):
            yield Edge("h", (ya + yb) / 2, min(xa, xb), max(xa, xb))
        elif abs(xa - xb) <= SLANT < abs(ya - yb) or (xa == xb and ya != yb):
            yield Edge("v", (xa + xb) / 2, min(ya, yb), max(ya, yb))
