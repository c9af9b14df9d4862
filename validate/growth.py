"""Whether a stated growth gives the targets, and under which reading of its words.

A reading is a way to compute every target from the claim: how the amount works (compound,
additive, applied to each printed value), where it starts and how the steps are counted. The
literal readings of a claim go first; the others are those that people who fill in fichas are known
to mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from normalize.numbers import grouped
from validate.notes_reading import Claim
from validate.series import (
    Growth,
    Mark,
    Point,
    baseline,
    has_no_value_yet,
    line_through,
    mark,
    points,
)
from validate.units import kind_of
from validate.view import IndicatorView

How = Literal["compound", "additive", "simple", "chained"]
Scope = Literal["path", "total", "mean"]
"""All targets year by year; the final one after one growth over all years; the final one after a
mean rate for every year."""
Start = Literal[
    "base",
    "base_one_step",
    "base_from_year",
    "base_both_ends",
    "first_target",
    "year",
    "year_before",
]

ROUNDING_DRIFT = 1
"""Units of the last printed place that rounding every year may move a compound path."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a claim is tried on. ``exact``: printed integers are counts, hence exact."""

    base: Point | None
    historical: tuple[Point, ...]
    path: tuple[Point, ...]
    exact: bool


def case_of(view: IndicatorView, path: tuple[Point, ...]) -> Case:
    """What the claims of an indicator are tried on; a baseline that stands for no value is none."""
    base = None if has_no_value_yet(view) else baseline(view)
    return Case(
        base=base,
        historical=points(view, "historical"),
        path=path,
        exact=kind_of(view) == "count",
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to compute the targets. ``sign`` is that of the amount; ``name_es``/``name_en`` say
    it in words."""

    how: How
    start: Start
    sign: int
    scope: Scope
    name_es: str
    name_en: str


_HOW_ES: dict[How, str] = {
    "compound": "tasa anual compuesta",
    "additive": "puntos o unidades que se suman cada año",
    "simple": "porcentaje fijo del valor inicial, sumado cada año",
    "chained": "tasa aplicada cada año al valor impreso anterior",
}
_HOW_EN: dict[How, str] = {
    "compound": "compound yearly rate",
    "additive": "points or units added every year",
    "simple": "fixed per cent of the first value, added every year",
    "chained": "rate applied each year to the value printed before",
}
_START_ES: dict[Start, str] = {
    "base": "desde la línea base",
    "base_one_step": "con un solo paso de la línea base a la primera meta",
    "base_from_year": "desde la línea base, a partir del año que dice la nota",
    "base_both_ends": "contando también el año base",
    "first_target": "desde la primera meta",
    "year": "desde el valor del año que dice la nota",
    "year_before": "desde el valor del año anterior al que dice la nota",
}
_START_EN: dict[Start, str] = {
    "base": "from the baseline",
    "base_one_step": "with one single step from the baseline to the first target",
    "base_from_year": "from the baseline, beginning in the year that the note says",
    "base_both_ends": "counting the base year as well",
    "first_target": "from the first target",
    "year": "from the value of the year that the note says",
    "year_before": "from the value of the year before the one that the note says",
}


_SCOPE_ES: dict[Scope, str] = {
    "path": "",
    "total": "crecimiento total del periodo",
    "mean": "tasa media del periodo",
}
_SCOPE_EN: dict[Scope, str] = {
    "path": "",
    "total": "total growth over the period",
    "mean": "mean rate of the period",
}


def _reading(how: How, start: Start, sign: int, scope: Scope = "path") -> Reading:
    name_es = f"{_SCOPE_ES[scope] or _HOW_ES[how]}, {_START_ES[start]}"
    name_en = f"{_SCOPE_EN[scope] or _HOW_EN[how]}, {_START_EN[start]}"
    return Reading(how, start, sign, scope, name_es, name_en)


def _opposite(reading: Reading) -> Reading:
    """The same reading in the direction that the words do not say."""
    return replace(
        reading,
        sign=-reading.sign,
        name_es=f"{reading.name_es}, en el sentido contrario al que dice la nota",
        name_en=f"{reading.name_en}, in the direction opposite to what the note says",
    )


def signs(claim: Claim, falling: bool) -> tuple[int, ...]:
    """The signs that the words allow: neutral words follow the trend first."""
    if claim.value < 0 or claim.direction == 0:
        return (-1, 1) if falling else (1, -1)
    return (claim.direction,)


def literal_readings(claim: Claim, case: Case, falling: bool) -> list[Reading]:
    """What the words say as they stand; several where the words leave something open."""
    how: How = "compound" if claim.measure == "percent" else "additive"
    found: list[Reading] = []
    for sign in signs(claim, falling):
        starts: list[Start] = ["base"]
        if _starts_elsewhere(claim, case):
            if claim.start_is_value:
                starts = ["year" if start_point(claim, case) else "first_target"]
            else:
                starts.append("base_from_year")
                if _begins_on_the_way(claim, case):
                    starts += ["year_before", "year"]
        if claim.pace != "annual":
            found.append(_reading(how, starts[0], sign, "total"))
        if claim.pace != "total":
            found.extend(_reading(how, start, sign) for start in starts)
        if claim.mean and claim.pace != "total":
            found.append(_reading(how, starts[0], sign, "mean"))
    return found


def _starts_elsewhere(claim: Claim, case: Case) -> bool:
    """Whether the claim's year is another than the base year, and not the one it leads to."""
    if claim.start is None or (case.base is not None and claim.start == case.base.year):
        return False
    return not case.path or claim.start < (case.path[-1].year or claim.start + 1)


def _begins_on_the_way(claim: Claim, case: Case) -> bool:
    """Whether the growth begins behind the first target: what leads there is not told then."""
    return any(p.year == (claim.start or 0) - 1 for p in case.path)


def other_readings(claim: Claim, falling: bool) -> list[Reading]:
    """Readings that depart from the words, the likeliest first.

    Where the words may speak of something else, only those that start from the baseline: coarse
    targets follow many a rate among themselves.
    """
    first: How = "compound" if claim.measure == "percent" else "additive"
    second: How = "additive" if claim.measure == "percent" else "compound"
    hows: list[How] = [first]
    if claim.measure != "absolute":
        hows.append(second)
    starts: tuple[Start, ...] = ("base", "base_one_step")
    if claim.sure:
        starts = (*starts, "first_target", "base_both_ends")
    found: list[Reading] = []
    for sign in signs(claim, falling):
        found.extend(_reading(how, start, sign) for start in starts for how in hows)
        if claim.measure == "percent":
            found.append(_reading("simple", "base", sign))
            found.append(_reading("chained", "base_one_step", sign))
            if claim.sure:
                found.append(_reading("chained", "first_target", sign))
        found.append(_reading(first, "base", sign, "total"))
        if claim.mean:
            found.append(_reading(first, "base_one_step", sign, "mean"))
    if claim.sure and len(signs(claim, falling)) == 1:
        found.append(_opposite(_reading(first, "base", signs(claim, falling)[0])))
    return found


def declares(claim: Claim, case: Case, falling: bool) -> bool:
    """Whether a claim is the growth of the targets: by its words, or since it gives them."""
    tried = [*literal_readings(claim, case, falling), *other_readings(claim, falling)]
    return claim.sure or any(reproduces(claim, case, reading) for reading in tried)


def start_point(claim: Claim, case: Case, before: int = 0) -> Point | None:
    """The printed value of the year that a claim starts from, or of so many years before it."""
    known = (*case.historical, *case.path, *((case.base,) if case.base else ()))
    year = (claim.start or 0) - before
    return next((point for point in known if point.year == year), None)


def _amount(claim: Claim, reading: Reading, widened: bool) -> tuple[Fraction, Fraction]:
    """The claim's amount as the reading uses it, as an interval."""
    value = abs(claim.value)
    as_points = reading.how == "additive" and claim.measure == "percent"
    as_rate = reading.how in ("compound", "simple", "chained") and claim.measure == "points"
    if as_points:
        value *= 100
    if as_rate:
        value /= 100
    half = Fraction(0)
    if widened and claim.amount.value:
        low, high = claim.amount.interval
        half = (high - low) / 2 * value / abs(claim.amount.fraction)
    ends = (reading.sign * (value - half), reading.sign * (value + half))
    return min(ends), max(ends)


def steps(claim: Claim, case: Case, reading: Reading) -> list[tuple[Point, int]] | None:
    """The points that a reading runs through, each with its number of steps from the start.

    ``None`` where the reading needs a value or a year that is not printed.
    """
    path = case.path if reading.scope == "path" else case.path[-1:]
    if not path or any(point.year is None for point in path):
        return None
    years = [point.year or 0 for point in path]
    if reading.start == "first_target":
        first = case.path[0].year or 0
        rows = [(p, y - first) for p, y in zip(path, years, strict=True)]
        return rows if len(rows) > 1 else None
    if reading.start in ("year", "year_before"):
        start = start_point(claim, case, before=int(reading.start == "year_before"))
        origin = start.year if start is not None else None
    else:
        start, origin = case.base, case.base.year if case.base else None
    if start is None or origin is None:
        return None
    if reading.start == "base_from_year" and claim.start is not None:
        counted = [max(0, year - claim.start + 1) for year in years]
    elif reading.start == "base_one_step":
        counted = [1 + year - years[0] for year in years]
    elif reading.start == "base_both_ends":
        counted = [year - origin + 1 for year in years]
    else:
        counted = [year - origin for year in years]
    rows = [
        (point, 1 if reading.scope == "total" else n)
        for point, year, n in zip(path, years, counted, strict=True)
        if year > origin
    ]
    return [(start, 0), *rows] if rows else None


def reproduces(claim: Claim, case: Case, reading: Reading) -> bool:
    """Whether the targets are what the reading gives, within the rounding of the print.

    A rate printed with decimals stands for all that round to it; an integer one is exact, since it
    is a decision and no measurement. So are counts.
    """
    rows = steps(claim, case, reading)
    if rows is None:
        return False
    exact, _ = _amount(claim, reading, widened=False)
    if reading.how == "chained":
        return _chained(rows, exact)
    if reading.how == "simple":
        return all(p.is_rounded(rows[0][0].value * (1 + exact * n)) for p, n in rows[1:])
    growth: Growth = "compound" if reading.how == "compound" else "additive"
    marks = _marks(rows, case)
    if _fits(growth, marks, exact, exact):
        return True
    low, high = _amount(claim, reading, widened=True)
    if claim.amount.places and low < high and _fits(growth, marks, low, high):
        return True
    return growth == "compound" and reading.start == "base" and _rounded_every_year(rows, exact)


def _exact(point: Point, case: Case) -> bool:
    whole = point.number.places == point.power == 0
    return case.exact and whole and point.table_name == "indicators"


def _marks(rows: Sequence[tuple[Point, int]], case: Case) -> list[Mark]:
    """The start is exact where it counts; computed targets are what rounds to their print."""
    return [mark(p, n, index == 0 and _exact(p, case)) for index, (p, n) in enumerate(rows)]


def _fits(growth: Growth, marks: Sequence[Mark], low: Fraction, high: Fraction) -> bool:
    """Whether an amount in [low, high] takes one start through all marks."""
    if low == high:
        starts = [_start_of(growth, item, low) for item in marks]
        if any(start is None for start in starts):
            return False
        least = max(start[0] for start in starts if start)
        most = min(start[1] for start in starts if start)
        touching = any(item.low == item.high for item in marks)
        return least < most or (least == most and touching)
    line = line_through(growth, marks)
    return line is not None and max(line.low, low) < min(line.high, high)


def _start_of(growth: Growth, item: Mark, amount: Fraction) -> tuple[Fraction, Fraction] | None:
    if growth == "additive":
        return item.low - amount * item.steps, item.high - amount * item.steps
    if amount <= -1:
        return None
    factor = (1 + amount) ** item.steps
    return item.low / factor, item.high / factor


def _chained(rows: Sequence[tuple[Point, int]], rate: Fraction) -> bool:
    return all(
        b_steps - a_steps == 1 and b.is_rounded(a.value * (1 + rate))
        for (a, a_steps), (b, b_steps) in pairwise(rows)
    )


def _rounded_every_year(rows: Sequence[tuple[Point, int]], rate: Fraction) -> bool:
    """A compound path that was rounded on the way: each target follows from the one before, and
    none has drifted by more than a unit of its last place."""
    for (a, a_steps), (b, b_steps) in pairwise(rows):
        if not b.is_rounded(a.value * (1 + rate) ** (b_steps - a_steps)):
            return False
        drift = abs(rows[0][0].value * (1 + rate) ** b_steps - b.value)
        if drift > ROUNDING_DRIFT * b.grain:
            return False
    return True


def predicted(claim: Claim, case: Case, reading: Reading) -> list[tuple[Point, Fraction]]:
    """Each target beside what the reading gives for it; empty where it gives nothing."""
    rows = steps(claim, case, reading)
    if rows is None:
        return []
    amount, _ = _amount(claim, reading, widened=False)
    start = rows[0][0].value
    found: list[tuple[Point, Fraction]] = []
    before = start
    for point, n in rows[1:]:
        if reading.how == "additive":
            value = start + amount * n
        elif reading.how == "simple":
            value = start * (1 + amount * n)
        elif reading.how == "compound":
            value = start * (1 + amount) ** n
        else:
            value = before * (1 + amount)
        found.append((point, value))
        before = point.value
    return found


def shown(value: Fraction, like: Point) -> str:
    """A computed value at two decimals more than the printed one that it stands beside, where it
    has more."""
    whole = (value * 10**like.places).denominator == 1
    return grouped(value, like.places if whole else like.places + 2)
