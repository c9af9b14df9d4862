"""Joins what page breaks cut: the tables of one ficha as one strip of slots, page under page.

A slot is a cell, or the parts of a cell that a page break cut in two, or a line of text that is a
section's title. Slots have a place on the strip: points from the left and the top of the ficha as
if it stood on one endless page, so that "right of" and "below" hold over page breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.cut_rows import SAME_COLUMN, cut_row, is_continued, tall_cells
from extract.geometry import Rect, share_x, union
from extract.grid import Cell, Grid, Table, TextLine
from extract.labels import HeadingMatch, Match, Matcher, are_years
from extract.page import Page
from extract.words import Line, text_of
from normalize.text import join_lines

HALVES = 2
"""Labels of a page that may be halves of others."""
FULL_WIDTH = 0.9
"""Part of its table's width from which a cell is a title row."""


@dataclass(slots=True)
class Slot:
    """A place on the strip and what is printed there: ``parts`` are (page, lines, cell box).

    ``unsure``: without rules it is not certain where its text begins or ends. ``otherwise`` are
    texts of which two readings by OCR differ in a number, with both; ``agreed``: whether all
    readings by OCR are the same.
    """

    rect: Rect
    parts: list[tuple[Page, list[Line], Rect]]
    text: str
    match: Match | None = None
    crossed: list[str] = field(default_factory=list)
    overlaid: bool = False
    unsure: bool = False
    otherwise: list[tuple[str, str]] = field(default_factory=list)
    agreed: bool = True
    table: int = 0


@dataclass(slots=True)
class HeadingLine:
    """The line above a ficha."""

    page: Page
    line: Line
    text: str
    match: HeadingMatch


@dataclass(slots=True)
class Strip:
    """One ficha: its slots in the order of the pages, its heading and the pages it is on."""

    first_page: int
    last_page: int
    heading: HeadingLine | None = None
    slots: list[Slot] = field(default_factory=list)
    stray: list[TextLine] = field(default_factory=list)
    _shift: tuple[float, float] = (0.0, 0.0)
    _left: float = 0.0
    _tables: int = 0
    _panel: int = 0

    @property
    def fields(self) -> set[str]:
        """Fields whose label has been seen."""
        return {slot.match.label.field for slot in self.slots if slot.match}

    def add_line(self, text_line: TextLine, match: Match, panel: int) -> None:
        """A section's title that stands between two tables of a panel (a page, or a column)."""
        self._settle(text_line.page.number, panel, text_line.rect)
        parts = [(text_line.page, [text_line.line], text_line.rect)]
        place = text_line.rect.shifted(*self._shift)
        self._tables += 1
        self.slots.append(Slot(place, parts, text_line.text, match, table=self._tables))

    def add_cells(self, cells: Sequence[Cell], matcher: Matcher, panel: int) -> None:
        """A table of a panel, or the part of one that belongs to this ficha."""
        area = union(cell.rect for cell in cells)
        breaks = panel != self._panel and bool(self.slots)
        self._settle(cells[0].page.number, panel, area)
        self._left = area.x0 + self._shift[0]
        slots = [
            Slot(
                cell.rect.shifted(*self._shift),
                [(cell.page, cell.lines, cell.rect)],
                cell.text,
                matcher.match(cell.text),
                list(cell.crossed),
                cell.overlaid,
                otherwise=[(cell.text, cell.otherwise)] if cell.otherwise else [],
                agreed=cell.agreed,
            )
            for cell in cells
        ]
        if breaks:
            self._doubt_spilled(slots)
            slots = self._continue_row(self._without_heads(slots), matcher)
        else:
            self._tables += 1
        for slot in slots:
            slot.table = self._tables
        self.slots.extend(slots)

    def _settle(self, number: int, panel: int, area: Rect) -> None:
        """Where the strip goes on when a new panel begins."""
        if not self.slots:
            self.first_page = number
            self._left = area.x0
        elif panel != self._panel:
            end = max(slot.rect.bottom for slot in self.slots)
            self._shift = (self._left - area.x0, end - area.top)
        self.last_page = number
        self._panel = panel

    def _continue_row(self, slots: list[Slot], matcher: Matcher) -> list[Slot]:
        """Join the first row of a page to the row that the page before ends with, if it is one."""
        pairs = cut_row(self._last_row(), slots)
        if not is_continued(pairs, matcher):
            pairs = tall_cells(pairs, matcher)
        for above, below in pairs:
            above.parts.extend(part for part in below.parts if part[1])
            above.text = text_of(*((lines, rect) for _, lines, rect in above.parts))
            above.match = matcher.match(above.text)
            above.crossed.extend(below.crossed)
            above.overlaid |= below.overlaid
            above.otherwise.extend(below.otherwise)
            above.agreed &= below.agreed
            above.rect = union([above.rect, below.rect])
        taken = [below for _, below in pairs]
        return [slot for slot in slots if not any(slot is other for other in taken)]

    def _doubt_spilled(self, slots: Sequence[Slot]) -> None:
        """Doubt the first row of a new page under a cell with two texts over each other: one of
        them is the beginning of what stands here (in a row too low for a line, before the break).
        """
        end = max((slot.rect.bottom for slot in self.slots), default=0.0)
        for above in self.slots:
            if above.overlaid and above.rect.bottom > end - above.parts[-1][1][-1][0].rect.height:
                for slot in _first_row(slots):
                    if share_x(above.rect, slot.rect) > 0:
                        slot.crossed.append(above.text)

    def _without_heads(self, slots: list[Slot]) -> list[Slot]:
        """The rows of a new page without its first one, if it repeats that of the table, or only
        labels that the ficha has already."""
        head = _first_row([slot for slot in self.slots if slot.table == self._tables])
        again = _first_row(slots)
        texts = [slot.text for slot in again]
        labels = {slot.text for slot in self.slots if slot.match}
        repeats = texts == [slot.text for slot in head] or labels.issuperset(texts)
        if not any(texts) or not repeats:
            return slots
        return [slot for slot in slots if not any(slot is other for other in again)]

    def _last_row(self) -> list[Slot]:
        own = [slot for slot in self.slots if slot.table == self._tables]
        end = max((slot.rect.bottom for slot in own), default=0.0)
        return [slot for slot in own if slot.rect.bottom > end - SAME_COLUMN]


