"""The table Enfoque / Avance of a Ficha de Monitoreo, ruled or not, by alignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.card_labels import letters
from extract.card_words import rejoined
from extract.free_text import LEADING, Segment, bounds, printed_of, segment
from extract.geometry import Rect, overlap, share_x
from extract.types import Problem, RawCell
from normalize.grades import HEADINGS

CORNERS = {
    "enfoqueavance": False,
    "enfoquesavances": False,
    "enfoqueyavance": False,
    "tipodeenfoqueavance": False,
    "avanceenfoque": True,
    "avanceyenfoque": True,
}
"""What the table's first cell says, letters only, and whether rows and columns are exchanged."""
FEWEST = 2
"""Columns that a distribution has at least, its heads' column left out."""
NEXT_ROW = 4.0
"""Gap, in line heights, that two rows have at most."""
EVENLY = 1.5
"""How much wider than another gap between its rows one of a table may be."""
HEAD_LINES = 4
"""Lines that a column's head is broken to at most."""

_VALUE = re.compile(r"[\d(%][\d\s.,;%/|()\[\]]*|n\.?\s?[dar]\.?|[-–—]", re.IGNORECASE)


@dataclass
class Found:
    """The cells of a distribution, its segments, and what was amiss."""

    cells: list[RawCell]
    used: list[Segment]
    problems: list[Problem]


def find_distribution(segments: Sequence[Segment], reader: str) -> Found | None:
    """The distribution among the segments of one page; ``None`` where there is none."""
    for corner, exchanged in _corners(segments):
        found = _Table(corner, segments, reader).read(exchanged=exchanged)
        if found.cells:
            return found
    return None


def _corners(segments: Sequence[Segment]) -> list[tuple[list[Segment], bool]]:
    """First cells: one segment, or two where a line or a stroke breaks it."""
    found = []
    for each in segments:
        key = letters(each.text)
        if key in CORNERS:
            found.append(([each], CORNERS[key]))
        elif any(corner.startswith(key) for corner in CORNERS) and len(key) > 5:
            for other in segments:
                both = key + letters(other.text)
                if (
                    other is not each
                    and both in CORNERS
                    and _near(each.rect, other.rect, each.size)
                ):
                    found.append(([each, other], CORNERS[both]))
    return found


def _near(a: Rect, b: Rect, size: float) -> bool:
    apart_x = max(a.x0, b.x0) - min(a.x1, b.x1)
    apart_y = max(a.top, b.top) - min(a.bottom, b.bottom)
    return apart_x < 2 * size and apart_y < size


def _with_lines_near(level: Sequence[Segment], values: Sequence[Segment]) -> list[Segment]:
    """The values of a row with the lines right above and below them that are of their cells: a
    narrow one breaks "3, 17%"."""
    found = list(level)
    for value in found:  # grows while it is gone through
        for each in values:
            gap = max(each.rect.top - value.rect.bottom, value.rect.top - each.rect.bottom)
            near = -0.5 * value.size < gap <= 0.5 * value.size
            near = near and share_x(value.rect, each.rect) > 0
            goes_on = _is_beginning(each, value) or _is_beginning(value, each)
            if near and goes_on and not any(each is known for known in found):
                found.append(each)
    return sorted(found, key=lambda each: (each.rect.x0, each.rect.top))


def _is_beginning(above: Segment, below: Segment) -> bool:
    """Whether a value is a count whose percentage stands below it."""
    return (
        above.rect.top < below.rect.top
        and "%" not in above.text
        and "%" in below.text
        and (_is_share(below) or not above.text[-1].isdigit())
    )


def _is_share(each: Segment) -> bool:
    """Whether a value is a percentage alone, as in a column beside the counts."""
    return re.fullmatch(r"\(?\d+(?:[.,]\d+)?\s?%\)?", each.text) is not None


