"""Plain geometry: rectangles, ruled edges and the turn of a page. No PDF library in here.

Three coordinate systems meet: *user space* (PDF's own, y upwards), *reading space* (y downwards,
turned so that the text runs left to right) and *displayed space* (y downwards, as a viewer shows
the page after /Rotate, from the top left of its CropBox). All are in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

SNAP = 2.0
"""Points within which two parallel edges are one line (a doubled border, both sides of a thin
rectangle)."""
JOIN = 3.0
"""Gap in points that a line made of segments may have."""
MEET = 4.0
"""Points by which a line may end short of the one that it meets (a dashed one does)."""
CLOSED = 0.9
"""Part of a side that must be drawn for it to be closed."""
DASH = 5.0
"""Points up to which a segment is a dash, which may lie two lengths apart from the next."""


class Rect(NamedTuple):
    """A rectangle with y downwards, in points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height halfway down."""
        return (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the border."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def shifted(self, dx: float, dy: float) -> Rect:
        return Rect(self.x0 + dx, self.top + dy, self.x1 + dx, self.bottom + dy)


def rects(
    x0s: Iterable[float], tops: Iterable[float], x1s: Iterable[float], bottoms: Iterable[float]
) -> list[Rect]:
    """Rectangles from their sides: thousands, at a third of the price of one by one."""
    return list(map(partial(tuple.__new__, Rect), zip(x0s, tops, x1s, bottoms, strict=True)))


def union(parts: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all. Raises ``ValueError`` for none."""
    each = iter(parts)
    first = next(each, None)
    if first is None:
        raise ValueError("no rectangles to be united")
    x0, top, x1, bottom = first
    for left, upper, right, lower in each:
        if left < x0:
            x0 = left
        if upper < top:
            top = upper
        if right > x1:
            x1 = right
        if lower > bottom:
            bottom = lower
    return Rect(x0, top, x1, bottom)


def clip(rect: Rect, frame: Rect) -> Rect:
    """``rect`` cut to ``frame``; ``rect`` itself where the two do not meet."""
    cut = Rect(
        max(rect.x0, frame.x0),
        max(rect.top, frame.top),
        min(rect.x1, frame.x1),
        min(rect.bottom, frame.bottom),
    )
    return cut if cut.width > 0 and cut.height > 0 else rect


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """Length that two intervals share (0 where they do not)."""
    return max(0.0, min(a1, b1) - max(a0, b0))


def share_x(a: Rect, b: Rect) -> float:
    """Shared width as a part of the narrower one's width, 0 to 1."""
    if a.x1 <= b.x0 or b.x1 <= a.x0:
        return 0.0
    return overlap(a.x0, a.x1, b.x0, b.x1) / max(min(a.width, b.width), 0.01)


def share_y(a: Rect, b: Rect) -> float:
    """Shared height as a part of the lower one's height, 0 to 1."""
    if a.bottom <= b.top or b.bottom <= a.top:
        return 0.0
    return overlap(a.top, a.bottom, b.top, b.bottom) / max(min(a.height, b.height), 0.01)


