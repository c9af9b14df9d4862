"""Strips of indicator cards: rows of labels, the columns beside them, the prose at their side.

A strip is known by its labels below each other. The cards are the columns to their right: told by
rules where there are any, else by the white space between the texts of all rows. What runs down
beside the cards through all rows is the objective's prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.card_labels import Kind, Label
from extract.free_text import Segment, same_box
from extract.geometry import Edge, join_edges, overlap, share_x
from extract.page import Page
from normalize.text import key_of

GUTTER = 0.8
"""Points of white space that part two columns at least."""
COLUMN = 0.3
"""Part of the narrower label's width that two labels of one column share at least."""
DRAWN = 0.6
"""Part of its length that must be drawn for a rule to part rows or columns."""
SAME_RULE = 3.0
"""Points within which two rules are one."""
TIGHT = 0.6
"""Gap, in line heights, from which two lines are no longer one running text."""
FEW = 3
"""Lines from which a column without a key is prose, where the others have keys."""
LONG = 60
"""Letters that it then has at least."""
TALLEST = 6
"""Lines that a grade is broken to at most."""

_KEY = re.compile(r"\s*\d{1,2}\.\s?\d{1,3}(?:\.\d{1,3}|\.?[a-z](?![a-z]))?\s*[.):\-–—]*(?:\s|$)")

Interval = tuple[float, float]


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


@dataclass
class Content:
    """What a strip holds: its cards, left to right, and the running text at their side."""

    strip: Strip
    columns: list[Column]
    prose: list[Segment]
    top: float
    bottom: float


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


def read_strip(strip: Strip, segments: Sequence[Segment], left: float, right: float) -> Content:
    """The cards of a strip, and the prose at their side.

    ``segments`` are those that may belong to it: below what stands above it and above what stands
    below it on its pages. ``left`` and ``right`` are where other strips end and begin.
    """
    return _Reading(strip, segments, left, right).content()


