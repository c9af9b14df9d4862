"""A page as segments: texts that stand by themselves on their line, in no fixed order.

Fichas that are laid out freely set columns of prose, labels with values and tables side by side,
with or without rules. A line of the page is cut where a rule stands between two words, where a wide
gap does, and where a smaller one goes on through the lines above and below: that is a gutter. A gap
that text crosses above and below is only the wide space of a justified line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.geometry import Edge, Rect, union
from extract.grid import Grid
from extract.page import Page
from extract.tangled import untangled
from extract.words import COLUMN_GAP, Line, Word, are_overlaid, lines_of, text_of

SPACE = 0.55
"""Gap in line heights up to which two words always belong together."""
GAP = 1.0
"""Gap in line heights from which one clear neighbour makes it a gutter."""
_NUMBER = re.compile(r"-?[\d.,]*\d")

UNEVEN = 0.15
"""Line heights between two baselines that are not one."""
EVEN = 0.8
"""Part of the widest gap of a justified line that its narrowest has at least."""
NEIGHBOUR = (0.6, 2.2)
"""Distance of two lines' middles, in line heights, at which one is above or below the other."""


MARGIN = 1.0
"""Points by which texts that begin at one margin are out of line."""
STRIP, REACHING = 7.0, 3
"""Line heights above and below up to which a white strip is looked for, and lines that reach it."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Words of one line that belong together. ``cell`` is the ruled cell that they stand in;
    ``doubtful``: its text runs over a rule, or is printed over another."""

    page: Page
    words: Line
    rect: Rect
    text: str
    cell: Rect | None = None
    doubtful: bool = False

    @property
    def height(self) -> float:
        """The height of its type: a raised mark makes the line higher, not the type."""
        return median(word.chars[0].rect.height for word in self.words)


def segment(page: Page, words: Line, cell: Rect | None = None, doubtful: bool = False) -> Segment:
    """A segment of some words of a line."""
    rect = union(word.rect for word in words)
    return Segment(page, words, rect, text_of(([words], None)), cell, doubtful)


def segments_of(grid: Grid) -> list[Segment]:
    """All segments of a page, from the top, from the left."""
    page = grid.page
    upright = [edge for edge in page.edges if edge.orientation == "v"]
    found: list[Segment] = []
    outside = [char for line in grid.lines for word in line.line for char in word.chars]
    for table in grid.tables:
        for cell in table.cells:
            # Lines that hang out of a page's last cell stand below it here: headings have cells.
            hanging = [line for line in cell.lines if _is_below(line, cell.rect)]
            inside = [line for line in cell.lines if line not in hanging]
            outside += [char for line in hanging for word in line for char in word.chars]
            doubtful = (bool(cell.crossed) and not hanging) or cell.overlaid
            found += _cut(page, inside, upright, cell.rect, doubtful)
    found += _cut(page, untangled(lines_of(outside)), upright, None, False)
    return sorted(found, key=lambda s: (round(s.rect.top), s.rect.x0))


def _is_below(line: Line, cell: Rect) -> bool:
    return min(word.rect.top for word in line) >= cell.bottom


def _cut(
    page: Page, lines: Sequence[Line], upright: Sequence[Edge], cell: Rect | None, doubtful: bool
) -> Iterator[Segment]:
    boxes = [union(word.rect for word in line) for line in lines]
    for at, line in enumerate(lines):
        part: list[Word] = [line[0]]
        even = _is_even(line)
        for before, word in pairwise(line):
            if _is_parted(before, word, at, lines, boxes, upright, even):
                yield _segment(page, part, cell, doubtful)
                part = []
            part.append(word)
        yield _segment(page, part, cell, doubtful)


def _segment(page: Page, words: Sequence[Word], cell: Rect | None, doubtful: bool) -> Segment:
    line = tuple(words)
    return segment(page, line, cell, doubtful or are_overlaid([line]))


def _is_parted(
    before: Word,
    word: Word,
    at: int,
    lines: Sequence[Line],
    boxes: Sequence[Rect],
    upright: Sequence[Edge],
    even: bool,
) -> bool:
    left, right = before.rect, word.rect
    height = max(min(left.height, right.height), 0.1)
    gap = Rect(left.x1, min(left.top, right.top), right.x0, max(left.bottom, right.bottom))
    if any(
        gap.x0 - 1 <= edge.at <= gap.x1 + 1
        and edge.start <= gap.top + 2
        and gap.bottom - 2 <= edge.end
        for edge in upright
    ):
        return True
    width = (gap.width - _spread(before, word)) / height
    if width > SPACE and (_are_numbers(before, word) or _are_uneven(left, right)):
        return True
    if width <= SPACE or width >= COLUMN_GAP:
        return width >= COLUMN_GAP
    if word.text != "%" and _is_gutter(gap, height, at, lines, boxes):
        return True
    above, below = (
        _neighbour(gap, height, at, step, lines, boxes, (left.x0, right.x1)) for step in (-1, 1)
    )
    if width < GAP:
        near = [line for line in lines[max(at - 1, 0) : at + 2] if line is not lines[at]]
        begins = any(_begins_column(word, line) for line in near)
        return above == below == "clear" or ("clear" in (above, below) and begins)
    return "clear" in (above, below) or (above == below == "none" and not even)


