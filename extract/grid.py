"""The ruled cells of a page with the text in them, and the lines of text outside of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from extract.geometry import (
    MEET,
    Edge,
    Rect,
    close_frames,
    contains,
    join_edges,
    overlap,
    share_y,
    union,
)
from extract.page import Char, Page
from extract.paths import area_edges
from extract.words import SAME_LINE, Line, are_overlaid, lines_of, parted, text_of

TOUCHING = 8.0
"""Points up to which two cells belong to one table (browsers may space cells apart)."""
SMALLEST = 5.0
"""Points below which a gap between two rules is no cell (more than MEET: spaced cells may seem to
meet across their gap)."""
INK_GAP = 0.15
"""Gap, in character heights, from which text on both sides of a rule is two texts."""
OVERHANG = 0.4
"""Part of its height by which the middle of a character may be above or below its table: browsers
let the last line before a page break hang out of it."""
FILLED = 0.5
"""Part of a cell's area from which rectangles inside it are a table of its own."""
REACH = 0.2
"""Part of its height by which a line stands at the height of a cell."""
GUTTER = 36.0
"""Points up to which an empty strip along a table is the padding of a frame around it."""
COVERING = 0.85
"""Part of a cell's area from which coloured areas side by side fill it."""
FRAMED_LINES = 3
"""Lines of text up to which a lone cell is a title row; with more it is a frame around text."""
SHELF = 16.0
"""Points of height by which cells are looked up; any value is right, this one is quick."""


@dataclass(slots=True)
class Cell:
    """A ruled cell. ``crossed`` are words that run over its rule into a neighbour, or out of it:
    they are kept whole in the cell that holds most of them, which is a guess. ``overlaid``: two
    texts are printed over each other in it.
    """

    page: Page
    rect: Rect
    lines: list[Line] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    text: str = ""
    overlaid: bool = False


@dataclass(slots=True)
class TextLine:
    """A line of text outside of all cells."""

    page: Page
    line: Line
    rect: Rect
    text: str


@dataclass(slots=True)
class Table:
    """Cells that touch, from the top left."""

    page: Page
    cells: list[Cell]
    rect: Rect


@dataclass(slots=True)
class Grid:
    """What is on a page or in a column of it, in reading space."""

    page: Page
    tables: list[Table]
    lines: list[TextLine]

    def beside(self, table: Table) -> list[TextLine]:
        """The lines at the height of a table's cells, but in none of them."""
        return [line for line in self.lines if _is_beside(line.rect, table)]


def read_grid(page: Page) -> Grid:
    """Find the ruled cells of a page and put every character into its cell or line."""
    groups = _tables(_cells(page))
    cells = [Cell(page, rect) for group in groups for rect in group]
    inside, outside = _share_out(page.chars, cells)
    for cell, chars in zip(cells, inside, strict=True):
        cell.lines = lines_of(chars)
        cell.text = text_of((cell.lines, cell.rect))
        cell.overlaid = are_overlaid(cell.lines)
    tables: list[Table] = []
    remaining = iter(cells)
    for group in groups:
        own = [next(remaining) for _ in group]
        if _is_frame(own, cells):
            outside.extend([list(word.chars) for line in own[0].lines for word in line])
        else:
            tables.append(_table(page, own))
    return Grid(page, tables, _text_lines(page, outside))


def _table(page: Page, own: list[Cell]) -> Table:
    """A table without its gutters: the empty strips between it and a frame around it."""
    height = union(cell.rect for cell in own).height
    kept = [
        cell
        for cell in own
        if cell.lines or cell.rect.width > GUTTER or cell.rect.height < FILLED * height
    ]
    if len(kept) < len(own) - 2 or len(kept) < 2:
        kept = own
    return Table(page, kept, union(cell.rect for cell in kept))


