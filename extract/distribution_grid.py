"""The table Enfoque / Avance of a Ficha de Monitoreo where it is ruled: read by its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.card_grid import SAME, aligned, follows, segments_in
from extract.card_labels import letters
from extract.card_words import rejoined
from extract.distribution import CORNERS, FEWEST
from extract.free_text import printed_of, segment
from extract.geometry import Rect, share_x, share_y
from extract.grid import Cell, Grid, Table
from extract.page import Page
from extract.types import Printed, Problem, RawCell
from normalize.grades import HEADINGS

MOST = 0.8
"""Part of a cell that must stand in a row or column to be of it."""


@dataclass
class RuledDistribution:
    """The cells of a distribution, and the ruled cells that they are made of."""

    cells: list[RawCell] = field(default_factory=list)
    covered: list[tuple[Page, Rect]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def ruled_distribution(grids: Sequence[Grid], reader: str) -> RuledDistribution | None:
    """The distribution of the first table whose cells make one; ``None`` where none do."""
    for at, grid in enumerate(grids):
        for table in grid.tables:
            corner = next((c for c in table.cells if letters(c.text) in CORNERS), None)
            if corner is None:
                continue
            found = _read(corner, table, grids[at:], reader)
            if found is not None:
                return found
    return None


def _read(
    corner: Cell, table: Table, grids: Sequence[Grid], reader: str
) -> RuledDistribution | None:
    exchanged = CORNERS[letters(corner.text)]
    heads = sorted(_row(corner, table), key=lambda cell: cell.rect.x0)
    if len(heads) < FEWEST or not all(head.text for head in heads):
        return None
    found = RuledDistribution(covered=[(c.page, c.rect) for c in (corner, *heads)])
    titles = [_heading(head, reader) for head in heads]
    last = corner
    for label, own in _rows(corner, heads, table, grids):
        cells = _under(own, heads)
        if cells is None or not _touch(last, label):
            return None
        last = label
        name = _heading(label, reader)
        found.covered += [(cell.page, cell.rect) for cell in (label, *own)]
        for title, cell in zip(titles, cells, strict=True):
            if cell is None or not cell.text:
                continue
            approach, category = (title, name) if exchanged else (name, title)
            value = printed_of([segment(cell.page, line) for line in cell.lines], reader)
            found.cells.append(RawCell(approach, category, value))
            if cell.crossed or cell.overlaid or label.crossed:
                found.problems.append(_unsure(value))
    return found if found.cells and not _is_cut(last, grids) else None


def _touch(above: Cell, below: Cell) -> bool:
    return above.page is not below.page or follows(above.rect, below.rect)


def _is_cut(last: Cell, grids: Sequence[Grid]) -> bool:
    """Whether a further row stands below the last ruled one."""
    reach = last.rect.bottom + last.rect.height
    return any(
        line.page is last.page
        and last.rect.bottom - SAME <= line.rect.top < reach
        and letters(line.text).startswith("total")
        for grid in grids
        for line in grid.lines
    )


def _heading(cell: Cell, reader: str) -> Printed:
    return rejoined(printed_of(segments_in(cell), reader), HEADINGS)


def _row(label: Cell, table: Table) -> list[Cell]:
    """The cells to the right of one, at its height."""
    return [
        cell
        for cell in table.cells
        if cell.rect.x0 >= label.rect.x1 - SAME and share_y(cell.rect, label.rect) >= MOST
    ]


def _rows(
    corner: Cell, heads: Sequence[Cell], table: Table, grids: Sequence[Grid]
) -> Iterator[tuple[Cell, list[Cell]]]:
    """The rows below the heads, over page breaks: label and cells. A row with nothing beside its
    label ends the table."""
    for at, grid in enumerate(grids):
        if at:
            table = next(iter(grid.tables), table)
            if not grid.tables or not _goes_on(table, corner, heads):
                return
        labels = [cell for cell in table.cells if aligned(cell.rect, corner.rect)]
        for label in sorted(labels, key=lambda cell: cell.rect.top):
            own = _row(label, table)
            below = at > 0 or label.rect.top >= corner.rect.bottom - SAME
            if not below or letters(label.text) in CORNERS:
                continue
            if not label.text or not any(cell.text for cell in own):
                return
            yield label, own
        if not _is_last(table, grid):
            return


def _is_last(table: Table, grid: Grid) -> bool:
    return not any(line.rect.top > table.rect.bottom for line in grid.lines) and not any(
        other is not table and other.rect.top >= table.rect.bottom for other in grid.tables
    )


def _goes_on(table: Table, corner: Cell, heads: Sequence[Cell]) -> bool:
    """Whether a page's first table has the columns of the one on the page before."""
    own = {round(cell.rect.x0) for cell in table.cells}
    return all(any(abs(cell.rect.x0 - x) <= SAME for x in own) for cell in (corner, *heads))


def _under(own: Sequence[Cell], heads: Sequence[Cell]) -> list[Cell | None] | None:
    """The cell of a row under each head; ``None`` where the cells are not one under each."""
    cells: list[Cell | None] = []
    for head in heads:
        under = [cell for cell in own if share_x(cell.rect, head.rect) >= MOST]
        if len(under) > 1 or any(cell.rect.width > 1.5 * head.rect.width for cell in under):
            return None
        cells.append(under[0] if under else None)
    known = {id(cell) for cell in cells if cell is not None}
    return cells if all(id(cell) in known or not cell.text for cell in own) else None


def _unsure(value: Printed) -> Problem:
    return Problem(
        "REA03",
        "distributions",
        f"Distribución: «{value.text}» no cabe en su celda.",
        f"Distribution: “{value.text}” does not fit its cell.",
        value.pieces,
    )