def _is_gutter(
    gap: Rect, height: float, at: int, lines: Sequence[Line], boxes: Sequence[Rect]
) -> bool:
    """Whether a gap is part of a white strip that lines above and below it reach, up to one that
    crosses it: running text leaves none that several lines reach."""
    middle = (gap.top + gap.bottom) / 2
    reaching = 0
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(lines):
            if abs((boxes[other].top + boxes[other].bottom) / 2 - middle) > STRIP * height:
                break
            rects = [word.rect for word in lines[other]]
            if any(rect.x0 < gap.x1 - 1 and rect.x1 > gap.x0 + 1 for rect in rects):
                break
            reaching += any(gap.x0 - height < rect.x1 <= gap.x0 + 1 for rect in rects)
            other += step
    return reaching >= REACHING


def _begins_column(word: Word, line: Line) -> bool:
    """Whether a column begins in a line where a word of the next one does."""
    return any(
        abs(each.rect.x0 - word.rect.x0) <= MARGIN
        and each.rect.x0 - before.rect.x1 >= COLUMN_GAP * each.rect.height
        for before, each in pairwise(line)
    )


def _spread(before: Word, word: Word) -> float:
    """What a space between two words is wider, in points, for letters that are set apart: it has as
    much at both its sides."""
    known = [each for each in (_tracking(before), _tracking(word)) if each is not None]
    return 2 * min(known, default=0.0)


def _tracking(word: Word) -> float | None:
    """How far apart a word's letters are set, in points; None where it has only one."""
    gaps = [after.rect.x0 - each.rect.x1 for each, after in pairwise(word.chars)]
    return max(median(gaps), 0.0) if gaps else None


def _are_numbers(before: Word, word: Word) -> bool:
    """Whether two words are two cells of a table: the digits of one number stand closer."""
    return bool(_NUMBER.fullmatch(before.text) and _NUMBER.fullmatch(word.text))


def _are_uneven(left: Rect, right: Rect) -> bool:
    """Whether two words of one type size stand on two baselines: lines of two texts at one height,
    as in a row whose cells have unlike numbers of lines."""
    alike = abs(left.height - right.height) < 0.1 * left.height
    return alike and abs(left.bottom - right.bottom) > UNEVEN * left.height


def cut_at(whole: Segment, gap: float) -> list[Segment]:
    """A segment cut at all gaps wider than ``gap`` line heights, as the cells of a table are."""
    parts: list[list[Word]] = [[whole.words[0]]]
    for before, word in pairwise(whole.words):
        if word.rect.x0 - before.rect.x1 - _spread(before, word) > gap * whole.height:
            parts.append([])
        parts[-1].append(word)
    if len(parts) == 1:
        return [whole]
    return [segment(whole.page, tuple(part), whole.cell, whole.doubtful) for part in parts]


def _is_even(line: Line) -> bool:
    """Whether a line's words are all as far from each other, as in a justified paragraph."""
    gaps = [word.rect.x0 - before.rect.x1 for before, word in pairwise(line)]
    return len(gaps) > 2 and min(gaps) > EVEN * max(gaps)


def _neighbour(
    gap: Rect,
    height: float,
    at: int,
    step: int,
    lines: Sequence[Line],
    boxes: Sequence[Rect],
    reach: tuple[float, float],
) -> Literal["clear", "crossed", "none"]:
    """What the next line above or below does where this one has a gap: it has one too, it has
    text, or there is no such line."""
    middle = (gap.top + gap.bottom) / 2
    other = at + step
    while 0 <= other < len(lines):
        away = abs((boxes[other].top + boxes[other].bottom) / 2 - middle) / height
        if away > NEIGHBOUR[1]:
            return "none"
        near = [w.rect for w in lines[other] if reach[0] < w.rect.x1 and w.rect.x0 < reach[1]]
        if away >= NEIGHBOUR[0] and near:
            return _crossing(gap, height, [word.rect for word in lines[other]])
        other += step
    return "none"


def _crossing(
    gap: Rect, height: float, words: Sequence[Rect]
) -> Literal["clear", "crossed", "none"]:
    middle = (gap.x0 + gap.x1) / 2
    left = [rect.x1 for rect in words if (rect.x0 + rect.x1) / 2 < middle]
    right = [rect.x0 for rect in words if (rect.x0 + rect.x1) / 2 >= middle]
    white = min([gap.x1, *right]) - max([gap.x0, *left])
    if white <= SPACE * height:
        return "crossed"
    return "clear" if left and right else "none"