class _Reading:
    def __init__(
        self, strip: Strip, segments: Sequence[Segment], left: float, right: float
    ) -> None:
        self.strip = strip
        own = {id(part) for label in strip.labels for part in label.segments}
        labels_start = min(label.rect.x0 for label in strip.labels)
        self.before = [each for each in segments if left <= each.centre < labels_start]
        self.beside = [
            each
            for each in segments
            if strip.right - 1.0 <= each.centre <= right and id(each) not in own
        ]
        self.rules = {page.number: join_edges(page.edges) for page in strip.pages}

    def content(self) -> Content:
        keys = self._keys()
        top = self._top(keys)
        inside = [each for each in self.beside if self._is_inside(each, top)]
        columns, prose = self._columns(inside, keys)
        if columns:
            self._fill(columns, inside, prose, top)
        if not prose:
            before = [each for each in self.before if self._is_inside(each, top)]
            prose = before if before and self._is_prose(before, keyed=True) else []
        prose = _whole_box(prose, [*self.before, *self.beside], columns)
        return Content(self.strip, columns, prose, top, self._bottom(columns))

    # --- what may belong to the cards

    def _keys(self) -> list[Segment]:
        """The first lines of the indicators' names, by their keys, left to right."""
        below = next(label for label in self.strip.labels if label.kind != "indicators")
        page = (self.strip.label("indicators") or below).page
        found = [
            each
            for each in self.beside
            if _KEY.match(each.text)
            and each.page is page
            and (each.page is not below.page or each.middle < below.middle)
        ]
        if not found:
            return []
        heads = {id(each): (key_of(each.text)[0] or "0").split(".")[0] for each in found}
        usual, _ = Counter(heads.values()).most_common(1)[0]
        alike = [each for each in found if heads[id(each)] == usual]
        first = [each for each in alike if not any(_is_under(each, other) for other in alike)]
        return sorted(first, key=lambda each: each.rect.x0)

    def _top(self, keys: Sequence[Segment]) -> float:
        """Where the names begin, on the page of the first label."""
        if keys:
            return min(key.rect.top for key in keys)
        first = self.strip.first
        above = [
            rule.at
            for rule in self._horizontal(first.page)
            if first.middle - 12 * first.size < rule.at < first.middle
            and rule.end > self.strip.right
        ]
        return max(above, default=first.rect.top - 2.5 * first.size)

    def _is_inside(self, each: Segment, top: float) -> bool:
        labels = self.strip.on(each.page)
        if not labels:
            return False
        first, last = labels[0], labels[-1]
        start = top if first is self.strip.first else first.rect.top - 3 * first.size
        return start - 0.3 * each.size <= each.middle <= last.rect.bottom + 0.5 * last.size

    def _horizontal(self, page: Page) -> list[Edge]:
        lines = [edge for edge in self.rules[page.number] if edge.orientation == "h"]
        for area in page.areas:
            lines.append(Edge("h", area.top, area.x0, area.x1))
            lines.append(Edge("h", area.bottom, area.x0, area.x1))
        return lines

    # --- columns

    def _columns(
        self, inside: Sequence[Segment], keys: Sequence[Segment]
    ) -> tuple[list[Column], list[Segment]]:
        atoms = _atoms([each for each in inside if not self._in_row("trend", each)])
        known = {id(key) for key in keys}
        cards: list[list[Segment]] = []
        prose: list[Segment] = []
        loose: list[list[Segment]] = []
        for atom in self._ruled_together(atoms, known):
            has_key = any(id(each) in known for each in atom)
            if not has_key and self._is_prose(atom, keyed=bool(keys)):
                prose.extend(atom)
            elif has_key or any(self._in_row(kind, each) for each in atom for kind in _GRADES):
                cards.append(atom)
            else:
                loose.append(atom)
        cards, doubtful = self._with_loose(_merged(cards, known) if keys else cards, loose)
        if prose:  # the rest of it, at the height of the trend lines
            x0, x1 = _reach(prose)
            own = {id(each) for each in prose}
            prose += [e for e in inside if x0 <= e.centre <= x1 and id(e) not in own]
        ends = [_reach(card) for card in cards]
        side = [_reach(prose)] if prose else []
        columns = _bounded(ends, self.strip.right, side)
        for at in doubtful:
            columns[at].crossing.add("features")
        return columns, prose

    def _ruled_together(
        self, atoms: Sequence[list[Segment]], known: set[int]
    ) -> list[list[Segment]]:
        """Atoms between the same two upright rules, which run through the grades' rows, as one."""
        cuts = self._upright()
        groups: dict[int, list[list[Segment]]] = {}
        for atom in atoms:
            x0, x1 = _reach(atom)
            groups.setdefault(sum(cut < (x0 + x1) / 2 for cut in cuts), []).append(atom)
        joined: list[list[Segment]] = []
        for place, group in groups.items():
            whole = [each for atom in group for each in atom]
            closed = 0 < place < len(cuts) and sum(id(each) in known for each in whole) <= 1
            if closed and len(group) > 1 and not any(self._is_prose(a, keyed=True) for a in group):
                joined.append(whole)
            else:
                joined.extend(group)
        return joined

    def _upright(self) -> list[float]:
        """Where upright rules run through the rows of grades, from the left."""
        labels = [label for label in self.strip.labels if label.kind in _GRADES]
        if not labels:
            return []
        page = labels[-1].page
        own = [label for label in labels if label.page is page]
        top, bottom = own[0].rect.top, own[-1].rect.bottom
        found: list[float] = []
        for edge in sorted(e for e in self.rules[page.number] if e.orientation == "v"):
            drawn = overlap(edge.start, edge.end, top, bottom) >= DRAWN * (bottom - top)
            if drawn and (not found or edge.at - found[-1] > SAME_RULE):
                found.append(edge.at)
        return found

    def _is_prose(self, atom: Sequence[Segment], *, keyed: bool) -> bool:
        """Whether a column is running text: many letters where the cards have keys, else lines
        without a break at the height of the trend lines, where cards have a drawing."""
        lines = len({round(each.middle) for each in atom})
        if keyed:
            return lines >= FEW and sum(len(each.text) for each in atom) >= LONG
        trend = self.strip.label("trend")
        if trend is None:
            return lines >= FEW and sum(len(each.text) for each in atom) >= 22 * len(atom)
        whole = [
            each
            for each in self.beside
            if each.page is trend.page and overlap(*_reach(atom), each.rect.x0, each.rect.x1) > 0
        ]
        return any(
            overlap(each.rect.top, each.rect.bottom, trend.rect.top, trend.rect.bottom) > 0
            and len(each.text) > 12
            for each in whole
        )

    def _in_row(self, kind: Kind, each: Segment) -> bool:
        """Whether a segment stands beside a label, at its height."""
        label = self.strip.label(kind)
        if label is None or label.page is not each.page:
            return False
        reach = 0.2 * each.size
        return label.rect.top - reach <= each.middle <= label.rect.bottom + reach

    def _with_loose(
        self, cards: list[list[Segment]], loose: Sequence[list[Segment]]
    ) -> tuple[list[list[Segment]], list[int]]:
        """Cards with the features that stand at their sides, and which cards that leaves in doubt.

        Features are three a card, in one order: counted from the left they tell whose they are.
        Where they are not three a card, what is no measure belongs to the card on its left.
        """
        cards = sorted(cards, key=lambda card: _reach(card)[0])
        row = [each for card in (*cards, *loose) for each in card if self._in_row("features", each)]
        features = _atoms(row)
        owner = {id(e): at // 3 for at, feature in enumerate(features) for e in feature}
        counted = len(features) == 3 * len(cards)
        doubtful: list[int] = []
        for atom in sorted(loose, key=lambda atom: _reach(atom)[0]):
            x0, x1 = _reach(atom)
            if counted and id(atom[0]) in owner:
                cards[owner[id(atom[0])]].extend(atom)
            elif cards:
                at = _nearest(cards, x0, x1)
                cards[at].extend(atom)
                doubtful.append(at)
        return cards, doubtful

    # --- rows

    def _fill(
        self,
        columns: Sequence[Column],
        inside: Sequence[Segment],
        prose: Sequence[Segment],
        top: float,
    ) -> None:
        aside = {id(each) for each in prose}
        for page in self.strip.pages:
            labels = self.strip.on(page)
            reach = columns[0].left, columns[-1].right
            own = [e for e in self.beside if e.page is page and id(e) not in aside]
            own = [e for e in own if reach[0] <= e.centre <= reach[1]]
            among = [e for e in own if self._is_inside(e, top)]
            goes_on = labels[0] is not self.strip.first
            limits = [labels[0].middle - 4 * labels[0].size if goes_on else top]
            limits[0] -= 0.5 * labels[0].size
            for above, below in pairwise(labels):
                limits.append(self._between(above, below, among, columns))
            limits.append(self._foot(labels[-1], limits[-1], own, columns))
            for each in own:
                self._place(each, labels, limits, columns)

    def _between(
        self, above: Label, below: Label, own: Sequence[Segment], columns: Sequence[Column]
    ) -> float:
        """The height that parts two rows: a rule, or the widest gap that all columns share."""
        start, end = above.middle, below.middle
        spans = [
            (each.rect.top, each.rect.bottom) for each in (*own, *above.segments, *below.segments)
        ]
        gaps = _gaps(spans, start, end)
        ruled = [at for at in self._parting(above.page, columns) if start < at < end]
        with_rule = [gap for gap in gaps if any(gap[0] - 1 <= at <= gap[1] + 1 for at in ruled)]
        best = max(with_rule or gaps, key=lambda gap: gap[1] - gap[0], default=None)
        if best is not None:
            inside = [at for at in ruled if best[0] <= at <= best[1]]
            return inside[0] if inside else (best[0] + best[1]) / 2
        return ruled[0] if ruled else (start + end) / 2

    def _parting(self, page: Page, columns: Sequence[Column]) -> list[float]:
        """Heights at which most of the cards' width is ruled."""
        x0, x1 = columns[0].left, columns[-1].right
        heights: list[tuple[float, float]] = []
        for edge in sorted(self._horizontal(page), key=lambda e: e.at):
            drawn = overlap(edge.start, edge.end, x0, x1)
            if heights and edge.at - heights[-1][0] <= 1.0:
                heights[-1] = heights[-1][0], heights[-1][1] + drawn
            else:
                heights.append((edge.at, drawn))
        return [at for at, drawn in heights if drawn >= DRAWN * (x1 - x0)]

    def _foot(
        self, label: Label, start: float, own: Sequence[Segment], columns: Sequence[Column]
    ) -> float:
        """Where the last row of a page ends: at a rule, or behind the lines that follow closely."""
        ruled = [at for at in self._parting(label.page, columns) if at > label.middle]
        limit = min(ruled, default=float("inf"))
        foot = label.rect.bottom + 0.2 * label.size
        for column in columns:
            lines = sorted(
                (e for e in own if column.left <= e.rect.x0 and e.rect.x1 <= column.right),
                key=lambda e: e.rect.top,
            )
            reached = [e for e in lines if start < e.middle <= label.rect.bottom + 0.2 * e.size]
            count = len(reached)
            for each in lines:
                if not reached or each.middle <= reached[-1].middle:
                    continue
                near = each.rect.top - reached[-1].rect.bottom <= TIGHT * each.size
                near = near and not _KEY.match(each.text)
                if not near or count >= TALLEST or each.middle > limit:
                    break
                reached.append(each)
                count += 1
            if reached:
                foot = max(foot, reached[-1].rect.bottom)
        return min(foot, limit)

    def _place(
        self,
        each: Segment,
        labels: Sequence[Label],
        limits: Sequence[float],
        columns: Sequence[Column],
    ) -> None:
        """Put a segment into the cell where it stands."""
        for label, start, end in zip(labels, limits, limits[1:], strict=False):
            if not start <= each.middle < end:
                continue
            for column in columns:
                if column.left <= each.centre < column.right:
                    column.cells.setdefault(label.kind, []).append(each)
                    slack = 0.3 * each.size
                    out = each.rect.x0 < column.left - slack or each.rect.x1 > column.right + slack
                    cut = each.rect.top < start - slack or each.rect.bottom > end + slack
                    if out or cut:
                        column.crossing.add(label.kind)

    def _bottom(self, columns: Sequence[Column]) -> float:
        last = self.strip.last
        own = [each for column in columns for each in column.cells.get(last.kind, [])]
        return max([last.rect.bottom, *(e.rect.bottom for e in own if e.page is last.page)])


_GRADES: tuple[Kind, ...] = ("milestone", "progress")


def _is_under(each: Segment, other: Segment) -> bool:
    """Whether a segment is a further line of the text that another begins."""
    gap = each.rect.top - other.rect.bottom
    return (
        each is not other
        and -0.5 * each.size < gap < 4 * each.size
        and share_x(each.rect, other.rect) >= 0.5
    )


def _whole_box(
    prose: Sequence[Segment], segments: Sequence[Segment], columns: Sequence[Column]
) -> list[Segment]:
    """Prose with the lines of its box that stand higher or lower than the cards.

    Lines of a wider box are none of it: an objective's text may end right above.
    """
    placed = {id(e) for column in columns for cell in column.cells.values() for e in cell}
    free = [each for each in segments if id(each) not in placed]
    box = {id(each) for each in prose}
    whole = list(prose)
    for each in whole:  # grows while it is gone through
        x0, x1 = _reach(prose)
        for other in free:
            slack = 1.5 * other.size
            inside = x0 - slack <= other.rect.x0 and other.rect.x1 <= x1 + slack
            if id(other) in box or not inside or not same_box(each, other):
                continue
            above = (e for e in free if e.rect.top < other.rect.top and same_box(e, other))
            if all(x0 - slack <= e.rect.x0 and e.rect.x1 <= x1 + slack for e in above):
                box.add(id(other))
                whole.append(other)
    return whole


def _atoms(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments parted where white space runs down through all of them, from the left."""
    atoms: list[list[Segment]] = []
    reach = 0.0
    for each in sorted(segments, key=lambda s: s.rect.x0):
        if atoms and each.rect.x0 - reach < GUTTER:
            atoms[-1].append(each)
        else:
            atoms.append([each])
            reach = each.rect.x1
        reach = max(reach, each.rect.x1)
    return atoms


def _reach(segments: Sequence[Segment]) -> Interval:
    return min(each.rect.x0 for each in segments), max(each.rect.x1 for each in segments)


def _merged(cards: Sequence[list[Segment]], known: set[int]) -> list[list[Segment]]:
    """Cards that have a key, each with the grades beside its name that stand in no other."""
    keyed = [card for card in cards if any(id(each) in known for each in card)]
    for card in cards:
        if any(card is other for other in keyed):
            continue
        x0, x1 = _reach(card)
        at = _nearest(keyed, x0, x1)
        if len(keyed[at]) < 3 * FEW and _reach(keyed[at])[0] <= x0:
            keyed[at] = [*keyed[at], *card]
        else:
            keyed.append(card)
    return keyed


def _nearest(cards: Sequence[list[Segment]], x0: float, x1: float) -> int:
    """The card with the smallest gap to an interval."""

    def gap(at: int) -> float:
        a, b = _reach(cards[at])
        return max(a - x1, x0 - b)

    return min(range(len(cards)), key=gap)


def _bounded(ends: Sequence[Interval], left: float, aside: Sequence[Interval]) -> list[Column]:
    """Columns that reach to the middle of the white space between them."""
    ordered = sorted(ends)
    after = [x0 for x0, _ in aside if ordered and x0 >= ordered[-1][1]]
    end = (ordered[-1][1] + min(after)) / 2 if after else float("inf")
    edges = [min([left, *(x0 for x0, _ in ordered[:1])]) - 1.0]
    edges += [(a[1] + b[0]) / 2 for a, b in pairwise(ordered)]
    edges.append(end)
    return [Column(a, b) for a, b in pairwise(edges)] if ordered else []


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
