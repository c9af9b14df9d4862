"""The ruled cells of a page with the text in them, and the lines of text outside of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.cells import table_cells
from extract.geometry import Rect, contains, overlap, share_y, union
from extract.limits import uncollected
from extract.page import Char, Page
from extract.words import SAME_LINE, Line, are_overlaid, is_level, lines_of, parted, text_of

INK_GAP = 0.15
"""Gap, in character heights, from which text on both sides of a rule is two texts."""
OVERHANG = 0.4
"""Part of its height by which the middle of a character may be above or below its table: browsers
let the last line before a page break hang out of it."""
NEXT_LINE = 1.35
"""Heights of its type from a line to the next one of a text at most."""
REACH = 0.2
"""Part of its height by which a line stands at the height of a cell."""
GUTTER, TALL = 36.0, 0.5
"""Points of width up to which, and part of its table's height from which, an empty strip along a
table is the padding of a frame around it."""
FRAMED_LINES = 3
"""Lines of text up to which a lone cell is a title row; with more it is a frame around text."""
SHELF = 16.0
"""Points of height by which cells are looked up; any value is right, this one is quick."""


Shelves = Mapping[int, Sequence[tuple[int, Rect]]]
"""The cells of each strip of the page: their positions in its list, and their rectangles."""


@dataclass(slots=True)
class Cell:
    """A ruled cell. ``crossed`` are words that run over its rule into a neighbour, or out of it:
    they are kept whole in the cell that holds most of them, which is a guess. ``overlaid``: two
    texts are printed over each other in it. ``otherwise``: what a second reading by OCR says, where
    it differs in a number; ``agreed``: whether all readings by OCR are the same in every sign.
    """

    page: Page
    rect: Rect
    lines: list[Line] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    text: str = ""
    overlaid: bool = False
    otherwise: str = ""
    agreed: bool = True


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


@uncollected()
def read_grid(page: Page) -> Grid:
    """Find the ruled cells of a page and put every character into its cell or line."""
    groups = table_cells(page)
    cells = [Cell(page, rect) for group in groups for rect in group]
    inside, outside = _share_out(page.chars, cells, page.reading.size[1])
    outside = _take_hanging(outside, inside, cells)
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
        if cell.lines or cell.rect.width > GUTTER or cell.rect.height < TALL * height
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


def _share_out(
    chars: Sequence[Char], cells: Sequence[Cell], height: float
) -> tuple[list[list[Char]], list[list[Char]]]:
    """Characters by cell, and those outside; runs without white space stay together.

    A run over a rule is two texts where it has a gap at the rule. Without a gap it is one text
    that is too long for its cell: it stays whole where most of it stands, and the cells know.
    """
    shelves = _shelves(cells, height)
    inside: list[list[Char]] = [[] for _ in cells]
    outside: list[list[Char]] = []
    for run in _runs(chars):
        homes = _homes(run, shelves)
        if len(set(homes)) == 1:
            if homes[0] >= 0:
                inside[homes[0]].extend(run)
            else:
                outside.append(run)
            continue
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


def _take_hanging(
    outside: Sequence[list[Char]], inside: Sequence[list[Char]], cells: Sequence[Cell]
) -> list[list[Char]]:
    """Give the last cells of a page the lines that hang out below them; what is left outside.

    Some programs that cut a row at the end of a page draw less of its cell than of its text. Such a
    line follows the cell's in the file, as near as a line of one text.
    """
    if not cells or not outside:
        return list(outside)
    end = max(cell.rect.bottom for cell in cells)
    ends = {
        chars[-1].order: at
        for at, chars in enumerate(inside)
        if chars and cells[at].rect.bottom > end - OVERHANG * chars[-1].rect.height
    }
    left: list[list[Char]] = []
    hanging: dict[int, list[str]] = {}
    for run in outside:
        at = ends.get(run[0].order - 1)
        if at is None or not _is_next_line(inside[at][-1].rect, run, cells[at].rect):
            left.append(run)
            continue
        inside[at].extend(run)
        ends[run[-1].order] = at
        hanging.setdefault(at, []).append("".join(char.text for char in run))
    for at, words in hanging.items():
        cells[at].crossed.append(" ".join(words))
    return left


def _is_next_line(last: Rect, run: Sequence[Char], cell: Rect) -> bool:
    """Whether a run stands beside a line of a cell or on the next one, and within its sides."""
    first = run[0].rect
    within = cell.x0 <= first.x0 and run[-1].rect.x1 <= cell.x1
    return within and 0 <= first.bottom - last.bottom < NEXT_LINE * last.height


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    runs: list[list[Char]] = []
    run: list[Char] = []
    following = -1
    for char in chars:
        _, _, order, gap = char
        if gap or order != following:
            run = []
            runs.append(run)
        run.append(char)
        following = order + 1
    return runs


def _shelves(cells: Sequence[Cell], height: float) -> Shelves:
    """The cells that reach into each strip of :data:`SHELF` points of the page, smallest first.

    A damaged file may draw cells that reach far beyond its page.
    """
    last = int(height // SHELF)
    by_area = sorted(range(len(cells)), key=lambda i: cells[i].rect.width * cells[i].rect.height)
    shelves: dict[int, list[tuple[int, Rect]]] = {}
    for index in by_area:
        rect = cells[index].rect
        top, bottom = max(rect.top, 0.0), min(rect.bottom, height)
        for shelf in range(int(top // SHELF), min(int(bottom // SHELF), last) + 1):
            shelves.setdefault(shelf, []).append((index, rect))
    return shelves


def _homes(run: Sequence[Char], shelves: Shelves) -> list[int]:
    """For each character the innermost cell that holds its middle; -1 for none."""
    home, last = _home(run[0].rect, shelves), run[-1].rect
    if len(run) == 1 or (home == _home(last, shelves) and is_level(run[0].rect, last)):
        return [home] * len(run)
    return [_home(char.rect, shelves) for char in run]


def _home(rect: Rect, shelves: Shelves) -> int:
    x0, top, x1, bottom = rect
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    home = _holder(x, y, shelves)
    if home < 0:
        reach = OVERHANG * (bottom - top)
        home = max(_holder(x, y + dy, shelves) for dy in (-reach, reach))
    return home


def _holder(x: float, y: float, shelves: Shelves) -> int:
    for index, (x0, top, x1, bottom) in shelves.get(int(y // SHELF), ()):
        if x0 <= x <= x1 and top <= y <= bottom:
            return index
    return -1


def _parts(run: Sequence[Char], homes: Sequence[int]) -> list[list[tuple[Char, int]]]:
    """A run cut where it changes its cell over a gap (or to another line)."""
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
