"""The budget table of a ficha: years down the side, budgets and their share across.

Its columns are told by the words of its heading, whatever their order; its rows by their years. A
column that its heading does not tell is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.geometry import Rect, overlap, union
from extract.labelled import LEVEL, YEAR, is_number
from extract.segments import SPACE, Segment, segment
from extract.words import Word
from normalize.text import match_key

HEADING = 9.0
"""Line heights above the first year in which the columns' headings stand."""
ALIGNED = 1.5
"""Line heights by which the years of one column may be out of line."""
ROWS = 4.0
"""Line heights between two rows of one table."""

_BUDGETS = (
    ("branch_budget", re.compile(r"\bramo\b")),
    ("programme_budget", re.compile(r"\b(?:programa|pp)\b")),
)
_SHARE = re.compile(r"\b(?:porcentaje|participacion|proporcion)\b")
CODES = ("programme_budget", "branch_budget", "budget_share")
_UNIT = re.compile(
    r"\(?\b(m+dp|mil(?:es|lones)(?: de millones)? de (?:pesos|d[oó]lares)|pesos)\b\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class BudgetCell:
    """One cell: the figure's code, its year, what is printed (None: nothing) and its unit."""

    figure: str
    year: int
    value: Segment | None
    unit: str | None
    year_segment: Segment


@dataclass(slots=True, eq=False)
class BudgetTable:
    """What was read of the table, and the segments that it is made of."""

    cells: list[BudgetCell]
    segments: list[Segment]
    missing: tuple[str, ...] = ()
    """Codes of the columns that its heading does not tell."""


@dataclass(slots=True, eq=False)
class _Row:
    year: Segment
    values: list[Segment]


def read_budget(segments: Sequence[Segment]) -> BudgetTable | None:
    """The budget table of a page, or None where no year stands beside two numbers."""
    rows = _rows(segments)
    if not rows:
        return None
    columns = _columns(rows)
    heading = _heading(rows, columns, segments)
    kinds = [_kind(texts) for texts in heading]
    cells: list[BudgetCell] = []
    for code in CODES:
        if kinds.count(code) != 1:
            continue
        at = kinds.index(code)
        unit = _unit(heading[at], code)
        cells += [
            BudgetCell(code, int(_year(row.year)), _value(row, columns, at), unit, row.year)
            for row in rows
        ]
    used = [row.year for row in rows] + [value for row in rows for value in row.values]
    used += [each for texts in heading for each in texts]
    missing = tuple(code for code in CODES if kinds.count(code) != 1)
    return BudgetTable(cells, used, missing)


def _year(each: Segment) -> str:
    found = YEAR.search(each.text)
    return found[0] if found else ""


def _rows(segments: Sequence[Segment]) -> list[_Row]:
    """Years under each other with numbers beside them."""
    years = [each for each in segments if re.fullmatch(r"(?:19|20)\d{2}\s?[*/a-z]{0,2}", each.text)]
    rows: list[_Row] = []
    for year in sorted(years, key=lambda each: each.rect.top):
        level = [
            part
            for each in segments
            if each is not year
            and each.page is year.page
            and each.rect.x0 > year.rect.x1
            and _is_level(each.rect, year.rect)
            for part in _numbers(each)
        ]
        level.sort(key=lambda each: each.rect.x0)
        values = [each for each in level if is_number(each.text)]
        if len(values) < 2 or len({_year(each) for each in values if each.text == _year(each)}) > 1:
            continue
        rows.append(_Row(year, values))
    return _one_table(rows)


def _one_table(rows: Sequence[_Row]) -> list[_Row]:
    """The longest run of rows whose years stand under each other."""
    runs: list[list[_Row]] = []
    for row in rows:
        for run in runs:
            last = run[-1].year
            gap = (row.year.rect.top - last.rect.bottom) / last.height
            if (
                row.year.page is last.page
                and abs(row.year.rect.x0 - last.rect.x0) < ALIGNED * last.height
                and -0.5 < gap < ROWS
            ):
                run.append(row)
                break
        else:
            runs.append([row])
    return max(runs, key=len, default=[])


def _is_level(a: Rect, b: Rect) -> bool:
    return overlap(a.top, a.bottom, b.top, b.bottom) > LEVEL * min(a.height, b.height)


def _numbers(each: Segment) -> Iterator[Segment]:
    """A segment cut between two numbers that a gap parts."""
    part: list[Word] = [each.words[0]]
    for before, word in pairwise(each.words):
        gap = word.rect.x0 - before.rect.x1
        if is_number(word.text) and word.text[:1] not in "%" and gap > SPACE * each.height:
            yield segment(each.page, tuple(part), each.cell, each.doubtful)
            part = []
        part.append(word)
    yield segment(each.page, tuple(part), each.cell, each.doubtful)


def _columns(rows: Sequence[_Row]) -> list[Rect]:
    """The columns of the values, from the left: those that stand over each other are one."""
    columns: list[Rect] = []
    for value in sorted((v for row in rows for v in row.values), key=lambda v: v.rect.x0):
        rect = value.cell or value.rect
        for at, column in enumerate(columns):
            if overlap(rect.x0, rect.x1, column.x0, column.x1) > 0:
                columns[at] = union([column, rect])
                break
        else:
            columns.append(rect)
    return columns


def _heading(
    rows: Sequence[_Row], columns: Sequence[Rect], segments: Sequence[Segment]
) -> list[list[Segment]]:
    """The segments above each column, from the top."""
    first = rows[0]
    top = min(each.rect.top for each in (first.year, *first.values))
    height = first.year.height
    left, right = first.year.rect.x0, columns[-1].x1
    heading: list[list[Segment]] = [[] for _ in columns]
    for each in segments:
        middle = (each.rect.x0 + each.rect.x1) / 2
        if (
            each.page is not first.year.page
            or not top - HEADING * height < each.rect.top < top - 0.5 * height
            or not left - height < middle < right + 2 * height
            or middle < first.year.rect.x1
        ):
            continue
        heading[_nearest(middle, columns)].append(each)
    return [_nearest_run(texts, top, height) for texts in heading]


def _nearest(middle: float, columns: Sequence[Rect]) -> int:
    return min(
        range(len(columns)), key=lambda at: abs((columns[at].x0 + columns[at].x1) / 2 - middle)
    )


def _nearest_run(texts: Sequence[Segment], top: float, height: float) -> list[Segment]:
    """The texts that stand close above each other, from the one nearest to the table upwards."""
    run: list[Segment] = []
    for each in sorted(texts, key=lambda each: -each.rect.bottom):
        limit = top if not run else run[-1].rect.top
        if limit - each.rect.bottom > (3.0 if not run else 1.0) * height:
            break
        run.append(each)
    return run[::-1]


def _kind(texts: Sequence[Segment]) -> str | None:
    """The column's code by the words of its heading; None for no word, or words of two budgets."""
    said = " ".join(each.text for each in texts)
    key = match_key(said)
    if "%" in said or _SHARE.search(key):
        return "budget_share"
    found = [code for code, words in _BUDGETS if words.search(key)]
    return found[0] if len(found) == 1 else None


def _unit(texts: Sequence[Segment], code: str) -> str | None:
    if code == "budget_share":
        return "%"
    found = _UNIT.search(" ".join(each.text for each in texts))
    return found[1] if found else None


def _value(row: _Row, columns: Sequence[Rect], at: int) -> Segment | None:
    """What a row has in a column."""
    found = [
        value
        for value in row.values
        if overlap(value.rect.x0, value.rect.x1, columns[at].x0, columns[at].x1) > 0
    ]
    return found[0] if len(found) == 1 else None
