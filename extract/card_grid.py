"""Strips of indicator cards in ruled tables, as word processors print them: read by their cells.

A table is believed where its cells agree: the labels stand in cells of one column, the names' row
tells the cards, and every row has its cells under them. What does not agree is read as if there
were no rules (:mod:`extract.card_rows`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.card_columns import atoms_of
from extract.card_labels import Kind, Label, kind_of
from extract.card_strips import Column, Content, Strip
from extract.free_text import APART, Segment, segment
from extract.geometry import Rect, union
from extract.grid import Cell, Grid, Table
from extract.page import Page
from extract.words import Line, text_of

SAME = 3.0
"""Points within which two sides of cells are one."""
SPACED, SPACE = 8.0, 0.5
"""Points, and part of the lower one's height, up to which browsers space two cells apart."""
LABELS = 3
"""Rows of a strip that a table must tell by their labels at least."""

_GRADES: tuple[Kind, ...] = ("milestone", "progress")
_OBJECTIVE = re.compile(r"objetivos?\b|\d{1,2}\s*[.)\-–—]+\s*(?!\d)", re.IGNORECASE)


@dataclass
class _Part:
    """The part of a row on one page: the height of its label's cell, in its table."""

    table: Table
    rect: Rect


@dataclass
class _Row:
    kind: Kind
    label: list[Cell]
    parts: list[_Part] = field(default_factory=list)


@dataclass
class RuledStrip:
    """A strip with its cards; ``covered`` are the cells that it is made of."""

    content: Content
    covered: list[tuple[Page, Rect]]


def ruled_strips(grids: Sequence[Grid]) -> list[RuledStrip]:
    """The strips that the pages' tables hold, top to bottom."""
    found = []
    for rows in _strips(_rows(grids)):
        strip = _Ruled(rows).read()
        if strip is not None:
            found.append(strip)
    return found


def follows(above: Rect, below: Rect) -> bool:
    """Whether no row stands between two cells."""
    limit = min(SPACED, SPACE * min(above.height, below.height))
    return below.top - above.bottom <= limit


def with_columns(grid: Grid) -> Grid:
    """A page whose wide cells are parted over the columns above and below them.

    Of a table with shaded rows, or with horizontal rules alone, a row is one cell; the rows beside
    it tell its columns, where it has white space at each of their sides.
    """
    tables = []
    for table in grid.tables:
        cells = [part for cell in table.cells for part in _parted(cell, table)]
        cells.sort(key=lambda cell: (cell.rect.top, cell.rect.x0))
        tables.append(Table(table.page, cells, table.rect))
    return Grid(grid.page, tables, grid.lines)


def _parted(cell: Cell, table: Table) -> list[Cell]:
    sides = [
        xs
        for beside in (
            [c.rect for c in table.cells if abs(c.rect.bottom - cell.rect.top) <= SAME],
            [c.rect for c in table.cells if abs(c.rect.top - cell.rect.bottom) <= SAME],
        )
        if (xs := _inner_sides(cell.rect, beside))
    ]
    if not sides or not cell.lines:
        return [cell]
    cuts = [x for x in sides[0] if all(any(abs(x - y) <= SAME for y in ys) for ys in sides[1:])]
    edges = [cell.rect.x0, *cuts, cell.rect.x1]
    if not cuts or not all(_is_clear(cell, x) for x in cuts):
        return [cell]
    parts = []
    for x0, x1 in pairwise(edges):
        rect = Rect(x0, cell.rect.top, x1, cell.rect.bottom)
        inside = [[w for w in line if x0 <= w.rect.x0 < x1] for line in cell.lines]
        lines = [tuple(line) for line in inside if line]
        text = text_of((lines, rect)) if lines else ""
        parts.append(Cell(cell.page, rect, lines, list(cell.crossed), text, cell.overlaid))
    return parts


def _inner_sides(rect: Rect, beside: Sequence[Rect]) -> list[float]:
    """The sides of neighbours that end inside a cell, from the left."""
    own = sorted(
        other.x0
        for other in beside
        if rect.x0 + SAME < other.x0 < rect.x1 - SAME and other.x1 <= rect.x1 + SAME
    )
    return [x for at, x in enumerate(own) if at == 0 or x - own[at - 1] > SAME]


def _is_clear(cell: Cell, x: float) -> bool:
    """Whether there is white space at a height's side in all lines of a cell."""
    for line in cell.lines:
        before = [word.rect.x1 for word in line if word.rect.x0 < x]
        after = [word.rect.x0 for word in line if word.rect.x0 >= x]
        if before and max(before) > x:
            return False
        if before and after:
            size = line[0].rect.height
            if min(after) - max(before) < APART * size:
                return False
    return True


