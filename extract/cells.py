"""The ruled cells of a page, grouped to tables."""

from __future__ import annotations

from collections.abc import Sequence

from extract.geometry import MEET, Edge, Rect, close_frames, contains, join_edges
from extract.lattice import smallest_cells
from extract.page import Page
from extract.paths import area_edges

TOUCHING = 8.0
"""Points up to which two cells belong to one table (browsers may space cells apart)."""
SMALLEST = 5.0
"""Points below which a gap between two rules is no cell (more than MEET: spaced cells may seem to
meet across their gap)."""
FILLED = 0.5
"""Part of a cell's area from which rectangles inside it are a table of its own."""
COVERING = 0.85
"""Part of a cell's area from which coloured areas side by side fill it."""

Group = list[Rect]
"""Cells that touch: those of one table."""


def table_cells(page: Page) -> list[Group]:
    """The cells of each table of a page, tables and cells from the top left.

    They are those of its lines, and of its filled areas where no line rules them. An area inside a
    ruled cell is the cell's ground, or marks words in it; it cuts nothing. Areas side by side that
    fill the cell are cells.
    """
    groups = _grouped(find_cells(page.edges))
    hosts = [cell for group in groups if len(group) > 1 for cell in group]
    levels: dict[tuple[float, float], list[Rect]] = {}
    bare = [area for area in page.areas if not _is_covered(area, hosts, levels)]
    bare += _filling(page.areas, hosts)
    if bare:
        sides = (edge for area in bare for edge in area_edges(area))
        groups = _grouped(find_cells([*page.edges, *sides]))
    return _tables(groups)


def _is_covered(
    area: Rect, hosts: Sequence[Rect], levels: dict[tuple[float, float], list[Rect]]
) -> bool:
    """Whether nearly all of an area lies on ruled cells. ``levels`` keeps those at a height: the
    areas of a row have the same."""
    x0, top, x1, bottom = area
    level = levels.get((top, bottom))
    if level is None:
        level = [host for host in hosts if host.top < bottom and top < host.bottom]
        levels[top, bottom] = level
    enough = COVERING * max((x1 - x0) * (bottom - top), 1.0)
    shared = 0.0
    for left, upper, right, lower in level:
        if left < x1 and x0 < right:
            width = min(x1, right) - max(x0, left)
            shared += width * (min(bottom, lower) - max(top, upper))
            if shared >= enough:
                return True
    return False


def _filling(areas: Sequence[Rect], hosts: Sequence[Rect]) -> list[Rect]:
    """The areas that fill a ruled cell side by side."""
    filling: list[Rect] = []
    levels: dict[tuple[float, float], list[Rect]] = {}
    for host in hosts:
        x0, top, x1, bottom = host
        level = levels.get((top, bottom))  # the cells of a row have the same areas at their height
        if level is None:
            level = [a for a in areas if top - MEET <= a.top and a.bottom <= bottom + MEET]
            levels[top, bottom] = level
        inside = [a for a in level if x0 - MEET <= a.x0 and a.x1 <= x1 + MEET]
        narrow = COVERING * (x1 - x0)
        beside = {area for area in inside if area.x1 - area.x0 < narrow}
        if beside and sum(map(_area, beside)) >= COVERING * _area(host):
            filling += inside
    return filling


def find_cells(edges: Sequence[Edge]) -> list[Rect]:
    """The smallest rectangles that the edges rule."""
    if len(edges) < 4:
        return []
    joined = [edge for edge in join_edges(edges) if edge.end - edge.start >= SMALLEST]
    found = smallest_cells(close_frames(joined), MEET)
    return [rect for rect in found if min(rect.width, rect.height) >= SMALLEST]


def _tables(groups: Sequence[Group]) -> list[Group]:
    """The groups that are tables, from the top left.

    What lies inside a table's cell without filling it (highlighted words) is no cell; a table that
    fills a cell, or stands in a frame around the page, is one.
    """
    hosts = [cell for group in groups if len(group) > 1 for cell in group]
    kept = [
        sorted(group, key=lambda c: (c.top, c.x0))
        for group in groups
        if not any(
            contains(host, group[0])
            and all(cell != host and contains(host, cell) for cell in group)
            and sum(map(_area, group)) < FILLED * _area(host)
            for host in hosts
        )
    ]
    return sorted(kept, key=lambda group: (group[0].top, group[0].x0))


def _area(rect: Rect) -> float:
    return rect.width * rect.height


def _grouped(cells: Sequence[Rect]) -> list[Group]:
    groups: list[Group] = []
    for cell in sorted(cells, key=lambda c: (c.top, c.x0)):
        # the cells nearest to this one are the last ones of their group
        touching = [g for g in groups if any(_touch(cell, other) for other in reversed(g))]
        if len(touching) == 1:
            touching[0].append(cell)
        else:
            groups = [g for g in groups if not any(g is other for other in touching)]
            groups.append([*(other for group in touching for other in group), cell])
    return groups


def _touch(a: Rect, b: Rect) -> bool:
    apart_x = max(a.x0, b.x0) - min(a.x1, b.x1)
    apart_y = max(a.top, b.top) - min(a.bottom, b.bottom)
    side_by_side = abs(apart_x) <= TOUCHING and apart_y < 0
    stacked = abs(apart_y) <= TOUCHING and apart_x < 0
    return side_by_side or stacked
