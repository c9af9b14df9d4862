"""The ruled cells of a page with the text in them, and the lines of text outside of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.cells import table_cells
from extract.geometry import Rect, contains, overlap, share_y, union
from extract.limits import uncollected
from extract.line_numbers import line_numbers
from extract.page import Page
from extract.runs import Char, Word
from extract.words import SAME_LINE, Line, are_overlaid, is_level, lines_of_runs, parted, text_of

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
    inside, outside = _share_out(page.runs, cells, page.reading.size[1])
    outside = _take_hanging(outside, inside, cells)
    for cell, runs in zip(cells, inside, strict=True):
        cell.lines = lines_of_runs(runs)
        cell.text = text_of((cell.lines, cell.rect))
        cell.overlaid = are_overlaid(cell.lines)
    tables: list[Table] = []
    remaining = iter(cells)
    for group in groups:
        own = [next(remaining) for _ in group]
        if _is_frame(own, cells):
            outside.extend([word for line in own[0].lines for word in line])
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
    runs: Sequence[Word], cells: Sequence[Cell], height: float
) -> tuple[list[list[Word]], list[Word]]:
    """Runs by cell, and those outside.

    A run over a rule is two texts where it has a gap at the rule. Without a gap it is one text
    that is too long for its cell: it stays whole where most of it stands, and the cells know.
    """
    shelves = _shelves(cells, height)
    inside: list[list[Word]] = [[] for _ in cells]
    outside: list[Word] = []
    for run in runs:
        home = _home_of(run, shelves)
        if home is None:
            homes = [_home(char.rect, shelves) for char in run.chars]
            if len(set(homes)) > 1:
                _share_parts(run, homes, cells, inside, outside)
                continue
            home = homes[0]
        (inside[home] if home >= 0 else outside).append(run)
    return inside, outside


def _share_parts(
    run: Word,
    homes: Sequence[int],
    cells: Sequence[Cell],
    inside: Sequence[list[Word]],
    outside: list[Word],
) -> None:
    """The parts of a run over a rule to their cells; ``homes`` are those of its characters."""
    for part in _parts(run.chars, homes):
        counts = Counter(home for _, home in part)
        home = max(counts, key=lambda h: (counts[h], h >= 0))
        if len(counts) > 1:
            text = "".join(char.text for char, _ in part)
            for crossed in counts.keys() - {-1}:
                cells[crossed].crossed.append(text)
        own = Word(tuple([char for char, _ in part]))
        (inside[home] if home >= 0 else outside).append(own)


def _take_hanging(
    outside: Sequence[Word], inside: Sequence[list[Word]], cells: Sequence[Cell]
) -> list[Word]:
    """Give the last cells of a page the lines that hang out below them; what is left outside.

    Some programs that cut a row at the end of a page draw less of its cell than of its text. Such a
    line follows the cell's in the file, as near as a line of one text.
    """
    if not cells or not outside:
        return list(outside)
    end = max(cell.rect.bottom for cell in cells)
    ends = {
        runs[-1].last_order: at
        for at, runs in enumerate(inside)
        if runs and cells[at].rect.bottom > end - OVERHANG * runs[-1].rect_at(-1).height
    }
    left: list[Word] = []
    hanging: dict[int, list[str]] = {}
    for run in outside:
        at = ends.get(run.order - 1)
        if at is None or not _is_next_line(inside[at][-1].rect_at(-1), run, cells[at].rect):
            left.append(run)
            continue
        inside[at].append(run)
        ends[run.last_order] = at
        hanging.setdefault(at, []).append(run.text)
    for at, words in hanging.items():
        cells[at].crossed.append(" ".join(words))
    return left


def _is_next_line(last: Rect, run: Word, cell: Rect) -> bool:
    """Whether a run stands beside a line of a cell or on the next one, and within its sides."""
    within = cell.x0 <= run.start and run.end <= cell.x1
    return within and 0 <= run.rect_at(0).bottom - last.bottom < NEXT_LINE * last.height


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


def _home_of(run: Word, shelves: Shelves) -> int | None:
    """The innermost cell that holds the first character of a run and the last one on its line, -1
    for none; ``None`` where that is not one cell."""
    if run.even and (holder := _holder_of(run, shelves)) is not None:
        return holder
    first, last = run.rect_at(0), run.rect_at(-1)
    home = _home(first, shelves)
    if len(run) == 1 or (home == _home(last, shelves) and (run.even or is_level(first, last))):
        return home
    return None


def _holder_of(run: Word, shelves: Shelves) -> int | None:
    """The innermost cell that holds the middles of all characters of an even run; ``None`` where
    none does for certain. (Most runs lie inside one cell, and this is told without a look at any of
    their characters.)"""
    x0, _, x1, _ = run.rect
    top, lowest_top, highest_bottom, bottom = run.reach
    upper, lower = (top + highest_bottom) / 2, (lowest_top + bottom) / 2
    shelf = int(upper // SHELF)
    if shelf != int(lower // SHELF):
        return None
    for index, (left, above, right, below) in shelves.get(shelf, ()):
        if left <= x1 and x0 <= right and above <= lower and upper <= below:
            whole = left <= x0 and x1 <= right and above <= upper and lower <= below
            return index if whole else None
    return None


def _home(rect: Rect, shelves: Shelves) -> int:
    """The innermost cell that holds the middle of a character; -1 for none."""
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


def _text_lines(page: Page, runs: Sequence[Word]) -> list[TextLine]:
    lines = [
        TextLine(page, part, union(word.rect for word in part), text_of(([part], None)))
        for line in lines_of_runs(runs)
        for part in parted(line)
    ]
    counted = line_numbers([(line.text, line.rect) for line in lines])
    return [line for at, line in enumerate(lines) if at not in counted]
