"""The smallest rectangles that ruled lines make.

They are those of pdfplumber's ``TableFinder`` (its strategy "lines", after A. Nurminen's thesis
"Algorithmic Extraction of Data in Tables in PDF Documents", Tampere 2013), to the last digit, in a
tenth of the time: a line is a tuple here, and lines meet by their number and not by comparing
dictionaries. pdfplumber stays the reference; the tests hold the two against each other.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from extract.geometry import Edge, Rect

NEAR = 3.0
"""Points within which parallel lines are one, and up to which a line may have gaps."""
SHORTEST = 3.0
"""Points from which a line rules anything."""

Point = tuple[float, float]
Crossing = tuple[set[int], set[int]]
"""The numbers of the upright and of the level lines that meet in a point."""


def smallest_cells(edges: Sequence[Edge], reach: float) -> list[Rect]:
    """The cells, from the left, those of a column from the top.

    Lines cross where they meet, or end up to ``reach`` points short of it. Each crossing is the top
    left corner of one cell at most: to the nearest crossings below it and to the right of it, on
    lines that they have in common, that are joined to one opposite corner.
    """
    points = _crossings(_lines(edges, "v"), _lines(edges, "h"), reach)
    below: dict[float, deque[float]] = defaultdict(deque)
    beside: dict[float, deque[float]] = defaultdict(deque)
    cells: deque[Rect] = deque()
    for corner in sorted(points, reverse=True):
        x, y = corner
        if (cell := _cell(corner, points, below[x], beside[y])) is not None:
            cells.appendleft(cell)
        below[x].appendleft(y)
        beside[y].appendleft(x)
    return list(cells)


def _cell(
    corner: Point, points: dict[Point, Crossing], ys: Iterable[float], xs: Iterable[float]
) -> Rect | None:
    """The cell of which a point is the top left corner, if any; ``ys`` are the heights of the
    points below it, and ``xs`` the places of those to the right of it, the nearest first."""
    left, top = corner
    upright, level = points[corner]
    for bottom in ys:
        under = points[left, bottom]
        if upright.isdisjoint(under[0]):
            continue
        for right in xs:
            opposite = points.get((right, bottom))
            if opposite is None or opposite[1].isdisjoint(under[1]):
                continue
            beside = points[right, top]
            if not (level.isdisjoint(beside[1]) or opposite[0].isdisjoint(beside[0])):
                return Rect(left, top, right, bottom)
    return None


def _crossings(
    upright: Sequence[Edge], level: Sequence[Edge], reach: float
) -> dict[Point, Crossing]:
    points: dict[Point, Crossing] = {}
    across = [(y, y + reach, y - reach, left - reach, right + reach) for _, y, left, right in level]
    for number, (_, x, start, end) in enumerate(upright):
        for other, (y, low, high, left, right) in enumerate(across):
            if start <= low and high <= end and left <= x <= right:
                meeting = points.get((x, y))
                if meeting is None:
                    points[x, y] = {number}, {other}
                else:
                    meeting[0].add(number)
                    meeting[1].add(other)
    return points


def _lines(edges: Sequence[Edge], orientation: str) -> list[Edge]:
    """The lines of one direction: near ones brought to their mean position, overlapping ones
    joined."""
    clusters = _clusters([edge for edge in edges if edge.orientation == orientation])
    snapped: list[Edge] = []
    for cluster in clusters:
        mean = sum(edge.at for edge in cluster) / len(cluster)
        # by adding the way to it, as pdfplumber does: the last digit decides which lines are one
        snapped += [Edge(way, at + (mean - at), start, end) for way, at, start, end in cluster]
    lines: list[Edge] = []
    for edge in sorted(snapped):
        last = lines[-1] if lines else None
        if last is None or edge.at != last.at or edge.start > last.end + NEAR:
            lines.append(edge)
        elif edge.end > last.end:
            lines[-1] = last._replace(end=edge.end)
    return [line for line in lines if line.end - line.start >= SHORTEST]


def _clusters(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges by their position: each cluster as far as no gap is wider than :data:`NEAR`."""
    clusters: list[list[Edge]] = []
    homes: dict[float, list[Edge]] = {}
    before = 0.0
    for at in sorted({edge.at for edge in edges}):
        if not clusters or at > before + NEAR:
            clusters.append([])
        homes[at] = clusters[-1]
        before = at
    for edge in edges:
        homes[edge.at].append(edge)
    return clusters