def _first_row(slots: Sequence[Slot]) -> list[Slot]:
    top = min((slot.rect.top for slot in slots), default=0.0)
    row = [slot for slot in slots if slot.rect.top < top + SAME_COLUMN]
    return sorted(row, key=lambda slot: slot.rect.x0)


def build_strips(grids: Iterable[Grid], matcher: Matcher) -> Iterator[Strip]:
    """The fichas of some pages, in order, each as soon as the next one begins. ``grids`` are in the
    order of the pages; one that is set in columns has a grid for each."""
    builder = _Builder(matcher)
    whole = 0
    for grid in grids:
        builder.add(grid)
        while whole < len(builder.strips) - 1:
            yield builder.strips[whole]
            whole += 1
    yield from builder.strips[whole:]


class _Builder:
    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.strips: list[Strip] = []
        self._heading: HeadingLine | None = None
        self._sections: list[tuple[TextLine, Match, int]] = []
        self._page = 0
        self._panel = 0

    def add(self, grid: Grid) -> None:
        if grid.page.number > self._page + 1:
            self._heading = None
        self._panel += 1
        self._page = grid.page.number
        blocks: list[tuple[float, list[TextLine] | Table]] = [
            (lines[0].rect.top, lines) for lines in self._titles(grid.lines)
        ]
        blocks.extend((table.rect.top, table) for table in grid.tables)
        for _, block in sorted(blocks, key=lambda item: item[0]):
            if isinstance(block, Table):
                self._add_table(block, grid.beside(block))
            else:
                self._add_title(block)

    def _titles(self, lines: Sequence[TextLine]) -> list[list[TextLine]]:
        """Lines, or pairs of lines, that are a start, a heading or a section's title."""
        titles: list[list[TextLine]] = []
        for above, below in pairwise(lines):
            if below.rect.top - above.rect.bottom < above.rect.height:
                both = join_lines([above.text, below.text])
                alone = self._is_title(above.text) or self._is_title(below.text)
                if self._is_title(both) and not alone:
                    titles.append([above, below])
        paired = [line for pair in titles for line in pair]
        titles.extend(
            [line]
            for line in lines
            if not any(line is other for other in paired) and self._is_title(line.text)
        )
        return titles

    def _is_title(self, text: str) -> bool:
        match = self.matcher.match(text)
        return (
            (match is not None and match.label.at in ("none", "grid"))
            or self.matcher.is_start(text)
            or self.matcher.heading(text) is not None
        )

    def _add_title(self, lines: Sequence[TextLine]) -> None:
        page, text = lines[0].page, join_lines([line.text for line in lines])
        words: Line = tuple(word for line in lines for word in line.line)
        if self.matcher.is_start(text):
            self._start(page.number)
        elif (heading := self.matcher.heading(text)) is not None:
            self._heading = HeadingLine(page, words, text, heading)
        elif (match := self.matcher.match(text)) is not None:
            area = union(line.rect for line in lines)
            self._sections.append((TextLine(page, words, area, text), match, self._panel))

    def _start(self, number: int) -> None:
        self.strips.append(Strip(number, number, self._heading))
        self._heading = None
        self._sections = []

    def _add_table(self, table: Table, beside: Sequence[TextLine]) -> None:
        """Give a table's rows, and the lines beside it, to the fichas that they belong to."""
        own: list[Cell] = []
        for cell in table.cells:
            title_row = cell.rect.width >= FULL_WIDTH * table.rect.width
            heading = self.matcher.heading(cell.text) if title_row else None
            if self.matcher.is_start(cell.text):
                self._give(own)
                own = []
                if not self._is_repeated(table, cell):
                    self._start(table.page.number)
            elif heading is not None:
                self._heading = _heading_line(cell.page, cell.lines, heading)
            elif title_row and (above := self._heading_on_start(cell)) is not None:
                self._give(own)
                own = []
                self._heading = above
                self._start(table.page.number)
            else:
                own.append(cell)
        self._give(own)
        if self.strips and self.strips[-1].last_page == table.page.number:
            self.strips[-1].stray.extend(beside)

    def _heading_on_start(self, cell: Cell) -> HeadingLine | None:
        """The heading that stands in one cell with the title with which a ficha begins, as where
        the table is so close below it that its last line hangs in."""
        for count in range(1, len(cell.lines)):
            above, below = cell.lines[:count], cell.lines[count:]
            if self.matcher.is_start(text_of((below, None))):
                heading = self.matcher.heading(text_of((above, None)))
                return _heading_line(cell.page, above, heading) if heading else None
        return None

    def _is_repeated(self, table: Table, title: Cell) -> bool:
        """Whether a title only repeats, on a new page, the title of the ficha that goes on."""
        if not self.strips or self.strips[-1].last_page == table.page.number:
            return False
        current = self.strips[-1]
        if not current.slots and self._heading is None:
            return True  # the page before ended with the title
        following: list[Match] = []
        for cell in table.cells:
            if cell.rect.top <= title.rect.top:
                continue
            if self.matcher.is_start(cell.text):
                break
            match = self.matcher.match(cell.text)
            following.extend([match] if match else [])
        return bool(current.fields) and not self._begins_again(following, current)

    def _give(self, cells: Sequence[Cell]) -> None:
        """A table, or a part of one, to the ficha that goes on (or to none).

        A section's title above it counts only now: one that no table follows is mere text.
        """
        if not cells or not self.strips:
            return
        current = self.strips[-1]
        matches = [match for cell in cells if (match := self.matcher.match(cell.text))]
        if self._begins_again(matches, current):
            self._start(cells[0].page.number)
            current = self.strips[-1]
        unfinished = self.matcher.template.labels[-1].field not in current.fields
        if matches or self._sections or unfinished or _awaits(current, cells):
            for line, match, panel in self._sections:
                current.add_line(line, match, panel)
            self._sections = []
            current.add_cells(cells, self.matcher, self._panel)

    def _begins_again(self, matches: Sequence[Match], current: Strip) -> bool:
        """Whether labels are those of another ficha: identity and more recur, or many do.

        One alone may be the half of a label that the page cuts (``Nombre`` of ``Nombre variable
        8``, ``método de cálculo`` of ``Sustitución en método de cálculo``).
        """
        again = {match.label.field for match in matches} & current.fields - {""}
        single = {field for field in again if not field.startswith("variable.")}
        return len(single) > (1 if self.matcher.template.identity in single else HALVES)


def _heading_line(page: Page, lines: Sequence[Line], match: HeadingMatch) -> HeadingLine:
    words: Line = tuple(word for line in lines for word in line)
    return HeadingLine(page, words, text_of((lines, None)), match)


def _awaits(strip: Strip, cells: Sequence[Cell]) -> bool:
    """Whether a table without labels can still belong to the ficha: its last rows are open.

    They are where they hold a label, or years without values, or a series that the table goes on
    with (its first row is years).
    """
    end = max(slot.rect.bottom for slot in strip.slots)
    last = [slot for slot in strip.slots if slot.rect.bottom > end - SAME_COLUMN]
    if any(slot.match for slot in last):
        return True
    labels = [(slot.rect.top, slot.match.label.at) for slot in strip.slots if slot.match]
    if not labels or max(labels)[1] != "grid":
        return False
    top = min(cell.rect.top for cell in cells)
    first = [cell.text for cell in cells if cell.rect.top < top + SAME_COLUMN]
    return are_years(first) or are_years(slot.text for slot in last)
