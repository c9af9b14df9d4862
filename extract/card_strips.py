"""Strips of indicator cards: labels below each other, and what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.card_labels import Kind, Label
from extract.free_text import Segment
from extract.geometry import Edge, Rect, join_edges, share_x
from extract.page import Page
from normalize.text import key_of

COLUMN = 0.3
"""Part of the narrower label's width that two labels of one column share at least."""
CLOSELY = 1.0
"""Gap, in line heights, that two lines of one row have at most."""

KEY = re.compile(r"\s*\d{1,2}\.\s?\d{1,3}(?:\.\d{1,3}|\.?[a-z](?![a-z]))?\s*[.):\-–—]*(?:\s|$)")
"""How an indicator's name begins."""


@dataclass
class Strip:
    """Labels of one strip, top to bottom; a page break may stand between two of them."""

    labels: list[Label]

    def label(self, kind: Kind) -> Label | None:
        return next((label for label in self.labels if label.kind == kind), None)

    @property
    def first(self) -> Label:
        return self.labels[0]

    @property
    def last(self) -> Label:
        return self.labels[-1]

    @property
    def pages(self) -> list[Page]:
        return list({label.page.number: label.page for label in self.labels}.values())

    def on(self, page: Page) -> list[Label]:
        return [label for label in self.labels if label.page is page]

    @property
    def right(self) -> float:
        """Where the labels end and the cards may begin."""
        return max(label.rect.x1 for label in self.labels)


@dataclass
class Column:
    """One card: its texts by row. ``left`` and ``right`` bound it."""

    left: float
    right: float
    cells: dict[Kind, list[Segment]] = field(default_factory=dict)
    crossing: set[Kind] = field(default_factory=set)
    """Rows whose text is not certain."""


@dataclass
class Content:
    """What a strip holds: its cards, left to right, and the running text at their side.

    ``objective`` is its objective's text where that has a cell of its own at the side.
    """

    strip: Strip
    columns: list[Column]
    prose: list[Segment]
    top: float
    bottom: float
    objective: list[Segment] = field(default_factory=list)


def find_strips(labels: Iterable[Label]) -> list[Strip]:
    """The strips that labels make, in the order of the pages, top to bottom."""
    columns: list[list[Label]] = []
    for label in sorted(labels, key=lambda each: (each.page.number, each.rect.top)):
        shares = [share_x(column[-1].rect, label.rect) for column in columns]
        best = max(shares, default=0.0)
        if best >= COLUMN:
            columns[shares.index(best)].append(label)
        else:
            columns.append([label])
    strips: list[Strip] = []
    for column in columns:
        current: list[Label] = []
        for label in column:
            kinds = {each.kind for each in current}
            opens = label.kind == "indicators" and kinds
            if opens or label.kind in kinds:
                strips.append(Strip(current))
                current = []
            current.append(label)
        strips.append(Strip(current))
    found = [strip for strip in strips if _is_strip(strip)]
    return sorted(found, key=lambda s: (s.first.page.number, s.first.rect.top, s.first.rect.x0))


def _is_strip(strip: Strip) -> bool:
    kinds = {label.kind for label in strip.labels} - {"indicators"}
    return len(kinds) > 1 and kinds != {"features", "trend"}


