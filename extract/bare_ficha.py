"""One ficha without ruled cells: its slots from labels and alignment.

What stands beside a label, down to the cut under its row, is its value; headings of columns have
theirs under them; years have theirs under each. What belongs to no label is told, and so is every
row whose border is not sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.bare_labels import Block
from extract.bare_order import Placed, doubt_empty, doubt_order, doubt_parted_numbers
from extract.bare_rows import LEVEL, Cutter, Kind, Row, rows_of
from extract.bare_series import SPACE, lines_by_level, middle, series_cells, worded
from extract.chunks import ALIGNED, Chunk, Sheet
from extract.geometry import Rect, union
from extract.grid import TextLine
from extract.labels import are_years
from extract.page import Page
from extract.strip import Slot, Strip
from extract.words import Line, are_overlaid, lines_of, text_of

AFTER = 2.0
"""Leadings under the last row of a ficha from which text is no part of it."""
OPTIONAL = frozenset({"remarks", "baseline_note", "target_note", "source", "references"})
"""Fields that may well be empty."""
FURTHER = 1.3
"""Times the step to its last line, where that is wider."""


@dataclass(slots=True)
class _Header:
    """A row of headings, what stands under each of them, and how far down that goes."""

    row: Row
    lefts: list[float]
    contents: list[list[Chunk] | None]
    """``None`` where rows of their own stand under the heading."""
    inner: list[Row] = field(default_factory=list)
    bottom: float = 0.0


class BareFicha:
    """The blocks and chunks of one ficha, between its title and ``end`` on the strip."""

    def __init__(self, sheet: Sheet, blocks: Sequence[Block], start: Block, end: float) -> None:
        self.sheet = sheet
        self.leading = sheet.leading
        self.top, self.end = start.last + sheet.leading / 2, end
        self.blocks = _in_sections(
            [block for block in blocks if block.match and self.top < block.first < end]
        )
        taken = {id(chunk) for block in self.blocks for chunk in block.chunks}
        self.free = [
            chunk
            for chunk in sheet.chunks
            if self.top < chunk.level < end and id(chunk) not in taken
        ]
        self.slots: list[Slot] = []
        self._placed: list[Placed] = []
        self._used: set[int] = set()
        self._ends: dict[tuple[int, int, bool], float] = {}

    def fill(self, strip: Strip) -> None:
        """Give a strip the slots of this ficha, and the lines that belong to none."""
        if not self.blocks:
            return
        free = self.free
        self.free = self._within(free)
        everything = [*self.free, *(chunk for block in self.blocks for chunk in block.chunks)]
        self.left = min(chunk.rect.x0 for chunk in everything) - 1
        self.right = max(chunk.rect.x1 for chunk in everything) + 1
        bottom = max(chunk.level for chunk in everything) + self.leading / 2
        rows = rows_of(self.blocks, self.sheet)
        for row in rows:
            row.kind = self._kind(row)
        headers = [self._header(row, rows, bottom) for row in rows if row.kind == "header"]
        aside = {
            id(chunk)
            for header in headers
            for content in header.contents
            for chunk in content or ()
        }
        in_rows = [chunk for chunk in self.free if id(chunk) not in aside]
        Cutter(rows, in_rows, self.sheet).cut(self.top, bottom)
        self._doubt_empty(rows)
        for row in rows:
            self._measure(row)
        for row in rows:
            self._place(row, headers)
        loose = [chunk for chunk in free if id(chunk) not in self._used]
        doubt_order(self._placed, loose, self.leading)
        doubt_parted_numbers(self._placed, self.leading)
        doubt_empty(self._placed, self.leading)
        strip.slots.extend(self.slots)
        strip.first_page = min(part[0].number for slot in self.slots for part in slot.parts)
        strip.last_page = max(part[0].number for slot in self.slots for part in slot.parts)
        strip.stray.extend(_text_line(chunk) for chunk in self.free if id(chunk) not in self._used)

    def _doubt_empty(self, rows: Sequence[Row]) -> None:
        """Doubt the rows around a label that has nothing beside it and should: a neighbour may have
        its value."""
        for at, row in enumerate(rows):
            due = [label for label in row.labels if label.field not in OPTIONAL]
            if row.kind == "plain" and not all(self._beside(each, row, self.right) for each in due):
                for near in rows[max(at - 1, 0) : at + 2]:
                    near.unsure |= near.kind == "plain"

    def _within(self, free: Sequence[Chunk]) -> list[Chunk]:
        """The chunks down to the first wide gap under the last label: prose may follow."""
        last = max(block.last for block in self.blocks)
        kept = [chunk for chunk in free if chunk.level <= last]
        reach, ended = AFTER * self.leading, False
        for line in lines_by_level([chunk for chunk in free if chunk.level > last], self.leading):
            step, years = line[0].level - last, are_years(chunk.text for chunk in worded(line))
            if step > reach and not years:
                break
            if ended and self.sheet.breaks_between(last, line[0].level):
                break
            reach, last, ended = max(reach, FURTHER * step), line[0].level, not years
            kept.extend(line)
        return kept

    # --- what kind of row, and what stands under headings

    def _kind(self, row: Row) -> Kind:
        labels = row.labels
        if all(label.at in ("none", "grid") for label in labels):
            return "title"
        over = any(label.at == "below" for label in labels) or (
            len(labels) > 1 and all(label.is_inner for label in labels)
        )
        return (
            "header"
            if over and not any(self._has_beside(label, row) for label in labels)
            else "plain"
        )

    def _has_beside(self, label: Block, row: Row) -> bool:
        right = _next_left(label, row, self.right)
        slack = LEVEL * self.leading
        return any(
            label.rect.x1 - 1 <= chunk.rect.x0 < right
            and label.first - slack <= chunk.level <= label.last + slack
            for chunk in self.free
        )

    def _header(self, row: Row, rows: Sequence[Row], bottom: float) -> _Header:
        following = rows[rows.index(row) + 1 :]
        inner: list[Row] = []
        for other in following:
            if not other.is_inner:
                break
            inner.append(other)
        after = following[len(inner)] if len(following) > len(inner) else None
        end = after.first - self.leading / 2 if after else bottom
        under = [c for c in self.free if row.last + self.leading / 4 < c.level < end]
        lefts = [self.left]
        for label, following_label in zip(row.labels, row.labels[1:], strict=False):
            lefts.append(self._border(label, following_label, under, inner))
        header = _Header(row, lefts, [], inner, end)
        for at, left in enumerate(lefts):
            right = lefts[at + 1] if at + 1 < len(lefts) else self.right
            own = [c for c in under if left <= c.rect.x0 < right]
            has_rows = any(left <= block.rect.x0 < right for each in inner for block in each.labels)
            header.contents.append(None if has_rows else own)
            row.unsure |= any(c.rect.x1 > right + 1 for c in own)
        return header

    def _border(
        self, label: Block, following: Block, under: Sequence[Chunk], inner: Sequence[Row]
    ) -> float:
        """Where the column of a heading ends and that of the following one begins."""
        start = following.rect.x0
        if any(abs(chunk.rect.x0 - start) <= ALIGNED for chunk in under) and not any(
            chunk.rect.x0 < start - ALIGNED and chunk.rect.x1 > start + ALIGNED for chunk in under
        ):
            return start - ALIGNED
        reach = [label.rect.x0]
        for row in inner:
            for block in row.labels:
                if block.rect.x0 < start:
                    beside = [c for c in under if _is_level(c, block, self.leading)]
                    right = [c for c in beside if c.rect.x0 >= block.rect.x1 - 1]
                    nearest = min(right, key=lambda c: c.rect.x0, default=None)
                    reach.append(block.rect.x1)
                    if nearest is not None and nearest.rect.x1 < middle(following.rect):
                        reach.append(nearest.rect.x1)
        if inner:
            beyond = [c.rect.x0 for c in under if c.rect.x0 > max(reach) - 1]
            return min([*beyond, start]) - ALIGNED
        own = [c for c in _clusters(under) if _off(c, following.rect) < _off(c, label.rect)]
        return min([*(c.x0 for c in own), start]) - ALIGNED

    # --- slots

    def _measure(self, row: Row) -> None:
        """Note how far to the right the columns of values reach."""
        for label in row.labels:
            own = self._beside(label, row, self.right)
            if own:
                key = self._column(label, row, own)
                self._ends[key] = max([self._ends.get(key, 0.0), *(c.rect.x1 for c in own)])

    def _column(self, label: Block, row: Row, own: Sequence[Chunk]) -> tuple[int, int, bool]:
        """What the values of one column share: their left side and that of their labels."""
        left, start = min(chunk.rect.x0 for chunk in own), label.rect.x0
        return round(start / 2), round(left / 2), _next_left(label, row, self.right) < self.right

    def _beside(self, label: Block, row: Row, limit: float) -> list[Chunk]:
        right = _next_left(label, row, limit)
        return [c for c in row.chunks if label.rect.x1 - 1 <= c.rect.x0 < right - 1]

    def _place(self, row: Row, headers: Sequence[_Header]) -> None:
        if row.kind == "title":
            self._title(row)
        elif row.kind == "header":
            self._under_headings(next(header for header in headers if header.row is row))
        else:
            limit = min(
                (right for header in headers if row in header.inner for right in header.lefts[1:]),
                default=self.right,
            )
            self._plain(row, limit)

    def _plain(self, row: Row, limit: float) -> None:
        owned: list[list[Chunk]] = [self._beside(label, row, limit) for label in row.labels]
        known = {id(chunk) for own in owned for chunk in own}
        unsure = row.unsure or any(id(chunk) not in known for chunk in row.chunks)
        for label, own in zip(row.labels, owned, strict=True):
            right = _next_left(label, row, limit)
            edge = max(label.rect.x1, min((c.rect.x0 for c in own), default=0.0) - 1)
            edge = min(edge, right - 1)
            self._label(label, Rect(label.rect.x0, row.top, edge, row.bottom))
            over = any(chunk.rect.x1 > right + 1 for chunk in own)
            end = self._ends.get(self._column(label, row, own)) if own else None
            self._value(
                label,
                own,
                Rect(edge, row.top, right, row.bottom),
                unsure or over or self._are_side_by_side(own),
                end,
            )

    def _are_side_by_side(self, chunks: Sequence[Chunk]) -> bool:
        """Whether a value is two texts in two columns, one of them under a label unknown."""
        level = any(abs(a.level - b.level) < LEVEL * self.leading for a, b in pairwise(chunks))
        return level and len(_clusters(chunks, SPACE * self.leading)) > 1

    def _under_headings(self, header: _Header) -> None:
        row = header.row
        for at, (label, left) in enumerate(zip(row.labels, header.lefts, strict=True)):
            right = header.lefts[at + 1] if at + 1 < len(header.lefts) else self.right
            bottom = row.last + self.leading / 2
            self._label(label, Rect(left, row.top, right, bottom))
            own = header.contents[at]
            if own is not None:
                unsure = row.unsure or self._are_side_by_side(own)
                end = max((c.rect.x1 for c in own), default=None)
                self._value(label, own, Rect(left, bottom, right, header.bottom), unsure, end)

    def _title(self, row: Row) -> None:
        bottom = row.last + self.leading / 2
        for label in row.labels:
            self._label(label, Rect(self.left, row.top, self.right, bottom))
        if row.labels[0].at == "grid":
            under = [chunk for chunk in row.chunks if chunk.level > bottom]
            for cell in series_cells(under, bottom, (self.left, self.right), self.sheet):
                self._value(row.labels[0], cell.chunks, cell.place, cell.unsure, None)
                self._used.update(id(chunk) for chunk in cell.line)

    def _label(self, label: Block, place: Rect) -> None:
        self._used.update(id(chunk) for chunk in label.chunks)
        parts = _parts(label.chunks, None)
        self.slots.append(Slot(place, parts, label.text, label.match))
        self._placed.append(Placed(label.chunks))

    def _value(
        self, label: Block, chunks: Sequence[Chunk], place: Rect, unsure: bool, end: float | None
    ) -> None:
        self._used.update(id(chunk) for chunk in chunks)
        parts = _parts(chunks, end)
        text = text_of(*((lines, rect) for _, lines, rect in parts))
        overlaid = any(are_overlaid(lines) for _, lines, _ in parts)
        slot = Slot(place, parts, text, overlaid=overlaid, unsure=unsure)
        self.slots.append(slot)
        self._placed.append(Placed(tuple(chunks), slot, label.chunks))


def _in_sections(blocks: Sequence[Block]) -> list[Block]:
    """The labels that are such in their section ("Año" is a word elsewhere), none twice but those
    of variables: of two, the one in line with more labels."""
    section = ""
    kept: list[Block] = []
    for block in blocks:
        if block.match is None or (block.match.label.within or section) != section:
            continue
        section = block.match.label.opens or section
        kept.append(block)
    lines = [round(block.rect.x0) for block in kept]

    def rivals(block: Block) -> list[Block]:
        single = block.field and not block.field.startswith("variable.")
        return [b for b in kept if b.field == block.field] if single else [block]

    def weight(block: Block) -> int:
        return sum(abs(round(block.rect.x0) - line) <= 1 for line in lines)

    return [block for block in kept if block is max(rivals(block), key=weight)]


def _next_left(label: Block, row: Row, limit: float) -> float:
    lefts = (b.rect.x0 for b in row.labels if b.rect.x0 > label.rect.x0 + 1)
    return min([*lefts, limit])


def _is_level(chunk: Chunk, block: Block, leading: float) -> bool:
    slack = LEVEL * leading
    return block.first - slack <= chunk.level <= block.last + slack


def _off(rect: Rect, label: Rect) -> float:
    """How far a text is from standing under a heading: level with its left, middle or right."""
    return min(abs(rect.x0 - label.x0), abs(middle(rect) - middle(label)), abs(rect.x1 - label.x1))


def _clusters(chunks: Sequence[Chunk], slack: float = 0.0) -> list[Rect]:
    """The columns that chunks make: their rectangles, joined where no gap of some slack parts
    them."""
    clusters: list[Rect] = []
    for rect in sorted((chunk.rect for chunk in chunks), key=lambda r: r.x0):
        if clusters and rect.x0 < clusters[-1].x1 + slack:
            clusters[-1] = union([clusters[-1], rect])
        else:
            clusters.append(rect)
    return clusters


def _parts(chunks: Sequence[Chunk], end: float | None) -> list[tuple[Page, list[Line], Rect]]:
    """The chunks by pages, as lines in the frame that broke them: it ends at ``end``."""
    by_page: dict[int, list[Chunk]] = {}
    for chunk in chunks:
        by_page.setdefault(chunk.page.number, []).append(chunk)
    parts: list[tuple[Page, list[Line], Rect]] = []
    for _, own in sorted(by_page.items()):
        chars = [c for chunk in own for word in chunk.words for c in word.chars]
        frame = union(word.rect for chunk in own for word in chunk.words)
        if end is not None:
            shift = own[0].rect.x0 - own[0].words[0].rect.x0
            frame = frame._replace(x1=max(frame.x1, end - shift))
        parts.append((own[0].page, lines_of(chars), frame))
    return parts


def _text_line(chunk: Chunk) -> TextLine:
    rect = union(word.rect for word in chunk.words)
    return TextLine(chunk.page, chunk.words, rect, text_of(([chunk.words], None)))
