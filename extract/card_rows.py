"""The rows of a strip: which text stands in which cell of its cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.card_aside import stray
from extract.card_columns import DRAWN, Interval, find_columns, whole_box
from extract.card_labels import Kind, Label
from extract.card_strips import KEY, Beside, Column, Content, Strip
from extract.free_text import Segment
from extract.geometry import overlap, share_x
from extract.page import Page
from normalize.words import measure_of, trend_of

TIGHT = 0.6
"""Gap, in line heights, from which two lines are no longer one running text."""
SET_APART = 2.0
"""Gap, in line heights, that two paragraphs of one cell have at most."""
FIRST_LINE = 0.6
"""Line heights from the middle of the names' first line up to which they begin."""
ONE_MARGIN = 0.5
"""Points within which lines begin at one margin."""
LEVEL = 0.3
"""Line heights within which two lines begin at one height."""
TALLEST = 6
"""Lines that a grade is broken to at most."""

_ROWS: tuple[Kind, ...] = ("indicators", "features", "trend", "milestone", "progress")


def read_strip(strip: Strip, segments: Sequence[Segment], left: float, right: float) -> Content:
    """The cards of a strip, and the prose at their side. Arguments as of :class:`Beside`."""
    beside = Beside(strip, segments, left, right)
    columns, prose = find_columns(beside)
    if columns:
        _Rows(beside, columns, prose).fill()
        stray(columns)
    prose = whole_box(beside, columns, prose)
    return Content(beside.strip, columns, prose, beside.top, _bottom(beside.strip, columns))