def segments_in(cell: Cell) -> list[Segment]:
    """The lines of a cell as segments that know what broke them."""
    return [segment(cell.page, line, cell.rect) for line in cell.lines]


# --- rows


def _rows(grids: Sequence[Grid]) -> Iterator[_Row | None]:
    """The rows of all label columns in order; ``None`` stands for a cell that is no label."""
    before: Rect | None = None
    row: _Row | None = None
    for grid in grids:
        for number, table in enumerate(grid.tables):
            last = number == len(grid.tables) - 1
            column = _label_column(table, before if number == 0 else None, last=last)
            if not column:
                before = None if last else before
                continue
            goes_on = number == 0 and before is not None and aligned(column[0].rect, before)
            alone = len(column) == 1 or bool(column[1].text)
            for at, cell in enumerate(column):
                first = at == 0 and goes_on and alone
                if first and row is not None and _is_rest(row, cell):
                    row.parts.append(_Part(table, cell.rect))
                    row.label.append(cell)
                    continue
                if row is not None:
                    yield row
                kind = kind_of(cell.text)
                row = _Row(kind, [cell], [_Part(table, cell.rect)]) if kind else None
                if row is None:
                    yield None
            before = column[-1].rect
    if row is not None:
        yield row


def _is_rest(row: _Row, cell: Cell) -> bool:
    """Whether the first cell of a page goes on a row that the page break cuts."""
    if not cell.text:
        return True
    return kind_of(f"{row.label[0].text} {cell.text}") == row.kind and kind_of(cell.text) is None


def _label_column(table: Table, before: Rect | None, *, last: bool) -> list[Cell]:
    """The cells of the column in which a table's labels stand, from the top.

    One label is enough where the table may go on: the page's last one, or one that goes on from
    ``before``, the last cell of such a column on the page before.
    """
    labels = [cell for cell in table.cells if kind_of(cell.text)]
    columns: list[list[Cell]] = []
    for label in labels:
        home = next((c for c in columns if aligned(c[0].rect, label.rect)), None)
        if home is None:
            columns.append([label])
        else:
            home.append(label)
    best = max(columns, key=len, default=[])
    first = best[0].rect if best else before
    goes_on = first is not None and before is not None and aligned(first, before)
    if first is None or (len(best) < 2 and not goes_on and not last):
        return []
    own = [cell for cell in table.cells if aligned(cell.rect, first)]
    return sorted(own, key=lambda cell: cell.rect.top)


def aligned(a: Rect, b: Rect) -> bool:
    """Whether two cells are of one column."""
    return abs(a.x0 - b.x0) <= SAME and abs(a.x1 - b.x1) <= SAME


def _strips(rows: Iterator[_Row | None]) -> Iterator[list[_Row]]:
    """Rows that make a strip: a kind that recurs, and what is no label, begins another one."""
    current: list[_Row] = []
    for row in rows:
        ends = row is None or row.kind == "indicators" or any(r.kind == row.kind for r in current)
        if ends and current:
            yield current
            current = []
        if row is not None:
            current.append(row)
    if current:
        yield current


# --- cards


