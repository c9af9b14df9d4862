"""Pages set in columns: fichas side by side are read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence

from extract.geometry import Rect, overlap
from extract.grid import Grid, Table


def columns(grid: Grid) -> list[Grid]:
    """The page as one grid a column, from the left; as it is where its tables share columns.

    Tables are in two columns where they stand side by side and none reaches over both.
    """
    groups = _groups(grid.tables)
    if len(groups) < 2 or not _side_by_side(groups):
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


def _side_by_side(groups: Sequence[Sequence[Table]]) -> bool:
    return any(
        overlap(a.rect.top, a.rect.bottom, b.rect.top, b.rect.bottom) > 0
        for at, group in enumerate(groups)
        for a in group
        for other in groups[at + 1 :]
        for b in other
    )


def _middle(rect: Rect) -> float:
    return (rect.x0 + rect.x1) / 2
