"""Scanned pages whose texts stand freely, in cells and beside drawings: each piece of a line is
read by itself, twice, and held against the layer and its own ink as a ficha's cells are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from extract.characters import ABOVE, BELOW
from extract.geometry import Edge, Rect, join_edges, overlap
from extract.grid import Cell
from extract.page import Page
from extract.pdf import Pdf
from extract.runs import Char, runs_of
from extract.scan.closed import settle
from extract.scan.ground import dark_ink, is_ink, is_light_rule, light_ink
from extract.scan.image import render
from extract.scan.inline import hold_numbers
from extract.scan.lines import Piece, find_pieces
from extract.scan.reading import CellReading, Scans
from extract.scan.rules import find_rules
from extract.scan.spaces import part_by_gaps

if TYPE_CHECKING:
    from extract.scan.image import Grey

UPRIGHT = 30.0
"""Points of an upright rule that stands alone: more than any letter's height."""
MEETING = 3.0
"""Points within which two rules meet."""
GAP = 30.0
"""Points of a gap that noise makes in a rule at most."""
WITHIN = 0.8
"""Part of a piece's width and height that is within another one."""
HALO = 0.2
"""Part of a light piece's height that is within a dark one, where it is its halo: lines of two inks
stand on grounds of their own, and do not meet."""
CAPITAL, SMALL, DEPTH = 0.72, 0.53, 0.21
"""How far capitals and small letters stand above the line, and how far some hang below it, in
sizes of common type."""
ALIKE = 0.09
"""Part by which the type of two pieces of one size may seem to differ."""
_HANGING = frozenset("gjpqyçQ,;()[]/|¿¡")
_LOW = frozenset("acemnorsuvwxzgpqyñ.,:;-–_")


@dataclass(frozen=True, slots=True)
class SeenPieces:
    """The pieces of a page's lines with their boxes in its reading space, what was read in each,
    still to be judged, and the page's rules."""

    page: Page
    pieces: list[Piece]
    cells: list[tuple[Rect, Cell]]
    reading: CellReading
    edges: list[Edge]


def look_at_pieces(pdf: Pdf, page: Page, scans: Scans) -> SeenPieces:
    """What each piece of a scanned page's lines says by itself; that may be in any process.

    Raises :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    dpi = scans.turns[page.number].dpi
    pieces, edges = _found(render(pdf, page.number, dpi), dpi)
    reading = CellReading(dpi)
    cells = _cells(pieces, page, reading)
    reading.look()
    return SeenPieces(page, pieces, cells, reading, edges)


def judge_pieces(seen: SeenPieces, scans: Scans) -> Page:
    """A scanned page with the pieces of its lines; page after page, since each is judged by the
    type of those before it.

    What the readings of a piece do not agree on is noted in ``scans``. Raises
    :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    page = seen.page
    scale = page.reading.scale / page.displayed.scale
    layers = [cell.text for _, cell in seen.cells]
    seen.reading.judge(scans.kind)
    dpi = scans.turns[page.number].dpi
    for piece, layer, (_, cell) in zip(seen.pieces, layers, seen.cells, strict=True):
        part_by_gaps(cell, piece)
        hold_numbers(cell, piece, layer, dpi, scans.kind)
        settle(cell)
    read = [(rect, cell) for rect, cell in seen.cells if cell.lines]
    for rect, cell in read:
        scans.note(page.box(rect), cell.agreed)
    return replace(page, runs=runs_of(_chars(read)), edges=[_edge(e, scale) for e in seen.edges])


def _found(grey: Grey, dpi: float) -> tuple[list[Piece], list[Edge]]:
    """The pieces of lines of a page, and its rules, in points: dark ones, and light ones."""
    dark, edges = _cleared(dark_ink(grey, dpi), dpi)
    pieces = _pieces(dark, edges, grey, dpi, light=False)
    light = light_ink(grey, dpi)
    if light is None:
        return pieces, edges
    bare, rules = _cleared(light, dpi)
    rules = [edge for edge in rules if is_light_rule(grey, dpi, _place(edge))]
    other = _no_halos(_pieces(bare, rules, grey, dpi, light=True), pieces)
    return [*_not_within(pieces, other), *_not_within(other, pieces)], [*edges, *rules]


def _pieces(
    bare: Grey, edges: Sequence[Edge], grey: Grey, dpi: float, *, light: bool
) -> list[Piece]:
    uprights = [_place(edge) for edge in edges if edge.orientation == "v"]
    pieces = find_pieces(bare, dpi, uprights)
    return [piece for piece in pieces if is_ink(grey, dpi, piece.rect, light=light)]


