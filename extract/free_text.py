"""Freely placed text of a page: segments (pieces of lines) and blocks of them, by geometry.

A page of text boxes has no lines that run over the whole page, as a programme's page has: two boxes
side by side may stand at any height. Text is therefore put together from near neighbours only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extract.geometry import Edge, Rect, overlap, share_x, share_y, union
from extract.page import Char, Page
from extract.types import Printed
from extract.vocabulary import Vocabulary
from extract.words import Line, Word, block_piece, lines_of, printed, text_known, text_of

APART = 0.62
"""Gap, in line heights, from which two words of a line are two segments. Justified lines may come
in several; whoever reads a box takes all of its segments."""
LEVEL = 0.5
"""Part of the lower one's height that two pieces of one line share at least."""
OVERLYING = 0.6
"""Part of its width by which a piece printed twice (for bold) covers its first printing."""
LEADING = 0.75
"""Gap, in line heights, that two lines of one block have at most."""
SPREAD = 0.9
"""Gap, in line heights, that two pieces of one line of a block have at most."""
SAME_TYPE = 0.12
"""Part by which the heights of two lines of one block may differ."""
EDGE = 0.2
"""Line heights from the left side of a page at which a text is cut by it."""
SHELF = 24.0
"""Points of height by which segments are looked up; any value is right, this one is quick."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Words that stand close together on one line."""

    page: Page
    line: Line
    rect: Rect
    size: float  # height of its type, in points: of most characters
    tall: float  # of its highest character; of some fonts each has the height of its own ink
    text: str
    frame: Rect | None = None  # the ruled cell that broke its line, where it is known

    @property
    def chars(self) -> list[Char]:
        return [char for word in self.line for char in word.chars]

    @property
    def middle(self) -> float:
        return (self.rect.top + self.rect.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.rect.x0 + self.rect.x1) / 2


Block = list[Segment]
"""Segments of one text box, top to bottom."""


def segments_of(page: Page) -> list[Segment]:
    """The segments of a page, top to bottom and left to right."""
    rules = [edge for edge in page.edges if edge.orientation == "v"]
    for area in page.areas:
        rules.append(Edge("v", area.x0, area.top, area.bottom))
        rules.append(Edge("v", area.x1, area.top, area.bottom))
    rules.sort(key=lambda edge: edge.at)
    groups = _joined([Run(run) for run in _runs(page.chars, rules)], rules)
    found = [
        segment(page, line) for group in groups for line in lines_of(sorted(group, key=_by_order))
    ]
    return sorted(found, key=lambda each: (each.rect.top, each.rect.x0))


def segment(page: Page, line: Sequence[Word], frame: Rect | None = None) -> Segment:
    """Some words of a line as a segment; ``frame`` is the ruled cell that they stand in."""
    heights = [char.rect.height for word in line for char in word.chars]
    rect = union(word.rect for word in line)
    text = text_of(([tuple(line)], None))
    return Segment(page, tuple(line), rect, median(heights), max(heights), text, frame)


def _by_order(char: Char) -> int:
    return char.order


class Run:
    """Characters that follow each other closely in the file and on the page."""

    __slots__ = ("chars", "rect")

    def __init__(self, chars: list[Char]) -> None:
        self.chars = chars
        self.rect = union(char.rect for char in chars)


def _runs(chars: Sequence[Char], rules: Sequence[Edge]) -> Iterable[list[Char]]:
    run: list[Char] = []
    for char in chars:
        if run and not _follows(run[-1], char, rules):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _follows(before: Char, char: Char, rules: Sequence[Edge]) -> bool:
    if char.order != before.order + 1 or share_y(before.rect, char.rect) < LEVEL:
        return False
    if char.rect == before.rect and not char.gap:  # the letters of a ligature have one box
        return True
    height = max(before.rect.height, char.rect.height)
    limit = APART if char.gap else 2 * APART  # letter-spaced words have wide gaps inside
    gap = char.rect.x0 - before.rect.x1
    if not -LEVEL * height <= gap <= limit * height:
        return False
    return not char.gap or not _ruled_between(before.rect, char.rect, rules)


def _ruled_between(left: Rect, right: Rect, rules: Sequence[Edge]) -> bool:
    """Whether an upright rule stands in the gap between two pieces of a line."""
    first = bisect_left(rules, left.x1 - 0.5, key=lambda rule: rule.at)
    top, bottom = max(left.top, right.top), min(left.bottom, right.bottom)
    for rule in rules[first:]:
        if rule.at > right.x0 + 0.5:
            return False
        if overlap(rule.start, rule.end, top, bottom) > 0:
            return True
    return False


