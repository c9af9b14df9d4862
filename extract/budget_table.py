"""The budget table of a ficha: years down the side, budgets and their share across.

Its columns are told by the words of its heading, whatever their order; its rows by their years. A
column that its heading does not tell is not read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.geometry import Rect, overlap, union
from extract.labelled import LEVEL, YEAR, is_number, with_sign
from extract.segments import SPACE, Segment, segment
from extract.words import Word
from normalize.text import match_key

HEADING = 9.0
"""Line heights above the first year in which the columns' headings stand."""
CLOSE = 0.2
"""Gap in line heights between two cells whose numbers are whole."""
HEADING_GAP = 0.45
"""Gap in line heights between the headings of two columns."""
ALIGNED = 1.5
"""Line heights by which the years of one column may be out of line."""
ROWS = 4.0
"""Line heights between two rows of one table."""

_BUDGETS = (
    ("branch_budget", re.compile(r"\bramo\b")),
    ("programme_budget", re.compile(r"\b(?:programa|pp)\b")),
)
_SHARE = re.compile(r"\b(?:porcentaje|participacion|proporcion)\b")
_WHOLE = re.compile(r"[.,]\d+\)?$|%$")
"""How a number ends that is whole: with its decimals, its last group or its sign."""
_YEAR = re.compile(r"Año|Ejercicio", re.IGNORECASE)
_BEGINS = re.compile(r"Año|Presupuesto|%|Porcentaje|Participaci[oó]n|Proporci[oó]n", re.IGNORECASE)
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
    columns: dict[str, Rect]
    """The columns that its heading tells, by the figure's code."""
    units: dict[str, str | None]

    @property
    def missing(self) -> list[str]:
        """Codes of the columns that its heading does not tell."""
        return [code for code in CODES if code not in self.columns]


@dataclass(slots=True, eq=False)
class _Row:
    year: Segment
    values: list[Segment]


def read_budget(
    segments: Sequence[Segment],
    before: BudgetTable | None = None,
    others: Collection[int] = (),
) -> BudgetTable | None:
    """The budget table of a page, or None where no year stands beside two numbers.

    A table without a heading that tells its columns goes on with those of ``before``, the table of
    the page before. ``others`` are the ``id`` of segments that say something else for sure.
    """
    segments = [each for each in segments if id(each) not in others]
    rows = _rows(segments)
    if not rows:
        return None
    columns = _columns(rows)
    heading = _heading(rows, columns, segments)
    found = {code: columns[at] for at, code in _told(heading)}
    units = {code: unit_of(heading[at], code) for at, code in _told(heading)}
    if not found and before is not None:
        heading = []
        found, units = before.columns, before.units
    cells = [
        BudgetCell(
            code, int(_year(row.year)), _value(row, found[code], segments), units[code], row.year
        )
        for code in CODES
        if code in found
        for row in rows
    ]
    parts = [row.year for row in rows] + [value for row in rows for value in row.values]
    parts += [each for texts in heading for each in texts]
    parts += _year_heading(rows, heading, segments)
    parts += [cell.value for cell in cells if cell.value is not None]
    words = {id(word) for part in parts for word in part.words}
    used = [each for each in segments if any(id(word) in words for word in each.words)]
    return BudgetTable(cells, used, found, units)


def _told(heading: Sequence[Sequence[Segment]]) -> list[tuple[int, str]]:
    """The columns whose heading tells one code that no other column's tells."""
    kinds = [kind_of(texts) for texts in heading]
    return [(at, kind) for at, kind in enumerate(kinds) if kind and kinds.count(kind) == 1]


def _year(each: Segment) -> str:
    found = YEAR.search(each.text)
    return found[0] if found else ""


