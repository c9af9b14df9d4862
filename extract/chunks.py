"""Text without rules: the pages of a document as one endless strip of chunks.

A chunk is a run of words on one line with nothing wider than a space between them: a cell's line,
or a piece of one. Pages follow each other without their running heads and page numbers, so that
what a page break cuts is whole again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.geometry import Rect, join_edges, share_x, share_y, union
from extract.line_numbers import line_numbers
from extract.page import Char, Page
from extract.words import Word, lines_of

WIDER = 1.6
"""Times the usual space from which a gap parts two chunks."""
WIDEST = 0.6
"""The usual space at most, in character heights."""
LEAST = 0.15
"""Part of a character's height by which such a gap is wider than the space at least."""
SAME_LINE = 0.6
"""Part of the lower one's height that two characters of a chunk share at least."""
MARGIN = 0.12
"""Part of a page's height at its top and bottom where running heads stand."""
OFTEN = 0.4
"""Part of the pages on which a running head stands at least (there may be one for each side)."""
HANGING = 0.1
"""Points under a line of text at which a cut parts it from what follows."""
WIDE = 0.5
"""Part of a page's text width from which a drawn line or ground parts rows."""
NEAREST = 2.0
"""Points from one line to the next at least."""
USUAL, JITTER = 0.1, 0.4
"""Part of the steps between lines that a usual one makes up; points by which it varies."""
SAME_SIZE = 0.2
"""Part by which the heights of two pieces of type of one size may differ."""
SHIFT = 40.0
"""Points by which the text of two pages may be set apart sideways (mirrored margins)."""
FOLIO = 4
"""Digits of a page's number at most."""
ALIGNED = 1.5
"""Points within which two chunks begin at one place."""