def _split(head: Sequence[Segment], count: int) -> list[list[Segment]]:
    """A head of one line cut at its widest gaps into ``count`` heads; whole where it has lines."""
    words = [word for each in head for word in each.line]
    if len(head) > 1 or len(words) < count:
        return [list(head)]
    gaps = [b.rect.x0 - a.rect.x1 for a, b in pairwise(words)]
    cuts = sorted(sorted(range(len(gaps)), key=lambda at: -gaps[at])[: count - 1])
    ends = [0, *(cut + 1 for cut in cuts), len(words)]
    return [[segment(head[0].page, words[a:b])] for a, b in pairwise(ends)]


class _Table:
    def __init__(self, corner: Sequence[Segment], segments: Sequence[Segment], reader: str) -> None:
        self.corner = list(corner)
        self.rect = bounds(corner)
        self.size = corner[0].size
        known = {id(each) for each in corner}
        self.others = [each for each in segments if id(each) not in known]
        self.reader = reader

    def read(self, *, exchanged: bool) -> Found:
        heads = self._parted(self._heads())
        found = Found([], [*self.corner, *(each for head in heads for each in head)], [])
        if len(heads) < FEWEST:
            return found
        foot = max(bounds(head).bottom for head in heads)
        for row, values in self._rows(max(foot, self.rect.bottom), heads):
            self._add_row(found, row, values, heads, exchanged=exchanged)
        return found

    def _heads(self) -> list[list[Segment]]:
        """The heads of the columns, from the left, each with all of its lines."""
        middle = (self.rect.top + self.rect.bottom) / 2
        reach = HEAD_LINES * self.size
        around = [
            each
            for each in self.others
            if each.rect.x0 > self.rect.x1 and abs(each.middle - middle) <= reach
        ]
        level = [
            each
            for each in around
            if overlap(each.rect.top, each.rect.bottom, self.rect.top, self.rect.bottom)
            > 0.3 * min(each.size, self.rect.height)
            and not (_VALUE.fullmatch(each.text) and not each.text[0].isalpha())  # a head: "NR"
        ]
        around = [each for each in around if not _VALUE.fullmatch(each.text)]
        heads: list[list[Segment]] = []
        for each in sorted(level, key=lambda s: s.rect.x0):
            if heads and share_x(bounds(heads[-1]), each.rect) > 0.3:
                heads[-1].append(each)
            else:
                heads.append([each])
        for head in heads:
            self._with_lines(head, around)
        return [sorted(head, key=lambda s: (s.rect.top, s.rect.x0)) for head in heads]

    def _parted(self, heads: list[list[Segment]]) -> list[list[Segment]]:
        """Heads that stand so close that they seem one, parted over the columns of their values."""
        columns = self._value_columns(heads)
        parted: list[list[Segment]] = []
        for head in heads:
            rect = bounds(head)
            under = [
                c for c in columns if overlap(c[0], c[1], rect.x0, rect.x1) > 0.5 * (c[1] - c[0])
            ]
            parted.extend(_split(head, len(under)) if len(under) > 1 else [head])
        return parted

    def _value_columns(self, heads: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
        """Where the columns of counts below the heads are, those of percentages left out."""
        if not heads:
            return []
        foot = max(bounds(head).bottom for head in heads)
        counts = [
            each
            for each in self.others
            if _VALUE.fullmatch(each.text)
            and each.rect.x0 > self.rect.x1
            and 0 < each.middle - foot < NEXT_ROW * self.size
        ]
        columns: list[tuple[float, float]] = []
        for each in sorted(counts, key=lambda e: e.rect.x0):
            if columns and each.rect.x0 < columns[-1][1]:
                columns[-1] = columns[-1][0], max(columns[-1][1], each.rect.x1)
            elif not _is_share(each):
                columns.append((each.rect.x0, each.rect.x1))
        return columns

    def _with_lines(self, head: list[Segment], around: Sequence[Segment]) -> None:
        """Add the lines right above and below a head's own."""
        grown = True
        while grown:
            grown = False
            own = bounds(head)
            for each in around:
                gap = max(each.rect.top - own.bottom, own.top - each.rect.bottom)
                near = -self.size < gap <= LEADING * self.size / 2
                if near and share_x(own, each.rect) > 0.5 and not any(each is h for h in head):
                    head.append(each)
                    grown = True
                    break

    def _rows(
        self, foot: float, heads: Sequence[Sequence[Segment]]
    ) -> list[tuple[list[Segment], list[Segment]]]:
        """The rows below the heads: a label below the corner, values beside it."""
        left = min(bounds(head).x0 for head in heads) - self.size
        right = max(bounds(head).x1 for head in heads) + 6 * self.size
        below = [
            each
            for each in self.others
            if each.middle > foot and each.rect.x0 <= right and each.rect.x1 > self.rect.x0 - 60
        ]
        values = [e for e in below if e.centre > left and _VALUE.fullmatch(e.text)]
        labels = [e for e in below if e.rect.x1 < left + 2 * self.size and self._is_below(e)]
        rows: list[tuple[list[Segment], list[Segment]]] = []
        widest = NEXT_ROW * self.size
        for label in sorted(labels, key=lambda e: e.rect.top):
            level = _with_lines_near(
                [v for v in values if abs(v.middle - label.middle) <= 0.7 * label.size], values
            )
            reach = rows[-1][0][-1].rect.bottom if rows else foot
            if label.rect.top - reach > widest:
                break
            if level:
                widest = max(widest, EVENLY * (label.rect.top - reach))
                rows.append(([label], level))
            elif rows and label.rect.top - reach <= LEADING * self.size / 2:
                rows[-1][0].append(label)
        return self._with_first_lines(rows, labels)

    def _is_below(self, each: Segment) -> bool:
        return share_x(self.rect, each.rect) > 0 and not _VALUE.fullmatch(each.text)

    def _with_first_lines(
        self,
        rows: list[tuple[list[Segment], list[Segment]]],
        labels: Sequence[Segment],
    ) -> list[tuple[list[Segment], list[Segment]]]:
        """A row's label may begin above the line where its values stand."""
        taken = {id(each) for label, _ in rows for each in label}
        for (before, _), (label, _) in pairwise([([], []), *rows]):
            start = before[-1].rect.bottom if before else 0.0
            for each in labels:
                gap = label[0].rect.top - each.rect.bottom
                if id(each) not in taken and each.rect.top >= start and abs(gap) < 0.4 * self.size:
                    label.insert(0, each)
                    taken.add(id(each))
        return rows

    def _add_row(
        self,
        found: Found,
        row: list[Segment],
        values: Sequence[Segment],
        heads: Sequence[Sequence[Segment]],
        *,
        exchanged: bool,
    ) -> None:
        """The cells of a row: as many values as heads are theirs in their order; else every value
        is under the head whose middle is nearest."""
        ordered = sorted(values, key=lambda v: v.rect.x0)
        one_each = len(ordered) == len(heads) and not any(map(_is_share, ordered))
        rects = [bounds(head) for head in heads]
        cells: dict[int, list[Segment]] = {}
        for place, value in enumerate(ordered):
            over = [at for at, rect in enumerate(rects) if share_x(rect, value.rect) > 0.5]
            nearest = min(
                [place] if one_each else over or range(len(rects)),
                key=lambda at: abs((rects[at].x0 + rects[at].x1) / 2 - value.centre),
            )
            cells.setdefault(nearest, []).append(value)
        label = rejoined(printed_of(row, self.reader), HEADINGS)
        for at, own in sorted(cells.items()):
            head = rejoined(printed_of(heads[at], self.reader), HEADINGS)
            approach, category = (head, label) if exchanged else (label, head)
            found.cells.append(RawCell(approach, category, printed_of(own, self.reader)))
        found.used.extend([*row, *values])