def contains(outer: Rect, inner: Rect, slack: float = 1.0) -> bool:
    """Whether ``inner`` lies inside ``outer``, up to ``slack`` points on each side."""
    return (
        outer.x0 - slack <= inner.x0
        and outer.top - slack <= inner.top
        and inner.x1 <= outer.x1 + slack
        and inner.bottom <= outer.bottom + slack
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """User space seen after ``turn`` quarter turns clockwise, from the top left of its box.

    ``left``, ``bottom``, ``right``, ``top`` are the visible box in user space (y upwards);
    ``scale`` is the length that one unit of it has in this frame.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    scale: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height after the turn, in points."""
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn % 2:
            width, height = height, width
        return width * self.scale, height * self.scale

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space in this frame."""
        scale = self.scale
        if self.turn == 0:
            return (x - self.left) * scale, (self.top - y) * scale
        if self.turn == 1:
            return (y - self.bottom) * scale, (x - self.left) * scale
        if self.turn == 2:
            return (self.right - x) * scale, (y - self.bottom) * scale
        return (self.top - y) * scale, (self.right - x) * scale

    def back(self, x: float, y: float) -> tuple[float, float]:
        """A point of this frame in user space; the inverse of :meth:`point`."""
        x, y = x / self.scale, y / self.scale
        if self.turn == 0:
            return self.left + x, self.top - y
        if self.turn == 1:
            return self.left + y, self.bottom + x
        if self.turn == 2:
            return self.right - x, self.bottom + y
        return self.right - y, self.top - x

    def rect(self, xa: float, ya: float, xb: float, yb: float) -> Rect:
        """The rectangle between two opposite corners of user space, in this frame; for upright
        frames the first is the lower left one."""
        if self.turn == 0:
            left, top, scale = self.left, self.top, self.scale
            return Rect(
                (xa - left) * scale, (top - yb) * scale, (xb - left) * scale, (top - ya) * scale
            )
        return _between(self.point(xa, ya), self.point(xb, yb))

    def into(self, other: Frame, rect: Rect) -> Rect:
        """A rectangle of this frame as ``other`` shows it."""
        if self.turn == other.turn == 0:  # as below, without a call for each corner
            x0, top, x1, bottom = (side / self.scale for side in rect)
            return _between(
                (
                    (self.left + x0 - other.left) * other.scale,
                    (other.top - (self.top - top)) * other.scale,
                ),
                (
                    (self.left + x1 - other.left) * other.scale,
                    (other.top - (self.top - bottom)) * other.scale,
                ),
            )
        return _between(
            other.point(*self.back(rect.x0, rect.top)),
            other.point(*self.back(rect.x1, rect.bottom)),
        )


def _between(a: tuple[float, float], b: tuple[float, float]) -> Rect:
    return Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


class Edge(NamedTuple):
    """A ruled line: ``at`` is its x (vertical) or y (horizontal), ``start`` to ``end`` its run."""

    orientation: Literal["h", "v"]
    at: float
    start: float
    end: float


def join_edges(edges: Sequence[Edge]) -> list[Edge]:
    """Edges on one line, up to :data:`SNAP`, with gaps up to :data:`JOIN`, as one edge each.

    Doubled borders, dotted lines and borders drawn cell by cell become whole lines; this leaves
    the table finder few edges to intersect.
    """
    joined: list[Edge] = []
    for orientation in ("h", "v"):
        of_kind = sorted(e for e in edges if e.orientation == orientation)
        line: list[Edge] = []
        for edge in of_kind:
            if line and edge.at - line[0].at > SNAP:
                joined.extend(_runs(line))
                line = []
            line.append(edge)
        if line:
            joined.extend(_runs(line))
    return joined


def _runs(line: Sequence[Edge]) -> list[Edge]:
    """The uninterrupted runs of edges that lie on one line, at its length-weighted middle."""
    if len(line) == 1:  # as most are: the same, to the last digit
        orientation, at, start, end = line[0]
        length = end - start
        return [Edge(orientation, at * length / length if length else at, start, end)]
    weight = sum([end - start for _, _, start, end in line])
    weighed = sum([at * (end - start) for _, at, start, end in line])
    at = weighed / weight if weight else line[0].at
    runs: list[tuple[float, float]] = []
    for _, _, start, end in sorted(line, key=lambda e: e.start):
        length = end - start
        gap = max(JOIN, 2 * length if length <= DASH else 0.0)
        if runs and start <= runs[-1][1] + gap:
            runs[-1] = runs[-1][0], max(runs[-1][1], end)
        else:
            runs.append((start, end))
    return [Edge(line[0].orientation, at, start, end) for start, end in runs]


def close_frames(edges: Sequence[Edge]) -> list[Edge]:
    """``edges`` and the outer sides that a table lacks.

    Some producers draw no line where a page cuts a row in two; some tables are open at left and
    right. Where two rules of a table end together, or two upright ones that are its sides, nothing
    lies beyond and no line runs across, it is supplied.
    """
    closed = list(edges)
    for table in _connected(edges):
        horizontal = [edge for edge in table if edge.orientation == "h"]
        vertical = [edge for edge in table if edge.orientation == "v"]
        sides = _closing(horizontal, vertical)
        closed += [*sides, *_closing([*vertical, *sides], horizontal)]
    return closed


def _connected(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges grouped by meeting: one group for each table."""
    groups: list[list[Edge]] = []
    for edge in edges:
        met = [group for group in groups if _meets_any(edge, group)]
        if len(met) == 1:
            groups.remove(met[0])
            groups.append([*met[0], edge])
            continue
        groups = [group for group in groups if group not in met]
        groups.append([*(other for group in met for other in group), edge])
    return groups


def _meets_any(edge: Edge, others: Sequence[Edge]) -> bool:
    """Whether an edge meets one of some others (see :func:`_meet`)."""
    orientation, at, start, end = edge
    for other, place, first, last in others:
        if (
            first - MEET <= at <= last + MEET
            and start - MEET <= place <= end + MEET
            and other != orientation
        ):
            return True
    return False


def _meet(a: Edge, b: Edge) -> bool:
    return (
        a.orientation != b.orientation
        and b.start - MEET <= a.at <= b.end + MEET
        and a.start - MEET <= b.at <= a.end + MEET
    )


def _closing(open_edges: Sequence[Edge], across: Sequence[Edge]) -> list[Edge]:
    """The lines that close ``open_edges`` at either end, as far as ``across`` does not."""
    supplied: list[Edge] = []
    for outward, end_of in _ENDS:
        groups: list[list[Edge]] = []
        for edge in sorted(open_edges, key=end_of):
            if groups and end_of(edge) - end_of(groups[-1][0]) <= JOIN:
                groups[-1].append(edge)
            else:
                groups.append([edge])
        for group in groups:
            line = _outer_side(group, end_of(group[0]), outward, open_edges, across)
            supplied.extend([line] if line else [])
    return supplied


def _outer_side(
    group: Sequence[Edge],
    at: float,
    outward: int,
    open_edges: Sequence[Edge],
    across: Sequence[Edge],
) -> Edge | None:
    """The line over the ends of ``group``, where its edges end at a table's outside."""
    if len(group) < 2:
        return None
    ats = [edge.at for edge in group]
    start, end = min(ats), max(ats)
    for _, place, first, last in open_edges:
        if start <= place <= end and outward * ((last if outward > 0 else first) - at) > JOIN:
            return None
    reached = [e for e in across if overlap(e.start, e.end, start, end) > 0]
    if group[0].orientation == "v" and len(group) == 2 and not _rungs(group, reached):
        return None
    drawn = [e for e in reached if abs(e.at - at) <= JOIN]
    if sum(overlap(e.start, e.end, start, end) for e in drawn) >= CLOSED * (end - start):
        return None
    touching = [e for e in reached if any(f.start <= e.at <= f.end for f in group)]
    start = min([start, *(e.start for e in touching)])
    end = max([end, *(e.end for e in touching)])
    return Edge("v" if group[0].orientation == "h" else "h", at, start, end)


def _rungs(sides: Sequence[Edge], across: Sequence[Edge]) -> int:
    """How many lines run from one side to the other."""
    return sum(all(_meet(side, edge) for side in sides) for edge in across)


_ENDS: tuple[tuple[int, Callable[[Edge], float]], ...] = (
    (-1, lambda edge: edge.start),
    (1, lambda edge: edge.end),
)