def _rows(segments: Sequence[Segment]) -> list[_Row]:
    """Years under each other with numbers beside them."""
    parts = [part for each in segments for part in numbers_in(each)]
    years = [each for each in parts if re.fullmatch(r"(?:19|20)\d{2}\s?[*/a-z]{0,2}", each.text)]
    rows: list[_Row] = []
    for year in sorted(years, key=lambda each: each.rect.top):
        level = [
            each
            for each in parts
            if each is not year
            and each.page is year.page
            and each.rect.x0 > year.rect.x1
            and _is_level(each.rect, year.rect)
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


def numbers_in(each: Segment) -> Iterator[Segment]:
    """A segment cut between two numbers: cells may stand close to each other."""
    part: list[Word] = [each.words[0]]
    for before, word in pairwise(each.words):
        gap = (word.rect.x0 - before.rect.x1) / each.height
        whole = bool(_WHOLE.search(before.text)) or _is_year_of(before, word, each)
        if is_number(word.text) and (gap > SPACE or (whole and gap > CLOSE)):
            yield segment(each.page, tuple(part), each.cell, each.doubtful)
            part = []
        part.append(word)
    yield segment(each.page, tuple(part), each.cell, each.doubtful)


def _is_year_of(before: Word, word: Word, each: Segment) -> bool:
    """Whether a year opens a row: the amount behind it is written with its marks."""
    opens = before is each.words[0] and bool(YEAR.fullmatch(before.text))
    return opens and bool(re.search(r"\d[.,]\d", word.text))


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
    """The segments above each column, from the top.

    One that reaches over several columns is the heading of none.
    """
    first = rows[0]
    top = min(each.rect.top for each in (first.year, *first.values))
    height = first.year.height
    heading: list[list[Segment]] = [[] for _ in columns]
    above = [
        each
        for each in (part for whole in segments for part in _headings_in(whole))
        if each.page is first.year.page
        and top - HEADING * height < each.rect.top < top - 0.5 * height
        and first.year.rect.x1 < (each.rect.x0 + each.rect.x1) / 2
    ]
    for each in above:
        if (each.rect.x0 + each.rect.x1) / 2 >= columns[-1].x1 + 2 * height:
            continue
        at = _column_of(each.rect, columns)
        if at is not None:
            heading[at].append(each)
    runs = [_nearest_run(texts, top, height) for texts in heading]
    if len(_told(runs)) < len(columns):
        return _in_order(_nearest_run(above, top, height), len(columns)) or runs
    return runs


def _in_order(texts: Sequence[Segment], count: int) -> list[list[Segment]]:
    """Headings that stand over no column of their own, as numbers may be set to one side of a wide
    one: as many as there are columns, each telling another code, are theirs from the left."""
    groups: list[list[Segment]] = []
    reach = 0.0
    for each in sorted(texts, key=lambda each: each.rect.x0):
        if not groups or each.rect.x0 > reach:
            groups.append([])
        groups[-1].append(each)
        reach = max(reach, each.rect.x1)
    groups = [sorted(group, key=lambda each: each.rect.top) for group in groups]
    return groups if len(groups) == count == len(_told(groups)) else []


def _headings_in(whole: Segment) -> Iterator[Segment]:
    """A segment cut where the next column's heading begins: headings may stand close."""
    part: list[Word] = [whole.words[0]]
    for before, word in pairwise(whole.words):
        gap = word.rect.x0 - before.rect.x1
        begins = _BEGINS.fullmatch(word.text) or _YEAR.fullmatch(before.text)
        if gap > HEADING_GAP * whole.height or begins:
            yield segment(whole.page, tuple(part), whole.cell, whole.doubtful)
            part = []
        part.append(word)
    yield segment(whole.page, tuple(part), whole.cell, whole.doubtful)


def _year_heading(
    rows: Sequence[_Row], heading: Sequence[Sequence[Segment]], segments: Sequence[Segment]
) -> list[Segment]:
    """The heading of the years' own column, as high as those of the others."""
    tops = [each.rect.top for texts in heading for each in texts]
    year = rows[0].year
    return [
        each
        for each in segments
        if tops
        and each.page is year.page
        and _YEAR.fullmatch(each.text.strip(" :"))
        and min(tops) - year.height < each.rect.top < year.rect.top
        and overlap(each.rect.x0, each.rect.x1, year.rect.x0, year.rect.x1) > 0
    ]


def _column_of(rect: Rect, columns: Sequence[Rect]) -> int | None:
    """The column that a heading stands over: the one with the nearest middle, unless it reaches to
    the middle of another too."""
    middles = [(column.x0 + column.x1) / 2 for column in columns]
    if sum(rect.x0 < middle < rect.x1 for middle in middles) > 1:
        return None
    middle = (rect.x0 + rect.x1) / 2
    return min(range(len(columns)), key=lambda at: abs(middles[at] - middle))


def _nearest_run(texts: Sequence[Segment], top: float, height: float) -> list[Segment]:
    """The texts that stand close above each other, from the one nearest to the table upwards."""
    run: list[Segment] = []
    for each in sorted(texts, key=lambda each: -each.rect.bottom):
        limit = top if not run else run[-1].rect.top
        if limit - each.rect.bottom > (3.0 if not run else 1.0) * height:
            break
        run.append(each)
    return run[::-1]


def kind_of(texts: Sequence[Segment]) -> str | None:
    """The column's code by the words of its heading; None for no word, or words of two budgets."""
    said = " ".join(each.text for each in texts)
    key = match_key(said)
    if "%" in said or _SHARE.search(key):
        return "budget_share"
    found = [code for code, words in _BUDGETS if words.search(key)]
    return found[0] if len(found) == 1 else None


def unit_of(texts: Sequence[Segment], code: str) -> str | None:
    if code == "budget_share":
        return "%"
    found = _UNIT.search(" ".join(each.text for each in texts))
    return found[1] if found else None


def _value(row: _Row, column: Rect, segments: Sequence[Segment]) -> Segment | None:
    """What a row has in a column."""
    found = [
        value
        for value in row.values
        if overlap(value.rect.x0, value.rect.x1, column.x0, column.x1) > 0
    ]
    return with_sign(found[0], segments) if len(found) == 1 else None