class Beside:
    """What stands beside the labels of a strip, and where its rows may be.

    ``segments`` are those that may belong to it: below what stands above it and above what stands
    below it on its pages. ``left`` and ``right`` are where other strips end and begin.
    """

    def __init__(
        self, strip: Strip, segments: Sequence[Segment], left: float, right: float
    ) -> None:
        self.strip = strip
        own = {id(part) for label in strip.labels for part in label.segments}
        labels_start = min(label.rect.x0 for label in strip.labels)
        self.before = [each for each in segments if left <= each.centre < labels_start]
        self.after = [
            each
            for each in segments
            if strip.right - 1.0 <= each.centre <= right and id(each) not in own
        ]
        self.rules = {page.number: join_edges(page.edges) for page in strip.pages}
        self.keys = self._keys()
        self.top = self._top()
        if self.keys and self.strip.label("indicators") is None:
            self.strip = Strip([self._names_row(), *self.strip.labels])
        self.inside = [each for each in self.after if self.is_inside(each)]

    def _keys(self) -> list[Segment]:
        """The first lines of the indicators' names, by their keys, left to right."""
        below = next(label for label in self.strip.labels if label.kind != "indicators")
        page = (self.strip.label("indicators") or below).page
        found = [
            each
            for each in self.after
            if KEY.match(each.text)
            and each.page is page
            and (each.page is not below.page or each.middle < below.middle)
        ]
        if not found:
            return []
        heads = {id(each): (key_of(each.text)[0] or "0").split(".")[0] for each in found}
        usual, _ = Counter(heads.values()).most_common(1)[0]
        alike = [each for each in found if heads[id(each)] == usual]
        first = [each for each in alike if not any(is_under(each, other) for other in alike)]
        return sorted(first, key=lambda each: each.rect.x0)

    def _names_row(self) -> Label:
        """Stands for the label of the names' row where it is not printed."""
        first = self.strip.first.rect
        tops = [key.rect.top for key in self.keys]
        rect = Rect(first.x0, min(tops), first.x1, max(key.rect.bottom for key in self.keys))
        return Label("indicators", (self.keys[0],), rect)

    def _top(self) -> float:
        """Where the names begin, on the page of the first label."""
        if self.keys:
            return min(key.rect.top for key in self.keys)
        first = self.strip.first
        above = [
            rule.at
            for rule in self.horizontal(first.page)
            if first.middle - 12 * first.size < rule.at < first.middle
            and rule.end > self.strip.right
        ]
        return max(above, default=first.rect.top - 2.5 * first.size)

    def is_inside(self, each: Segment) -> bool:
        """Whether a segment stands at the height of the strip's rows."""
        labels = self.strip.on(each.page)
        if not labels:
            return False
        first, last = labels[0], labels[-1]
        start = self.top if first is self.strip.first else self.start(first)
        end = last.rect.bottom + 0.5 * last.size
        if last is not self.strip.last:
            end = max(end, self.end(last))
        return start - 0.3 * each.size <= each.middle <= end

    def start(self, first: Label) -> float:
        """Where the end of a row begins that a page break cuts: ``first`` is the first label of
        the page, with the lines above that follow each other closely."""
        reach = first.rect.top
        lines = [each for each in self.after if each.page is first.page]
        for each in sorted(lines, key=lambda each: -each.rect.bottom):
            if each.rect.bottom - first.rect.top > 0.5 * each.size or each.rect.top >= reach:
                continue
            if reach - each.rect.bottom > CLOSELY * each.size:
                break
            reach = each.rect.top
        return min(reach, first.rect.top - 3 * first.size)

    def end(self, last: Label) -> float:
        """Where the beginning of such a row ends: ``last`` is the last label of the page."""
        reach = last.rect.bottom
        lines = [each for each in self.after if each.page is last.page]
        for each in sorted(lines, key=lambda each: each.rect.top):
            if each.rect.bottom <= reach:
                continue
            if each.rect.top - reach > CLOSELY * each.size:
                break
            reach = each.rect.bottom
        return reach

    def horizontal(self, page: Page) -> list[Edge]:
        """The level rules of a page, and the sides of its areas."""
        lines = [edge for edge in self.rules[page.number] if edge.orientation == "h"]
        for area in page.areas:
            lines.append(Edge("h", area.top, area.x0, area.x1))
            lines.append(Edge("h", area.bottom, area.x0, area.x1))
        return lines

    def in_row(self, kind: Kind, each: Segment) -> bool:
        """Whether a segment stands beside a label, at its height."""
        label = self.strip.label(kind)
        if label is None or label.page is not each.page:
            return False
        reach = 0.2 * each.size
        return label.rect.top - reach <= each.middle <= label.rect.bottom + reach


def is_under(each: Segment, other: Segment) -> bool:
    """Whether a segment is a further line of the text that another begins."""
    gap = each.rect.top - other.rect.bottom
    return (
        each is not other
        and -0.5 * each.size < gap < 4 * each.size
        and share_x(each.rect, other.rect) >= 0.5
    )
