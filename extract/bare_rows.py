"""Rows of a ficha without rules: which lines of text stand beside which label.

Between the labels of two rows a cut is looked for that no line of a cell crosses. Three things tell
it: lines of one cell are nearer to each other than those of two; the text of a cell stands at the
same height as its label's, or in the middle as that does; a producer writes cell after cell, so
that a label comes before its value in the file. Where they do not agree, or none tells, the rows
are *unsure*, and so is what is read from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from extract.bare_labels import Block
from extract.chunks import Chunk, Sheet, is_of_size, size_of
from extract.geometry import overlap

LEVEL = 0.3
"""Leadings by which the heights of texts that stand level may differ."""
APART = 0.12
"""Leadings by which the distance of two lines is more than usual, at least, between two cells."""
AT_BREAK = 0.05
"""The same at the end of a page, where no distance tells."""
ASCENT, DESCENT = 0.8, 0.2
"""Parts of its height that type stands above and reaches below its baseline."""
BETTER = 0.25
"""Leadings by which one cut must put texts in the middle better than another."""

Kind = Literal["title", "header", "plain"]


@dataclass(slots=True)
class Row:
    """Labels side by side. ``top`` and ``bottom`` are the heights of its cuts on the strip.

    A *title* has no value; a *header* has its values in the rows under it; a *plain* row has them
    beside its labels.
    """

    labels: list[Block]
    kind: Kind = "plain"
    top: float = 0.0
    bottom: float = 0.0
    unsure: bool = False
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def is_inner(self) -> bool:
        """Whether it stands under a row of headings (*Valor* and *Año*)."""
        return self.kind == "plain" and all(label.is_inner for label in self.labels)

    @property
    def first(self) -> float:
        return min(label.first for label in self.labels)

    @property
    def last(self) -> float:
        return max(label.last for label in self.labels)


def rows_of(blocks: Sequence[Block], sheet: Sheet) -> list[Row]:
    """Labels by rows, from the top: those that stand level, or in the middle of one row."""
    rows: list[Row] = []
    for block in sorted(blocks, key=lambda b: (b.first + b.last, b.rect.x0)):
        home = next((row for row in rows[-3:] if _is_beside(block, row, sheet.leading)), None)
        if home is None:
            rows.append(Row([block]))
        else:
            home.labels.append(block)
    for row in rows:
        row.labels.sort(key=lambda b: b.rect.x0)
    return sorted(rows, key=lambda row: row.first)


def _is_beside(block: Block, row: Row, leading: float) -> bool:
    slack = LEVEL * leading
    apart = all(
        overlap(block.rect.x0, block.rect.x1, other.rect.x0, other.rect.x1) == 0
        for other in row.labels
    )
    other = row.labels[0]
    middle = abs(block.first + block.last - other.first - other.last) / 2
    return apart and (
        # rows lie one under the other: labels whose heights meet are of one
        any(block.first <= each.last and each.first <= block.last for each in row.labels)
        or middle <= slack
        or abs(block.first - other.first) <= slack
        or abs(block.last - other.last) <= slack
    )


class Cutter:
    """Finds the cuts between rows. ``chunks`` are the texts between labels, without them."""

    def __init__(self, rows: Sequence[Row], chunks: Sequence[Chunk], sheet: Sheet) -> None:
        self.rows = rows
        self.chunks = sorted(chunks, key=lambda c: c.level)
        self.sheet = sheet
        self._alignments: Counter[str] = Counter()
        self._cellwise: bool | None = None

    def cut(self, top: float, bottom: float) -> None:
        """Set the cuts of all rows, from ``top`` to ``bottom`` of the ficha."""
        rows = self.rows
        rows[0].top, rows[-1].bottom = self._below_titles(top), bottom
        choices = [self._choices(above, below) for above, below in pairwise(rows)]
        for (above, below), cuts in zip(pairwise(rows), choices, strict=True):
            if len(cuts) == 1:
                above.bottom = below.top = cuts[0]
        self._learn([len(cuts) == 1 for cuts in choices])
        for (above, below), cuts in zip(pairwise(rows), choices, strict=True):
            if len(cuts) != 1:
                self._decide(above, below, cuts)
        for row in rows:
            row.chunks = self._between(row.top, row.bottom)

    def _below_titles(self, top: float) -> float:
        """Where the first row begins: under what comes before its label in the file, and stands
        above the rest of its text (a title that is none of the template's, headings of columns)."""
        row = self.rows[0]
        if row.kind != "plain":
            return top
        start = min(label.chunks[0].order for label in row.labels)
        above = [chunk for chunk in self.chunks if top < chunk.level < row.first]
        titles = [chunk for chunk in above if chunk.order < start]
        own = [chunk for chunk in self.chunks if chunk.order > start and top < chunk.level]
        first = min([row.first, *(chunk.level for chunk in own if chunk.level < row.first)])
        if not titles or titles[-1].level >= first:
            return top
        # it is the row's own first line where the file goes from line to line
        row.unsure |= self._is_close(titles[-1], own)
        return (titles[-1].level + first) / 2

    def _is_close(self, title: Chunk, own: Sequence[Chunk]) -> bool:
        """Whether a line follows one as near as in one cell."""
        return any(
            0 < chunk.level - title.level <= (1 + APART) * self.sheet.leading
            and overlap(title.rect.x0, title.rect.x1, chunk.rect.x0, chunk.rect.x1) > 0
            for chunk in own
        )

    def _between(self, top: float, bottom: float) -> list[Chunk]:
        return [chunk for chunk in self.chunks if top < chunk.level <= bottom]

    def _choices(self, above: Row, below: Row) -> list[float]:
        """The heights at which these rows may be cut; one where it is sure."""
        leading = self.sheet.leading
        before, after = above.last, below.first
        directly_above = after - leading / 2
        if above.labels[0].at == "grid" or (above.kind == "header" and not below.is_inner):
            return [directly_above]
        if above.kind != "plain":
            return [before + leading / 2 if before < directly_above else directly_above]
        if below.kind != "plain":
            return [directly_above]
        drawn = [cut for cut in self.sheet.cuts if before < cut < after]
        if drawn and not self._between(min(drawn), max(drawn)):
            return [drawn[0]]
        levels = sorted(
            {before, after, *(c.level for c in self.chunks if before < c.level < after)}
        )
        gaps: dict[float, float] = {}
        for high, low in pairwise(levels):
            if low - high > 0.5:
                gaps[(high + low) / 2] = self._gap((high + low) / 2, above, below)
        # Where few cells have two lines, the usual distance is that of two rows.
        near = min([leading, *gaps.values()])
        wide = [at for at, gap in gaps.items() if gap > (1 + APART) * near]
        return wide or list(gaps)

    def _gap(self, at: float, above: Row, below: Row) -> float:
        """The least distance of two lines, one over the other, that a cut would part."""
        reach = 2.5 * self.sheet.leading
        own = [chunk for row in (above, below) for label in row.labels for chunk in label.chunks]
        near = [c for c in [*self.chunks, *own] if at - reach < c.level < at + reach]
        upper = [chunk for chunk in near if chunk.level <= at]
        lower = [chunk for chunk in near if chunk.level > at]
        steps = [
            low.level - high.level + self._smaller(low, ASCENT) + self._smaller(high, DESCENT)
            for high in upper
            for low in lower
            if overlap(high.rect.x0, high.rect.x1, low.rect.x0, low.rect.x1) > 0
        ]
        least = min(steps, default=2 * reach)
        ends = any(abs(at - end) <= self.sheet.leading / 2 for end in self.sheet.breaks)
        return (1 + AT_BREAK) * self.sheet.leading if ends else least

    def _smaller(self, chunk: Chunk, part: float) -> float:
        """By how much a part of a chunk's type is smaller than that of most: a small label is
        nearer to the line above it than its distance from that tells."""
        size = self.sheet.size
        return 0.0 if is_of_size(chunk, size) else part * (size - size_of(chunk))

    # --- what the sure rows teach

    def _learn(self, sure: Sequence[bool]) -> None:
        for at, row in enumerate(self.rows):
            bounded = (at == 0 or sure[at - 1]) and (at == len(sure) or sure[at])
            if row.kind != "plain" or not bounded:
                continue
            chunks = self._between(row.top, row.bottom)
            for label in row.labels:
                own = self._values(label, row, chunks)
                if own and _lines(own) != len(label.chunks):
                    self._alignments.update([self._alignment(label, own)])
            self._learn_order(row, chunks)

    def _values(self, label: Block, row: Row, chunks: Sequence[Chunk]) -> list[Chunk]:
        right = min(
            (other.rect.x0 for other in row.labels if other.rect.x0 > label.rect.x0 + 1),
            default=float("inf"),
        )
        return [
            chunk for chunk in chunks if chunk.rect.x0 >= label.rect.x0 and chunk.rect.x0 < right
        ]

    def _alignment(self, label: Block, own: Sequence[Chunk]) -> str:
        slack = LEVEL * self.sheet.leading
        first, last = own[0].level, own[-1].level
        if abs(first - label.first) <= slack:
            return "top"
        if abs((first + last) / 2 - (label.first + label.last) / 2) <= slack:
            return "middle"
        return "other"

    def _learn_order(self, row: Row, chunks: Sequence[Chunk]) -> None:
        """Whether the file has each label before its value, and its value before the next."""
        starts = [label.chunks[0].order for label in row.labels]
        for at, label in enumerate(row.labels):
            end = starts[at + 1] if at + 1 < len(starts) else None
            own = self._values(label, row, chunks)
            ordered = all(
                chunk.order > starts[at] and (end is None or chunk.order < end) for chunk in own
            )
            if own and not ordered:
                self._cellwise = False
            elif len(own) > 1 and (end is not None or own[0].level < label.first - 1):
                self._cellwise = True if self._cellwise is None else self._cellwise

    # --- where more than one cut, or none, would do

    def _decide(self, above: Row, below: Row, cuts: Sequence[float]) -> None:
        votes = [
            vote
            for vote in (self._by_order(below, cuts), self._by_place(above, below, cuts))
            if vote is not None
        ]
        agreed = len(set(votes)) == 1
        if votes:
            choice = votes[0]
        elif cuts:
            choice = max(cuts, key=lambda at: self._gap(at, above, below))
        else:
            choice = (above.last + below.first) / 2
        above.bottom = below.top = choice
        if not agreed:
            above.unsure = below.unsure = True

    def _by_order(self, below: Row, cuts: Sequence[float]) -> float | None:
        """The cut above which everything comes before the lower row's labels in the file."""
        if not self._cellwise:
            return None
        start = min(label.chunks[0].order for label in below.labels)
        fitting = []
        for at in cuts:
            near = self._near(at)
            if all((chunk.order < start) == (chunk.level <= at) for chunk in near):
                fitting.append(at)
        return fitting[0] if len(fitting) == 1 else None

    def _near(self, at: float) -> list[Chunk]:
        index = next(i for i, row in enumerate(self.rows) if row.first > at)
        top = self.rows[index - 1].first - self.sheet.leading / 2
        return [chunk for chunk in self.chunks if top < chunk.level < self.rows[index].last]

    def _by_place(self, above: Row, below: Row, cuts: Sequence[float]) -> float | None:
        """The cut that leaves the texts of both rows as high as in the other rows."""
        mode, count = (self._alignments.most_common(1) or [("other", 0)])[0]
        if 2 * count <= self._alignments.total():
            return None
        if mode == "top":
            fitting = [
                at
                for at in cuts
                if all(
                    c.level <= at or c.level > below.first - LEVEL * self.sheet.leading
                    for c in self.chunks
                )
                and not any(
                    at < c.level < below.first - LEVEL * self.sheet.leading for c in self.chunks
                )
                and not any(
                    below.first - LEVEL * self.sheet.leading < c.level <= at for c in self.chunks
                )
            ]
            return fitting[-1] if fitting else None
        if mode != "middle":
            return None
        scored = sorted((self._off_middle(above, below, at), at) for at in cuts)
        if not scored or scored[0][0] > LEVEL * self.sheet.leading:
            return None
        if len(scored) > 1 and scored[1][0] - scored[0][0] < BETTER * self.sheet.leading:
            return None
        return scored[0][1]

    def _off_middle(self, above: Row, below: Row, at: float) -> float:
        """By how much texts and labels of the rows would be off one middle."""
        off = 0.0
        for row, top, bottom in ((above, above.top, at), (below, at, below.bottom)):
            if not bottom or (row is above and not top):
                continue  # not cut yet
            chunks = self._between(top, bottom)
            for label in row.labels:
                own = self._values(label, row, chunks)
                if own:
                    middle = (own[0].level + own[-1].level) / 2
                    off = max(off, abs(middle - (label.first + label.last) / 2))
        return off


def _lines(chunks: Sequence[Chunk]) -> int:
    return len({round(chunk.level) for chunk in chunks})