class _Ruled:
    """One strip, its rows from the names down."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.rows = list(rows)
        self.names = rows[0]
        self.covered: list[tuple[Page, Rect]] = []
        self.aside: list[Cell] = []
        self.beside: list[Column] = []

    def read(self) -> RuledStrip | None:
        """The strip; ``None`` where its cells do not agree."""
        kinds = {row.kind for row in self.rows}
        if self.names.kind != "indicators" or len(kinds) < LABELS or "progress" not in kinds:
            return None
        first = self.names.parts[0]
        starts = [cell.rect for cell in _in_band(first) if _beside(cell, first)]
        if not starts:
            return None
        columns = [Column(rect.x0, rect.x1) for rect in sorted(starts)]
        parts = [(row.kind, part) for row in self.rows for part in row.parts]
        if not all(_touch(one, other) for (_, one), (_, other) in pairwise(parts)):
            return None
        beside = [column for column in columns if any(_runs_down(column, p) for _, p in parts)]
        columns = [column for column in columns if column not in beside]
        if not columns:
            return None
        self.beside = beside
        said = {
            row.kind: "".join(cell.text.replace(" ", "") for cell in row.label) for row in self.rows
        }
        if not all(self._fill(kind, part, columns, said[kind]) for kind, part in parts):
            return None
        columns = [column for column in columns if any(column.cells.values())]
        if not columns or not all(map(_is_one, columns)):
            return None
        strip = Strip([_label(row) for row in self.rows])
        self._look_aside(columns)
        prose, objective = self._prose()
        bottom = parts[-1][1].rect.bottom
        content = Content(strip, columns, prose, first.rect.top, bottom, objective)
        return RuledStrip(content, self.covered)

    def _fill(self, kind: Kind, part: _Part, columns: Sequence[Column], label: str) -> bool:
        """Put the cells of a part of a row under its cards; whether each is under one, each card
        has one, and no text runs out of its own, the ``label``'s apart."""
        self.covered.append((part.table.page, part.rect))
        own = sorted(_in_band(part), key=lambda cell: (cell.rect.top, cell.rect.x0))
        beside = [cell for cell in own if _beside(cell, part)]
        if kind != "trend" and not all(any(_shares(e.rect, c) for e in beside) for c in columns):
            return False
        for cell in beside:
            if any(_shares(cell.rect, column) for column in self.beside):
                if cell.text:
                    self.aside.append(cell)
                continue
            under = [c for c in columns if _shares(cell.rect, c)]
            if not under and not cell.text:
                continue
            if len(under) != 1 or not _within(cell.rect, under[0]):
                if cell.text:
                    return False
                continue
            if any(word.replace(" ", "") not in label for word in cell.crossed):
                return False
            lines = segments_in(cell)
            if lines:
                under[0].cells.setdefault(kind, []).extend(lines)
            if cell.overlaid:
                under[0].crossing.add(kind)
            self.covered.append((cell.page, cell.rect))
        return True

    def _look_aside(self, columns: Sequence[Column]) -> None:
        """Find the cells at the side of the strip that run down through its rows."""
        seen = {id(cell) for cell in self.aside}
        for row in self.rows:
            for part in row.parts:
                for cell in part.table.cells:
                    tall = _is_tall(cell.rect, part.rect)
                    outside = (
                        cell.rect.x0 >= columns[-1].right - SAME
                        or cell.rect.x1 <= part.rect.x0 + SAME
                    )
                    if tall and outside and cell.text and id(cell) not in seen:
                        seen.add(id(cell))
                        self.aside.append(cell)

    def _prose(self) -> tuple[list[Segment], list[Segment]]:
        """What stands at the side: running text, and the objective."""
        prose: list[Segment] = []
        objective: list[Segment] = []
        for cell in self.aside:
            self.covered.append((cell.page, cell.rect))
            (objective if _OBJECTIVE.match(cell.text) else prose).extend(segments_in(cell))
        return prose, objective


def _touch(one: _Part, other: _Part) -> bool:
    """Whether no row stands between two parts, on one page or over a break."""
    if one.table.page is not other.table.page:
        return True
    return one.table is other.table and follows(one.rect, other.rect)


def _is_tall(rect: Rect, band: Rect) -> bool:
    """Whether a cell stands in a row and reaches into others."""
    reaches = rect.top < band.bottom - SAME and rect.bottom > band.top + SAME
    return reaches and not _level(rect, band)


def _runs_down(column: Column, part: _Part) -> bool:
    """Whether one cell runs down through a column's rows: it is no card, though a page break may
    leave one line of it beside the names."""
    return any(
        _is_tall(cell.rect, part.rect) and _shares(cell.rect, column) for cell in part.table.cells
    )


def _in_band(part: _Part) -> Iterator[Cell]:
    return (cell for cell in part.table.cells if _level(cell.rect, part.rect))


def _level(rect: Rect, band: Rect) -> bool:
    """Whether a cell stands at the height of a row, and reaches into no other."""
    return rect.top >= band.top - SAME and rect.bottom <= band.bottom + SAME


def _beside(cell: Cell, part: _Part) -> bool:
    return cell.rect.x0 >= part.rect.x1 - SAME


def _shares(rect: Rect, column: Column) -> bool:
    return min(rect.x1, column.right) - max(rect.x0, column.left) > SAME


def _within(rect: Rect, column: Column) -> bool:
    return rect.x0 >= column.left - SAME and rect.x1 <= column.right + SAME


def _is_one(column: Column) -> bool:
    """Whether the grades are one each, as they are not where a rule lacks between two cards."""
    return any(
        len(atoms_of([piece for each in column.cells.get(kind, []) for piece in _pieces(each)])) < 2
        for kind in _GRADES
    )


def _pieces(each: Segment) -> list[Segment]:
    """A line cut at its wide gaps."""
    runs: list[Line] = []
    for word in each.line:
        if runs and word.rect.x0 - runs[-1][-1].rect.x1 <= 2 * APART * each.size:
            runs[-1] = (*runs[-1], word)
        else:
            runs.append((word,))
    return [segment(each.page, run) for run in runs]


def _label(row: _Row) -> Label:
    cell = next(cell for cell in row.label if cell.lines)
    rect = union(word.rect for line in cell.lines for word in line)
    return Label(row.kind, tuple(segments_in(cell)), rect)