def _joined(runs: Sequence[Run], rules: Sequence[Edge]) -> list[list[Char]]:
    """Runs that touch or overlie each other on a line, as the characters of one piece."""
    home = list(range(len(runs)))

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    shelves: dict[int, list[int]] = {}
    for at, run in enumerate(runs):
        own = range(int(run.rect.top // SHELF), int(run.rect.bottom // SHELF) + 1)
        for shelf in own:
            for other in shelves.get(shelf, ()):
                if root(other) != root(at) and _touch(runs[other].rect, run.rect, rules):
                    home[root(at)] = root(other)
        for shelf in own:
            shelves.setdefault(shelf, []).append(at)
    groups: dict[int, list[Char]] = {}
    for at, run in enumerate(runs):
        groups.setdefault(root(at), []).extend(run.chars)
    return list(groups.values())


def _touch(a: Rect, b: Rect, rules: Sequence[Edge]) -> bool:
    if share_y(a, b) < LEVEL:
        return False
    left, right = (a, b) if a.x0 <= b.x0 else (b, a)
    gap = right.x0 - left.x1
    if gap < 0:
        return share_x(a, b) >= OVERLYING or -gap < LEVEL * min(a.height, b.height)
    if gap > APART * min(a.height, b.height):
        return False
    return not _ruled_between(left, right, rules)


def blocks_of(segments: Sequence[Segment]) -> list[Block]:
    """Segments as text boxes: lines of one type size below each other, and pieces of one line."""
    blocks: list[Block] = []
    for each in sorted(segments, key=lambda s: (s.page.number, s.rect.top, s.rect.x0)):
        near = [block for block in blocks if any(same_box(other, each) for other in block[-12:])]
        if not near:
            blocks.append([each])
            continue
        near[0].append(each)
        for other in near[1:]:
            near[0].extend(other)
            blocks.remove(other)
    return [sorted(block, key=lambda s: (s.page.number, s.rect.top, s.rect.x0)) for block in blocks]


def same_box(one: Segment, other: Segment) -> bool:
    """Whether two segments are neighbouring lines, or pieces of a line, of one box."""
    if one.page is not other.page:
        return False
    above, below = (one, other) if one.rect.top <= other.rect.top else (other, one)
    a, b = above.rect, below.rect
    if not same_type(above, below):
        return False
    if share_y(a, b) >= LEVEL:  # pieces of one line, as in justified text
        return max(a.x0, b.x0) - min(a.x1, b.x1) <= SPREAD * above.size
    gap = b.top - a.bottom
    return -LEVEL * above.size < gap <= LEADING * above.size and share_x(a, b) >= LEVEL


def same_type(one: Segment, other: Segment) -> bool:
    """Whether two segments may be of one size of type."""
    slack = 1 + SAME_TYPE
    return one.size <= slack * other.tall and other.size <= slack * one.tall


def same_line(one: Segment, other: Segment) -> bool:
    """Whether two segments are pieces of one line of a box, as in justified text."""
    level = one.page is other.page and share_y(one.rect, other.rect) >= LEVEL
    apart = max(one.rect.x0, other.rect.x0) - min(one.rect.x1, other.rect.x1)
    return level and apart <= SPREAD * min(one.size, other.size)


def is_at_edge(each: Segment) -> bool:
    """Whether a line may go on outside of the page: no letter more fits on it."""
    width = each.page.reading.size[0]
    return each.rect.x0 < EDGE * each.size or each.rect.x1 > width - each.size


def bounds(segments: Iterable[Segment]) -> Rect:
    """The rectangle around some segments of a page. Raises ``ValueError`` for none."""
    return union(each.rect for each in segments)


def printed_of(segments: Sequence[Segment], reader: str) -> Printed:
    """Segments as one printed text, a piece for each page and cell: lines joined, in reading
    order."""
    pieces = [
        block_piece(page, lines, text=text_of((lines, frame)))
        for page, lines, frame in _blocks(segments)
    ]
    return printed(pieces, reader)


def printed_known(
    segments: Sequence[Segment], vocabulary: Vocabulary, reader: str
) -> tuple[Printed, list[str]]:
    """The same, told by the words of the document what a cell cuts inside; and the places where
    that is not sure."""
    blocks = list(_blocks(segments))
    joined = text_known(((lines, frame) for _, lines, frame in blocks), vocabulary)
    pieces = [
        block_piece(page, lines, text=text_known([(lines, frame)], vocabulary).text)
        for page, lines, frame in blocks
    ]
    return printed(pieces, reader, joined.text), joined.unsure


def _blocks(segments: Sequence[Segment]) -> Iterator[tuple[Page, list[Line], Rect | None]]:
    """Segments as lines, page by page and cell by cell."""
    for page, frame in dict.fromkeys((each.page.number, each.frame) for each in segments):
        own = [each for each in segments if (each.page.number, each.frame) == (page, frame)]
        chars = sorted((char for each in own for char in each.chars), key=_by_order)
        yield own[0].page, lines_of(chars), frame


def text_lines(segments: Sequence[Segment]) -> list[Line]:
    """Segments of one box as its lines."""
    return lines_of(sorted((char for each in segments for char in each.chars), key=_by_order))