_OFF_LINE = frozenset("gjpqyçQÇ,;()[]{}|/_$@&-–—·•*'\"“”‘’«»°ºª=+~^¹²³")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]{4}")
_FOLIO = re.compile(
    r"(?:p[aá]g(?:ina|\.)?\s*)?[-–—|]?\s*\d{1,4}\s*(?:(?:de|/)\s*\d{1,4})?\s*[-–—|]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """``rect`` is its place on the strip, ``level`` that of its baseline (or nearly), ``order`` its
    place in the file."""

    page: Page
    words: tuple[Word, ...]
    rect: Rect
    level: float
    order: int

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Sheet:
    """The chunks of some pages on one strip.

    ``cuts`` are the heights at which lines, or the edges of grounds, part rows; ``breaks`` those at
    which pages end. ``leading`` is the usual distance of two lines of one cell, ``size`` the
    height of most of the type.
    """

    chunks: list[Chunk]
    cuts: list[float]
    breaks: list[float]
    leading: float
    size: float

    def breaks_between(self, above: float, below: float) -> bool:
        """Whether a page ends between two heights."""
        return any(above < end < below for end in self.breaks)


def read_sheet(pages: Iterable[Page], is_known: Callable[[str], bool]) -> Sheet:
    """Put the text of consecutive pages on one strip. ``is_known`` tells the lines that belong to
    a ficha (its labels and titles) from running heads."""
    kept = _without_furniture([(page, chunks_of(page)) for page in pages], is_known)
    size = _usual_size([chunk for _, chunks in kept for chunk in chunks])
    leading = _leading([chunks for _, chunks in kept], size)
    sheet = Sheet([], [], [], leading, size)
    end, before = 0.0, list[Chunk]()
    for page, chunks in kept:
        if not chunks:
            continue
        top = min(chunk.level for chunk in chunks)
        dx, dy = _sideways(before, chunks), end + leading - top
        moved = [_moved(chunk, dx, dy, len(sheet.breaks)) for chunk in chunks]
        sheet.cuts.extend(max(_under(at, chunks) + dy, end) for at in _cuts(page, chunks))
        sheet.chunks.extend(moved)
        end = max(chunk.level for chunk in moved)
        sheet.breaks.append(end + leading / 2)
        before = moved
    return sheet


def chunks_of(page: Page) -> list[Chunk]:
    """The chunks of a page, in file order."""
    limit = _limit(page.chars)
    runs: list[list[Char]] = []
    height = 0.0
    for char in page.chars:
        # boxes may be those of the ink: a small letter's tells less than its neighbours'
        height = max(height, char.rect.height)
        if runs and _goes_on(runs[-1][-1], char, height, limit):
            runs[-1].append(char)
        else:
            runs.append([char])
            height = char.rect.height
    chunks: list[Chunk] = []
    for run in _merged(runs, limit):
        words = tuple(word for line in lines_of(run) for word in line)
        rect = union(word.rect for word in words)
        chunks.append(Chunk(page, words, rect, _baseline(words), run[0].order))
    counted = line_numbers([(chunk.text, chunk.rect) for chunk in chunks])
    return [chunk for at, chunk in enumerate(chunks) if at not in counted]


def _baseline(words: Sequence[Word]) -> float:
    """The lower end of the letters that stand on the line: where boxes are those of the ink, others
    reach below it, or float over it."""
    chars = [char for word in words for char in word.chars]
    standing = [char for char in chars if char.text not in _OFF_LINE]
    return median(char.rect.bottom for char in standing or chars)


def _limit(chars: Sequence[Char]) -> float:
    """The gap, in character heights, from which two words are two chunks."""
    spaces = [
        (char.rect.x0 - before.rect.x1) / max(char.rect.height, 0.1)
        for before, char in pairwise(chars)
        if char.gap == " " and share_y(before.rect, char.rect) > SAME_LINE
    ]
    # The gaps between columns are among them, and may be most.
    ordered = sorted(gap for gap in spaces if gap > 0) or [0.3]
    usual = min(ordered[len(ordered) // 4], WIDEST)
    return max(WIDER * usual, usual + LEAST)


def _goes_on(before: Char, char: Char, height: float, limit: float) -> bool:
    """Whether a character is of one chunk with the one before it. ``height`` is their type's."""
    if share_y(before.rect, char.rect) < SAME_LINE:
        return False
    return -1.0 < (char.rect.x0 - before.rect.x1) / max(height, 0.1) < limit


def _merged(runs: Sequence[list[Char]], limit: float) -> list[list[Char]]:
    """The runs, those that touch on one line as one: a file may write a line in pieces, and not in
    its order."""
    merged: list[list[Char]] = []
    for run in runs:
        home = next(
            (other for other in merged[-8:] if _follows(other, run, limit)),
            None,
        )
        if home is None:
            merged.append(list(run))
        else:
            home.extend(run)
    return merged


def _follows(run: Sequence[Char], other: Sequence[Char], limit: float) -> bool:
    if share_y(run[-1].rect, other[0].rect) < SAME_LINE:
        return False
    height = max(run[-1].rect.height, 0.1)
    after = (other[0].rect.x0 - run[-1].rect.x1) / height
    ahead = (run[0].rect.x0 - other[-1].rect.x1) / height
    return -0.2 < after < limit or -0.2 < ahead < limit


def _moved(chunk: Chunk, dx: float, dy: float, page_index: int) -> Chunk:
    order = page_index * 1_000_000 + chunk.order
    return Chunk(chunk.page, chunk.words, chunk.rect.shifted(dx, dy), chunk.level + dy, order)


def _leading(pages: Sequence[Sequence[Chunk]], size: float) -> float:
    """The usual distance from a line to the nearest one under it in its column, in the size of
    type that most of the text is set in: labels may be set smaller."""
    steps: Counter[float] = Counter()
    for page in pages:
        chunks = [chunk for chunk in page if is_of_size(chunk, size)]
        for chunk in chunks:
            below = [
                other.level - chunk.level
                for other in chunks
                if other.level > chunk.level + NEAREST and share_x(chunk.rect, other.rect) > 0.5
            ]
            if below:
                steps[round(min(below), 1)] += 1
    if not steps:
        return 10.0
    # Lines of one cell are nearer than those of two: the least step that is no exception.
    usual = [step for step in steps if _near(steps, step) >= USUAL * sum(steps.values())]
    least = min(usual, default=steps.most_common(1)[0][0])
    near = [step for step in steps.elements() if abs(step - least) <= JITTER]
    return median(near)


def _usual_size(chunks: Sequence[Chunk]) -> float:
    counted: Counter[float] = Counter()
    for chunk in chunks:
        counted[round(size_of(chunk), 1)] += sum(len(word.chars) for word in chunk.words)
    return counted.most_common(1)[0][0] if counted else 0.0


def size_of(chunk: Chunk) -> float:
    """The height of a chunk's type: that of its first letter, since a mark may be raised."""
    return chunk.words[0].chars[0].rect.height


def is_of_size(chunk: Chunk, size: float) -> bool:
    """Whether a chunk is set in a size of type."""
    return abs(size_of(chunk) - size) <= SAME_SIZE * size


def _near(steps: Counter[float], step: float) -> int:
    return sum(count for other, count in steps.items() if abs(other - step) <= JITTER)


def _sideways(before: Sequence[Chunk], chunks: Sequence[Chunk]) -> float:
    """By how much to shift a page so that its columns begin where those of the page before do."""
    known = {round(chunk.rect.x0) for chunk in before}
    if not known:
        return 0.0
    own = Counter(round(chunk.rect.x0) for chunk in chunks)
    shifts = {0} | {there - here for there in known for here in own if abs(there - here) <= SHIFT}

    def fit(shift: int) -> int:
        return sum(count for here, count in own.items() if here + shift in known)

    best = max(sorted(shifts, key=abs), key=fit)
    return float(best) if fit(best) > 2 * fit(0) else 0.0


def _cuts(page: Page, chunks: Sequence[Chunk]) -> Iterator[float]:
    """The heights of a page's wide horizontal lines, and of the edges of its wide grounds."""
    text = union(chunk.rect for chunk in chunks)
    for edge in join_edges([edge for edge in page.edges if edge.orientation == "h"]):
        if edge.end - edge.start >= WIDE * text.width:
            yield edge.at
    for top, bottom in _bands(page.areas, WIDE * text.width):
        yield from (top, bottom)


def _under(at: float, chunks: Sequence[Chunk]) -> float:
    """The height of a cut, under the line of text that hangs out over it: browsers let the last
    one before a page break."""
    hanging = [
        chunk.level for chunk in chunks if (chunk.rect.top + chunk.level) / 2 < at < chunk.level
    ]
    return max([at, *(level + HANGING for level in hanging)])


def _bands(areas: Sequence[Rect], least: float) -> list[tuple[float, float]]:
    """Top and bottom of grounds that are wide, alone or side by side."""
    rows: dict[tuple[int, int], list[Rect]] = {}
    for area in areas:
        rows.setdefault((round(area.top), round(area.bottom)), []).append(area)
    return [
        (row[0].top, row[0].bottom) for row in rows.values() if sum(a.width for a in row) >= least
    ]


Place = tuple[str, int]
"""A line's text, or that with its numbers told from the page's, with its height in steps of four
points."""


def _without_furniture(
    laid: Sequence[tuple[Page, list[Chunk]]], is_known: Callable[[str], bool]
) -> list[tuple[Page, list[Chunk]]]:
    """The pages without the running heads, footers and page numbers at their edges.

    A line of those recurs at its height on other pages, the number in it in step with the page's;
    nothing stands between it and the page's edge, and no ficha knows its words.
    """
    lined = [(page, _lined(chunks)) for page, chunks in laid]
    seen: Counter[Place] = Counter()
    for page, lines in lined:
        seen.update({place for line in lines for place in _places(page, line)})
    least = max(2.0, OFTEN * len(laid))

    def is_furniture(page: Page, line: Sequence[Chunk]) -> bool:
        height = page.reading.size[1]
        if MARGIN * height < line[0].level < (1 - MARGIN) * height:
            return False
        text = " ".join(chunk.text for chunk in line)
        if is_known(text) or any(is_known(chunk.text) for chunk in line):
            return False
        alone = len(laid) == 1 and _FOLIO.fullmatch(text) is not None
        return alone or any(seen[place] >= least for place in _places(page, line))

    kept: list[tuple[Page, list[Chunk]]] = []
    for page, lines in lined:
        first, last = 0, len(lines)
        while first < last and is_furniture(page, lines[first]):
            first += 1
        while last > first and is_furniture(page, lines[last - 1]):
            last -= 1
        kept.append((page, [chunk for line in lines[first:last] for chunk in line]))
    return kept


def _lined(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Chunks by lines, from the top."""
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: c.level):
        if lines and chunk.level - lines[-1][0].level < ALIGNED:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return lines


def _places(page: Page, line: Sequence[Chunk]) -> list[Place]:
    """A line with its first number told from the page's, and, where it has words, as it is and with
    any other number so told: a running title may have years in it, a footer an address."""
    text = " ".join(chunk.text for chunk in sorted(line, key=lambda c: c.rect.x0))
    told = _DIGITS.sub(lambda match: f"#{int(match[0]) - page.number}", text, count=1)
    first, mark, rest = told.partition("#")
    offset = re.match(r"-?\d+", rest)
    tail = rest[offset.end() :] if offset else rest
    key = first + mark + (offset[0] if offset else "") + _DIGITS.sub("#", tail)
    height = round(line[0].level / 4)
    if not _WORDS.search(text):
        return [(key, height)]
    later = [
        f"{text[: at.start()]}#{int(at[0]) - page.number}{text[at.end() :]}"
        for at in list(_DIGITS.finditer(text))[1:]
        if len(at[0]) <= FOLIO
    ]
    return [(each, height) for each in (key, text, *later)]