class _Rows:
    """One pass down the rows, page by page."""

    def __init__(self, beside: Beside, columns: Sequence[Column], prose: Sequence[Segment]) -> None:
        self.beside = beside
        self.strip = beside.strip
        self.columns = columns
        self.aside = {id(each) for each in prose}
        self.from_top = self._is_set_from_top()

    def _is_set_from_top(self) -> bool:
        """Whether the cells' first lines stand at their label's, and not their middles: features
        below each other tell, by the measure on top."""
        label = self.strip.label("features")
        firsts = [
            each
            for each in self.beside.inside
            if measure_of(each.text) and self.beside.in_row("features", each)
        ]
        stacked = [each for each in firsts if self._close(each) or self._trend_under(each)]
        return (
            label is not None
            and bool(stacked)
            and all(abs(each.rect.top - label.rect.top) <= LEVEL * each.size for each in stacked)
        )

    def _close(self, first: Segment) -> list[Segment]:
        """What stands right below a line."""
        return [
            each
            for each in self.beside.inside
            if each.page is first.page
            and share_x(each.rect, first.rect) > 0
            and -0.5 * each.size < each.rect.top - first.rect.bottom <= TIGHT * each.size
        ]

    def _trend_under(self, first: Segment) -> bool:
        """Whether the trend stands below a measure and in its row: lines may be set apart."""
        drawn = self.strip.label("trend")
        limit = drawn.rect.top if drawn and drawn.page is first.page else float("inf")
        return any(
            trend_of(each.text)
            and each.page is first.page
            and share_x(each.rect, first.rect) > 0
            and each.rect.top < limit - LEVEL * each.size
            and 0 < each.rect.top - first.rect.bottom <= SET_APART * each.size
            for each in self.beside.inside
        )

    def fill(self) -> None:
        """Put all segments into the cells where they stand."""
        left, right = self.columns[0].left, self.columns[-1].right
        for page in self.strip.pages:
            labels = self.strip.on(page)
            own = [
                each
                for each in self.beside.after
                if each.page is page and id(each) not in self.aside and left <= each.centre <= right
            ]
            limits = self._limits(labels, own)
            rest = self._cut_off(labels, limits[0], own)
            for each in own:
                if not any(each is other for other in rest):
                    self._place(each, labels, limits)
        self._doubt_strays()
        self._doubt_neighbours()
        self._doubt_top()

    def _limits(self, labels: Sequence[Label], own: Sequence[Segment]) -> list[float]:
        """Where the rows of one page begin, and where the last one ends."""
        goes_on = labels[0] is not self.strip.first
        top = self.beside.start(labels[0]) if goes_on else self.beside.top
        limits = [top - 0.5 * labels[0].size]
        if self.beside.keys and not goes_on:  # an objective's last line may stand right above
            first = min(self.beside.keys, key=lambda key: key.middle)
            limits = [first.middle - FIRST_LINE * first.size]
        among = [each for each in own if self.beside.is_inside(each)]
        for above, below in pairwise(labels):
            limits.append(self._between(above, below, among))
        limits.append(self._foot(labels[-1], limits[-1], own))
        return limits

    def _cut_off(
        self, labels: Sequence[Label], start: float, own: Sequence[Segment]
    ) -> list[Segment]:
        """Put the end of a cell that a page break cuts, above the page's first label, into the row
        before; where cells are set to their middles it is not certain whose it is."""
        first = labels[0]
        if first is self.strip.first:
            return []
        before = self.strip.labels[self.strip.labels.index(first) - 1]
        sure = self.from_top or first.kind == "trend"
        rest = [each for each in own if start <= each.middle < first.rect.top]
        for each in rest:
            for column in self.columns:
                if column.left <= each.centre < column.right:
                    column.cells.setdefault(before.kind, []).append(each)
                    if not sure:
                        column.crossing.update((before.kind, first.kind))
        return rest

    def _between(self, above: Label, below: Label, own: Sequence[Segment]) -> float:
        """The height that parts two rows: a rule, or the widest gap that all columns share."""
        if self.from_top and not self._parting(above.page):
            return below.rect.top - 0.1 * below.size
        start, end = above.middle, below.middle
        spans = [
            (each.rect.top, each.rect.bottom) for each in (*own, *above.segments, *below.segments)
        ]
        gaps = _gaps(spans, start, end)
        ruled = [at for at in self._parting(above.page) if start < at < end]
        with_rule = [gap for gap in gaps if any(gap[0] - 1 <= at <= gap[1] + 1 for at in ruled)]
        clear = [at for at in ruled if not any(_cuts(at, span) for span in spans)]
        if clear and not with_rule:  # lines so tight that no white space is left at the rule
            return clear[0]
        best = max(with_rule or gaps, key=lambda gap: gap[1] - gap[0], default=None)
        if best is not None:
            inside = [at for at in ruled if best[0] <= at <= best[1]]
            return inside[0] if inside else (best[0] + best[1]) / 2
        return ruled[0] if ruled else (start + end) / 2

    def _parting(self, page: Page) -> list[float]:
        """Heights at which most of the cards' width is ruled."""
        own = [each.rect.x1 for each in self.beside.inside if id(each) not in self.aside]
        reach = max(own, default=self.columns[-1].right)  # of a scan no cell may have been read
        x0, x1 = self.columns[0].left, min(self.columns[-1].right, reach)
        heights: list[tuple[float, float]] = []
        for edge in sorted(self.beside.horizontal(page), key=lambda e: e.at):
            drawn = overlap(edge.start, edge.end, x0, x1)
            if heights and edge.at - heights[-1][0] <= 1.0:
                heights[-1] = heights[-1][0], heights[-1][1] + drawn
            else:
                heights.append((edge.at, drawn))
        return [at for at, drawn in heights if drawn >= DRAWN * (x1 - x0)]

    def _foot(self, label: Label, start: float, own: Sequence[Segment]) -> float:
        """Where the last row of a page ends: at a rule, or behind the lines that follow closely."""
        ruled = [at for at in self._parting(label.page) if at > label.middle]
        limit = min(ruled, default=float("inf"))
        foot = label.rect.bottom + 0.2 * label.size
        apart = TIGHT if label is self.strip.last else SET_APART  # there the page ends
        for column in self.columns:
            lines = sorted(
                (e for e in own if column.left <= e.rect.x0 and e.rect.x1 <= column.right),
                key=lambda e: e.rect.top,
            )
            reached = [e for e in lines if start < e.middle <= label.rect.bottom + 0.2 * e.size]
            count = len(reached)
            for each in lines:
                if not reached or each.middle <= reached[-1].middle:
                    continue
                near = each.rect.top - reached[-1].rect.bottom <= apart * each.size
                near = near and not KEY.match(each.text)
                if not near or count >= TALLEST or each.middle > limit:
                    break
                reached.append(each)
                count += 1
            if reached:
                foot = max(foot, reached[-1].rect.bottom)
        return min(foot, limit)

    def _doubt_strays(self) -> None:
        """Where a name's lines begin at one margin but for one that begins before it, a word of
        the card at its left may have come in."""
        for at, column in enumerate(self.columns):
            names = column.cells.get("indicators", [])
            firsts = [
                each
                for each in names
                if not any(
                    overlap(o.rect.top, o.rect.bottom, each.rect.top, each.rect.bottom)
                    > LEVEL * each.size
                    and o.rect.x0 < each.rect.x0
                    for o in names
                )
            ]
            for margin in firsts:
                here = [e for e in firsts if abs(e.rect.x0 - margin.rect.x0) <= ONE_MARGIN]
                before = [
                    e
                    for e in firsts
                    if e.rect.x0 < margin.rect.x0 - LEVEL * e.size
                    and abs(e.centre - margin.centre) > LEVEL * e.size  # not centred
                ]
                if at and before and len(here) >= max(2, 2 * len(before)):
                    column.crossing.add("indicators")
                    self.columns[at - 1].crossing.add("indicators")

    def _doubt_neighbours(self) -> None:
        """Where a row's label is missing, nothing parts its text from the rows above and below."""
        printed = {label.kind for label in self.strip.labels}
        for at, kind in enumerate(_ROWS):
            if kind in printed or kind == "trend":  # a drawing has no text
                continue
            above = [row for row in _ROWS[:at] if row in printed]
            below = [row for row in _ROWS[at:] if row in printed]
            for near in (*above[-1:], *below[:1]):
                for column in self.columns:
                    if self._is_mixed(near, column):
                        column.crossing.add(near)

    def _is_mixed(self, kind: Kind, column: Column) -> bool:
        """Whether a cell has text that does not stand at its label's height."""
        label = self.strip.label(kind)
        cell = column.cells.get(kind, [])
        if label is None or kind == "indicators":
            return bool(cell)
        reach = 0.3 * label.size
        start, end = label.rect.top - reach, label.rect.bottom + reach
        return any(not start <= each.middle <= end for each in cell)

    def _doubt_top(self) -> None:
        """Without keys or a rule, what stands right above a name may be its first line."""
        first = self.strip.first
        if self.beside.keys or first.kind != "indicators":
            return
        if any(abs(at - self.beside.top) <= 1.0 for at in self._parting(first.page)):
            return
        for column in self.columns:
            names = column.cells.get("indicators", [])
            top = min((each.rect.top for each in names), default=first.rect.top)
            if any(
                each.page is first.page
                and -TIGHT * each.size <= top - each.rect.bottom <= TIGHT * each.size
                and overlap(each.rect.x0, each.rect.x1, column.left, column.right) > 0
                for each in (*self.beside.before, *self.beside.after)
            ):
                column.crossing.add("indicators")

    def _place(self, each: Segment, labels: Sequence[Label], limits: Sequence[float]) -> None:
        """Put a segment into the cell where it stands."""
        for label, start, end in zip(labels, limits, limits[1:], strict=False):
            if not start <= each.middle < end:
                continue
            for column in self.columns:
                if column.left <= each.centre < column.right:
                    column.cells.setdefault(label.kind, []).append(each)
                    slack = 0.3 * each.size
                    out = each.rect.x0 < column.left - slack or each.rect.x1 > column.right + slack
                    cut = each.rect.top < start - slack or each.rect.bottom > end + slack
                    if out or cut:
                        column.crossing.add(label.kind)


def _bottom(strip: Strip, columns: Sequence[Column]) -> float:
    last = strip.last
    own = [each for column in columns for each in column.cells.get(last.kind, [])]
    return max([last.rect.bottom, *(e.rect.bottom for e in own if e.page is last.page)])


def _cuts(at: float, span: Interval) -> bool:
    """Whether a height runs through a line, and not along its edge."""
    top, bottom = span
    edge = (bottom - top) / 4
    return top + edge < at < bottom - edge


def _gaps(spans: Iterable[Interval], start: float, end: float) -> list[Interval]:
    """The parts of an interval that no span covers."""
    gaps: list[Interval] = []
    reach = start
    for top, bottom in sorted(spans):
        if bottom <= reach:
            continue
        if top >= end:
            break
        if top > reach:
            gaps.append((reach, min(top, end)))
        reach = bottom
    if reach < end:
        gaps.append((reach, end))
    return gaps