def _is_frame(own: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a lone cell only frames running text, or whole tables."""
    if len(own) > 1:
        return False
    holds = any(cell is not own[0] and contains(own[0].rect, cell.rect) for cell in cells)
    return holds or len(own[0].lines) > FRAMED_LINES


def _is_beside(line: Rect, table: Table) -> bool:
    return any(
        overlap(line.top, line.bottom, cell.rect.top, cell.rect.bottom) > REACH * line.height
        for cell in table.cells
    )


def _cells(page: Page) -> list[Rect]:
    """The cells of a page: of its lines, and of its filled areas where no line rules them.

    An area inside a ruled cell is the cell's ground, or marks words in it; it cuts nothing. Areas
    side by side that fill the cell are cells.
    """
    ruled = find_cells(page.edges)
    hosts = [cell for group in _grouped(ruled) if len(group) > 1 for cell in group]
    bare = [area for area in page.areas if _covered(area, hosts) < COVERING]
    for host in hosts:
        inside = [area for area in page.areas if contains(host, area, MEET)]
        beside = {area for area in inside if area.width < COVERING * host.width}
        if sum(map(_area, beside)) >= COVERING * _area(host):
            bare.extend(inside)
    if not bare:
        return ruled
    return find_cells([*page.edges, *(edge for area in bare for edge in area_edges(area))])


def _covered(area: Rect, hosts: Sequence[Rect]) -> float:
    """The part of an area that lies on ruled cells."""
    shared = (
        overlap(area.x0, area.x1, host.x0, host.x1)
        * overlap(area.top, area.bottom, host.top, host.bottom)
        for host in hosts
    )
    return sum(shared) / max(_area(area), 1.0)


def find_cells(edges: Sequence[Edge]) -> list[Rect]:
    """The smallest rectangles that the edges rule, found by pdfplumber's table finder."""
    if len(edges) < 4:
        return []
    from pdfplumber.table import TableFinder

    joined = [edge for edge in join_edges(edges) if edge.end - edge.start >= SMALLEST]
    ruled = [_as_pdfplumber(edge) for edge in close_frames(joined)]
    page: Any = SimpleNamespace(edges=ruled, bbox=(0, 0, 0, 0))
    found = (
        Rect(*map(float, cell))
        for cell in TableFinder(page, {"intersection_tolerance": MEET}).cells
    )
    return [rect for rect in found if min(rect.width, rect.height) >= SMALLEST]


def _as_pdfplumber(edge: Edge) -> dict[str, object]:
    length = edge.end - edge.start
    if edge.orientation == "h":
        run = {"x0": edge.start, "x1": edge.end, "top": edge.at, "bottom": edge.at}
        return {**run, "width": length, "height": 0.0, "orientation": "h", "object_type": "line"}
    run = {"x0": edge.at, "x1": edge.at, "top": edge.start, "bottom": edge.end}
    return {**run, "width": 0.0, "height": length, "orientation": "v", "object_type": "line"}


def _tables(cells: Sequence[Rect]) -> list[list[Rect]]:
    """Cells grouped by touching, groups and cells from the top left.

    What lies inside a table's cell without filling it (highlighted words) is no cell; a table that
    fills a cell, or stands in a frame around the page, is one.
    """
    groups = _grouped(cells)
    hosts = [cell for group in groups if len(group) > 1 for cell in group]
    kept = [
        group
        for group in groups
        if not any(
            all(cell != host and contains(host, cell) for cell in group)
            and sum(map(_area, group)) < FILLED * _area(host)
            for host in hosts
        )
    ]
    for group in kept:
        group.sort(key=lambda c: (c.top, c.x0))
    return sorted(kept, key=lambda group: (group[0].top, group[0].x0))


def _area(rect: Rect) -> float:
    return rect.width * rect.height


def _grouped(cells: Sequence[Rect]) -> list[list[Rect]]:
    groups: list[list[Rect]] = []
    for cell in sorted(cells, key=lambda c: (c.top, c.x0)):
        touching = [group for group in groups if any(_touch(cell, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([*(other for group in touching for other in group), cell])
    return groups


def _touch(a: Rect, b: Rect) -> bool:
    apart_x = max(a.x0, b.x0) - min(a.x1, b.x1)
    apart_y = max(a.top, b.top) - min(a.bottom, b.bottom)
    side_by_side = abs(apart_x) <= TOUCHING and apart_y < 0
    stacked = abs(apart_y) <= TOUCHING and apart_x < 0
    return side_by_side or stacked


def _share_out(
    chars: Sequence[Char], cells: Sequence[Cell]
) -> tuple[list[list[Char]], list[list[Char]]]:
    """Characters by cell, and those outside; runs without white space stay together.

    A run over a rule is two texts where it has a gap at the rule. Without a gap it is one text
    that is too long for its cell: it stays whole where most of it stands, and the cells know.
    """
    shelves = _shelves(cells)
    inside: list[list[Char]] = [[] for _ in cells]
    outside: list[list[Char]] = []
    for run in _runs(chars):
        homes = _homes(run, cells, shelves)
        for part in _parts(run, homes):
            counts = Counter(home for _, home in part)
            home = max(counts, key=lambda h: (counts[h], h >= 0))
            if len(counts) > 1:
                text = "".join(char.text for char, _ in part)
                for crossed in counts.keys() - {-1}:
                    cells[crossed].crossed.append(text)
            own = [char for char, _ in part]
            if home >= 0:
                inside[home].extend(own)
            else:
                outside.append(own)
    return inside, outside


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    runs: list[list[Char]] = []
    for char in chars:
        if char.gap or not runs or char.order != runs[-1][-1].order + 1:
            runs.append([char])
        else:
            runs[-1].append(char)
    return runs


def _shelves(cells: Sequence[Cell]) -> dict[int, list[int]]:
    """The cells that reach into each strip of :data:`SHELF` points, smallest first."""
    by_area = sorted(range(len(cells)), key=lambda i: _area(cells[i].rect))
    shelves: dict[int, list[int]] = {}
    for index in by_area:
        rect = cells[index].rect
        for shelf in range(int(rect.top // SHELF), int(rect.bottom // SHELF) + 1):
            shelves.setdefault(shelf, []).append(index)
    return shelves


def _homes(
    run: Sequence[Char], cells: Sequence[Cell], shelves: Mapping[int, Sequence[int]]
) -> list[int]:
    """For each character the innermost cell that holds its middle; -1 for none."""
    homes: list[int] = []
    for char in run:
        x = (char.rect.x0 + char.rect.x1) / 2
        y = (char.rect.top + char.rect.bottom) / 2
        home = _holder(x, y, cells, shelves)
        if home < 0:
            reach = OVERHANG * char.rect.height
            home = max(_holder(x, y + dy, cells, shelves) for dy in (-reach, reach))
        homes.append(home)
    return homes


def _holder(x: float, y: float, cells: Sequence[Cell], shelves: Mapping[int, Sequence[int]]) -> int:
    near = shelves.get(int(y // SHELF), ())
    return next((i for i in near if cells[i].rect.holds(x, y)), -1)


def _parts(run: Sequence[Char], homes: Sequence[int]) -> list[list[tuple[Char, int]]]:
    """A run cut where it changes its cell over a gap (or to another line)."""
    if len(set(homes)) == 1:
        return [list(zip(run, homes, strict=True))]
    parts: list[list[tuple[Char, int]]] = [[(run[0], homes[0])]]
    for before, char, home in zip(run, run[1:], homes[1:], strict=False):
        gap = char.rect.x0 - before.rect.x1
        parted = (
            not -0.5 * before.rect.height <= gap <= INK_GAP * before.rect.height
            or share_y(before.rect, char.rect) < SAME_LINE
        )
        if home != parts[-1][-1][1] and parted:
            parts.append([])
        parts[-1].append((char, home))
    return parts


def _text_lines(page: Page, runs: Sequence[Sequence[Char]]) -> list[TextLine]:
    return [
        TextLine(page, part, union(word.rect for word in part), text_of(([part], None)))
        for line in lines_of([char for run in runs for char in run])
        for part in parted(line)
    ]