def _not_within(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    """The pieces that are not a part of a larger one, of the other ink: the insides of letters."""
    return [
        piece
        for piece in pieces
        if not any(
            other.rect.width * other.rect.height > piece.rect.width * piece.rect.height
            and min(_shared(piece.rect, other.rect)) >= WITHIN
            for other in others
        )
    ]


def _no_halos(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    """The pieces of light ink that are not what JPEG brightens beside one of dark ink."""
    shared = ((piece, [_shared(piece.rect, other.rect) for other in others]) for piece in pieces)
    return [
        piece for piece, parts in shared if not any(x >= WITHIN and y >= HALO for x, y in parts)
    ]


def _shared(rect: Rect, other: Rect) -> tuple[float, float]:
    """The parts of a box's width and height that are within another one."""
    across = overlap(rect.x0, rect.x1, other.x0, other.x1)
    down = overlap(rect.top, rect.bottom, other.top, other.bottom)
    return across / rect.width, down / rect.height


def _cleared(flat: Grey, dpi: float) -> tuple[Grey, list[Edge]]:
    """A flattened picture without its rules, and these in points.

    The stems of large letters are no rules, nor is what is drawn in a cell and meets none of its
    sides.
    """
    found, bare = find_rules(flat, dpi)
    edges = _bridged(join_edges(found))
    level = [edge for edge in edges if edge.orientation == "h"]
    upright = [edge for edge in edges if edge.orientation == "v"]
    stems = [edge for edge in upright if not _is_rule(edge, level)]
    unit = dpi / 72
    for stem in stems:
        x0, x1 = (max(round((stem.at + side) * unit), 0) for side in (-MEETING, MEETING))
        y0, y1 = (max(round(y * unit), 0) for y in (stem.start - MEETING, stem.end + MEETING))
        bare[y0:y1, x0:x1] = flat[y0:y1, x0:x1]
    upright = [edge for edge in upright if edge not in stems]
    return bare, [*(edge for edge in level if not _is_drawn(edge, upright)), *upright]


def _place(edge: Edge) -> Rect:
    if edge.orientation == "v":
        return Rect(edge.at - 0.5, edge.start, edge.at + 0.5, edge.end)
    return Rect(edge.start, edge.at - 0.5, edge.end, edge.at + 0.5)


def _bridged(edges: Sequence[Edge]) -> list[Edge]:
    """The edges, without the gaps that noise makes in them; a gap with an upright at either end is
    that between two tables."""
    bridged: list[Edge] = []
    for edge in sorted(edges):
        before = bridged[-1] if bridged else None
        if (
            before
            and before[:2] == edge[:2]
            and edge.orientation == "h"
            and edge.start - before.end <= GAP
        ):
            ends = [(before.end, edge.at), (edge.start, edge.at)]
            if not all(_has_side(end, edges) for end in ends):
                bridged[-1] = before._replace(end=max(before.end, edge.end))
                continue
        bridged.append(edge)
    return bridged


def _has_side(end: tuple[float, float], edges: Sequence[Edge]) -> bool:
    x, y = end
    return any(
        abs(edge.at - x) <= MEETING and edge.start - MEETING <= y <= edge.end + MEETING
        for edge in edges
        if edge.orientation == "v"
    )


def _is_rule(upright: Edge, level: Sequence[Edge]) -> bool:
    long = upright.end - upright.start >= UPRIGHT
    return long or any(_meet(edge, upright) for edge in level)


def _is_drawn(level: Edge, upright: Sequence[Edge]) -> bool:
    """Whether a level line stands between uprights and meets none."""
    beside = [edge.at for edge in upright if edge.start <= level.at <= edge.end]
    between = any(at < level.start for at in beside) and any(at > level.end for at in beside)
    return between and not any(_meet(level, edge) for edge in upright)


def _meet(level: Edge, upright: Edge) -> bool:
    return (
        level.start - MEETING <= upright.at <= level.end + MEETING
        and upright.start - MEETING <= level.at <= upright.end + MEETING
    )


def _cells(pieces: Sequence[Piece], page: Page, reading: CellReading) -> list[tuple[Rect, Cell]]:
    """The boxes of pieces, and each as a cell that is to be read."""
    found = []
    for piece in pieces:
        rect, place = (page.displayed.into(page.reading, box) for box in (piece.rect, piece.place))
        layer = "".join(
            char.text
            for char in page.chars
            if rect.holds((char.rect.x0 + char.rect.x1) / 2, char.rect.middle)
        )
        around = Rect(place.x0 - 1, place.top - 1, place.x1 + 1, place.bottom + 1)
        cell = Cell(page, around, text=layer)
        reading.add(cell, (piece.picture, place))
        found.append((rect, cell))
    return found


def _edge(edge: Edge, scale: float) -> Edge:
    return Edge(edge.orientation, edge.at * scale, edge.start * scale, edge.end * scale)


def _chars(read: Sequence[tuple[Rect, Cell]]) -> Iterator[Char]:
    """The characters of all pieces, those of one piece as high as its type."""
    order = 0
    for (_, cell), (size, baseline) in zip(read, _types(read), strict=True):
        first = True
        for word in (word for line in cell.lines for word in line):
            for at, char in enumerate(word.chars):
                rect = Rect(
                    char.rect.x0, baseline - ABOVE * size, char.rect.x1, baseline + BELOW * size
                )
                gap = "" if at else "\n" if first else " "
                yield Char(char.text, rect, order, gap)
                order += 1
                first = False


def _types(read: Sequence[tuple[Rect, Cell]]) -> list[tuple[float, float]]:
    """Size and baseline of the type of each piece, told by its ink and by which letters it has;
    sizes that are nearly the same are the same."""
    found = []
    for rect, cell in read:
        text = "".join(word.text for line in cell.lines for word in line)
        up = SMALL if all(sign in _LOW for sign in text) else CAPITAL
        down = DEPTH if any(sign in _HANGING for sign in text) else 0.0
        size = rect.height / (up + down)
        found.append((size, rect.bottom - down * size))
    usual: list[list[float]] = []
    for size in sorted(size for size, _ in found):
        if usual and size <= usual[-1][0] * (1 + 2 * ALIKE):
            usual[-1].append(size)
        else:
            usual.append([size])
    middle = {size: median(group) for group in usual for size in group}
    return [(middle[size], baseline) for size, baseline in found]
