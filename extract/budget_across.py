"""A budget table that has its years across: budgets and their share down the side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.budget_table import CODES, BudgetCell, BudgetTable, kind_of, numbers_in, unit_of
from extract.geometry import Rect, overlap
from extract.labelled import LEVEL, YEAR, is_number, with_sign
from extract.segments import Segment

ROWS = 5.0
"""Line heights between two rows of one table."""
LABEL = 4.0
"""Line heights from a row's middle within which its label's lines stand."""

_YEAR = re.compile(r"(?:19|20)\d{2}\s?[*/a-z]{0,2}")


def read_across(segments: Sequence[Segment]) -> BudgetTable | None:
    """The budget table of a page whose years stand beside each other, or None where none is told
    by the words at its rows' left."""
    parts = [part for each in segments for part in numbers_in(each)]
    years = _years(parts)
    if not years:
        return None
    rows = _rows(years, parts)
    labels = [_label(row, rows, years, parts) for row in rows]
    kinds = [kind_of(label) for label in labels]
    cells: list[BudgetCell] = []
    used: list[Segment] = list(years)
    columns: dict[str, Rect] = {}
    units: dict[str, str | None] = {}
    for row, label, code in zip(rows, labels, kinds, strict=True):
        if code is None or kinds.count(code) > 1:
            continue
        columns[code], units[code] = label[0].rect, unit_of(label, code)
        used += [*label, *row]
        for at, year in enumerate(years):
            found = [value for value in row if _nearest(value, years) == at]
            value = with_sign(found[0], segments) if len(found) == 1 else None
            cells.append(BudgetCell(code, _number(year), value, units[code], year))
    if not columns:
        return None
    cells.sort(key=lambda cell: CODES.index(cell.figure))
    used += [cell.value for cell in cells if cell.value is not None]
    words = {id(word) for part in used for word in part.words}
    own = [each for each in segments if any(id(word) in words for word in each.words)]
    return BudgetTable(cells, own, columns, units)


def _years(parts: Sequence[Segment]) -> list[Segment]:
    """The longest run of different years on one line, from the left."""
    years = [each for each in parts if _YEAR.fullmatch(each.text.strip())]
    runs = [
        sorted((o for o in years if _is_level(o.rect, each.rect)), key=lambda o: o.rect.x0)
        for each in years
    ]
    alike = [run for run in runs if len(run) > 1 and len({_number(y) for y in run}) == len(run)]
    return max(alike, key=len, default=[])


def _number(year: Segment) -> int:
    found = YEAR.search(year.text)
    return int(found[0]) if found else 0


def _is_level(a: Rect, b: Rect) -> bool:
    return overlap(a.top, a.bottom, b.top, b.bottom) > LEVEL * min(a.height, b.height)


def _rows(years: Sequence[Segment], parts: Sequence[Segment]) -> list[list[Segment]]:
    """The lines of numbers under the years, from the top, as far as they follow each other."""
    left, right = years[0].rect.x0 - 2 * _pitch(years), years[-1].rect.x1 + 2 * _pitch(years)
    below = [
        each
        for each in parts
        if each.page is years[0].page
        and each.rect.top > years[0].rect.bottom - 0.5 * years[0].height
        and left < (each.rect.x0 + each.rect.x1) / 2 < right
        and abs(_middle(each) - _middle(years[_nearest(each, years)])) < 0.5 * _pitch(years)
        and is_number(each.text)
    ]
    rows: list[list[Segment]] = []
    bottom = years[0].rect.bottom
    for each in sorted(below, key=lambda each: each.rect.top):
        if rows and _is_level(rows[-1][0].rect, each.rect):
            rows[-1].append(each)
        elif each.rect.top - bottom < ROWS * each.height:
            rows.append([each])
        else:
            break
        bottom = max(bottom, each.rect.bottom)
    return [row for row in rows if len(row) > 1]


def _pitch(years: Sequence[Segment]) -> float:
    """How far the years' middles stand apart at least, in points."""
    return min(_middle(b) - _middle(a) for a, b in pairwise(years))


def _middle(each: Segment) -> float:
    return (each.rect.x0 + each.rect.x1) / 2


def _nearest(value: Segment, years: Sequence[Segment]) -> int:
    return min(range(len(years)), key=lambda at: abs(_middle(years[at]) - _middle(value)))


def _label(
    row: Sequence[Segment],
    rows: Sequence[Sequence[Segment]],
    years: Sequence[Segment],
    parts: Sequence[Segment],
) -> list[Segment]:
    """The lines at the left of a row that stand nearer to it than to the other rows."""
    heights = [_height(other) for other in rows]
    own, left = _height(row), min(value.rect.x0 for value in row)
    found = []
    for each in parts:
        middle = (each.rect.top + each.rect.bottom) / 2
        if (
            each.page is years[0].page
            and each.rect.x1 <= left
            and each.rect.top > years[0].rect.bottom - 0.5 * each.height
            and abs(middle - own) < LABEL * each.height
            and abs(middle - own) == min(abs(middle - height) for height in heights)
            and any(letter.isalpha() or letter == "%" for letter in each.text)
        ):
            found.append(each)
    last = max(found, key=lambda each: each.rect.x1, default=None)
    own_column = [each for each in found if last and each.rect.x1 > last.rect.x0]
    return sorted(own_column, key=lambda each: each.rect.top)


def _height(row: Sequence[Segment]) -> float:
    return sum((value.rect.top + value.rect.bottom) / 2 for value in row) / len(row)
