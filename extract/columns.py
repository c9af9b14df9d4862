"""Pages set in columns: fichas side by side are read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence

from extract.geometry import Rect
from extract.grid import Grid, Table

HALF = 0.55
"""Part of the page's width that a column has at most."""


def columns(grid: Grid) -> list[Grid]:
    """The page as one grid a column, from the left; as it is where a table reaches over two."""
    groups = _groups(grid.tables)
    half = HALF * grid.page.reading.size[0]
    if len(groups) < 2 or any(table.rect.width > half for table in grid.tables):
        return [grid]
    middles = [_middle(group[0].rect) for group in groups]
    parts = [Grid(grid.page, group, []) for group in groups]
    for line in grid.lines:
        middle = _middle(line.rect)
        nearest = min(range(len(parts)), key=lambda at: abs(middles[at] - middle))
        parts[nearest].lines.append(line)
    return parts


def _groups(tables: Sequence[Table]) -> list[list[Table]]:
    """Tables that share a part of the page's width, from the left, each group from the top."""
    groups: list[list[Table]] = []
    reach = 0.0
    for table in sorted(tables, key=lambda t: t.rect.x0):
        if groups and table.rect.x0 < reach:
            groups[-1].append(table)
        else:
            groups.append([table])
        reach = max(reach, table.rect.x1)
    for group in groups:
        group.sort(key=lambda t: t.rect.top)
    return groups


def _middle(rect: Rect) -> float:
    return (rect.x0 + rect.x1) / 2
