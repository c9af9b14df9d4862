"""The stated values of an indicator as points in time, and the arithmetic of lines through them.

Years are calendar years; values are the printed numbers. A value that the dataset holds as null
(not available, unreadable, ambiguous) is no point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Literal

from normalize.numbers import Number, plain, printed_agree, rounds_to
from normalize.schema import Observation, Series, Trend
from normalize.text import match_key
from validate.formula.evaluate import Span, evaluate
from validate.formula.tree import Constant, Root
from validate.rule import Evidence
from validate.units import scale_of_unit
from validate.view import IndicatorView

Growth = Literal["compound", "additive"]

_NO_VALUE_YET = re.compile(
    r"nuevo indicador|indicador (?:es )?(?:nuevo|de nueva creacion)"
    r"|(?:informacion|dato|datos|medicion) (?:se |que se |que )?"
    r"(?:tendra|estara|disponible|generara|contara|iniciara|empezara)"
    r"|no (?:se (?:cuenta|dispone|tiene)|hay|existe|disponible)|sin (?:informacion|dato|medicion)"
    r"|por definir|aun no|se empieza a|a partir de"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A stated value: its year (``None`` where none is printed), number and place in the schema.

    ``power`` is the power of ten by which words beside the number ("1.2 millones") carry it into
    the indicator's unit; 0 where there are none or the unit says them too.
    """

    year: int | None
    number: Number
    table_name: str
    record: str
    field: str
    power: int = 0

    @property
    def _factor(self) -> Fraction:
        return Fraction(10) ** self.power

    @property
    def value(self) -> Fraction:
        """The number in the indicator's unit."""
        return self.number.fraction * self._factor if self.power else self.number.fraction

    @property
    def interval(self) -> tuple[Fraction, Fraction]:
        """All values in the indicator's unit that round to the print."""
        low, high = self.number.interval
        return (low * self._factor, high * self._factor) if self.power else (low, high)

    @property
    def grain(self) -> Fraction:
        """One unit of the last printed place."""
        return self._factor / Fraction(10) ** self.number.places

    @property
    def places(self) -> int:
        return max(0, self.number.places - self.power)

    @property
    def plain(self) -> str:
        """The value in plain notation, at its printed places."""
        return plain(self.value, self.places)

    def is_rounded(self, value: Fraction) -> bool:
        """Whether this is the print of a computed value."""
        return rounds_to(value / self._factor, self.number)

    @property
    def shown(self) -> str:
        """The number for a message, as printed."""
        return self.number.text

    def evidence(self, role: str) -> Evidence:
        return Evidence(self.table_name, self.record, self.field, role)


def points(view: IndicatorView, series: Series) -> tuple[Point, ...]:
    """The points of one series whose value is known, in the order of their years."""
    rows = view.historical if series == "historical" else view.targets
    found = (observed(view, row) for row in rows)
    return tuple(point for point in found if point is not None)


def observed(view: IndicatorView, row: Observation) -> Point | None:
    """The point of one row of a series, ``None`` where its value is not known."""
    number = view.number(row.value_text)
    if row.value is None or number.value is None:
        return None
    power = _power(view, number)
    return Point(row.year, number, "observations", row.record_key, "value", power)


def _power(view: IndicatorView, number: Number) -> int:
    return number.scale - scale_of_unit(view) if number.scale else 0


def baseline(view: IndicatorView) -> Point | None:
    """The *línea base*, ``None`` where its value is not known."""
    return _stated(
        view, view.indicator.baseline_value, view.baseline, view.indicator.baseline_year, "baseline"
    )


def final_target(view: IndicatorView) -> Point | None:
    """The final *meta*, ``None`` where its value is not known."""
    return _stated(
        view, view.indicator.target_value, view.target, view.indicator.target_year, "target"
    )


def _stated(
    view: IndicatorView, value: Decimal | None, number: Number, year: int | None, name: str
) -> Point | None:
    if value is None or number.value is None:
        return None
    power = _power(view, number)
    return Point(year, number, "indicators", view.record, f"{name}_value", power)


def of_indicator(view: IndicatorView, field: str, role: str = "other") -> Evidence:
    """A field of the indicator itself as evidence."""
    return Evidence("indicators", view.record, field, role)


def target_path(view: IndicatorView) -> tuple[Point, ...]:
    """The targets in order, the final one behind them where its year is not among theirs."""
    path = points(view, "target")
    final = final_target(view)
    if final is None or final.year is None:
        return path
    last = max((row.year for row in view.targets), default=None)
    if last is None or final.year > last:
        return (*path, final)
    return path


def has_no_value_yet(view: IndicatorView) -> bool:
    """Whether the baseline is a zero that stands for "no value yet", as its note says."""
    base = baseline(view)
    if base is None or base.value != 0:
        return False
    return bool(_NO_VALUE_YET.search(match_key(view.indicator.baseline_note or "")))


def worse(trend: Trend, later: Point, earlier: Point) -> bool:
    """Whether the later value goes against the trend; two printings of one value do not."""
    return not printed_agree(later.number, earlier.number) and goes_against(trend, later, earlier)


def goes_against(trend: Trend, later: Point, earlier: Point) -> bool:
    """Whether the later value as printed goes against the trend.

    Inside one series the printed values count as they stand: in .85, 1 the 1 is a 1.00 without its
    zeros, and 1, .85 falls, although .85 rounds to 1.
    """
    if later.value == earlier.value:
        return False
    return trend == "constante" or (later.value < earlier.value) == (trend == "ascendente")


def differences(path: Sequence[Point]) -> list[Fraction]:
    """The printed change per year between neighbours; years must be known and rise."""
    return [(b.value - a.value) / _years(a, b) for a, b in pairwise(path)]


def _years(earlier: Point, later: Point) -> int:
    return (later.year or 0) - (earlier.year or 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on a line: how many steps it is away from the line's start, and what it can be."""

    steps: int
    low: Fraction
    high: Fraction


def mark(point: Point, steps: int, exact: bool = False) -> Mark:
    """The mark of a printed value: itself where counts are exact, else what rounds to it."""
    if exact:
        return Mark(steps, point.value, point.value)
    return Mark(steps, *point.interval)


@dataclass(frozen=True, slots=True)
class Line:
    """The rates (per step; 0.03 is 3 %) or steps, ``low`` to ``high``, that fit all marks."""

    low: Fraction
    high: Fraction

    def shortest(self) -> Fraction:
        """The number in the interval with the fewest decimals, the nearest to its middle."""
        middle, scale = (self.low + self.high) / 2, 1
        while True:
            candidate = Fraction(round(middle * scale), scale)
            if self.low <= candidate <= self.high:
                return candidate
            scale *= 10


def line_through(growth: Growth, marks: Iterable[Mark]) -> Line | None:
    """The common rate or step of a line through all marks, ``None`` where there is none.

    A line ``start · (1 + r)ⁿ`` (compound) or ``start + r · n`` (additive) passes through all
    intervals for some ``r`` exactly when each pair of them allows that ``r``: for a given ``r``
    the starts that fit form one interval per mark, and intervals of a line meet together when
    they meet two by two (Helly). Compound lines need positive values. Intervals that only touch
    at an end that both exclude under one way of rounding do not count.
    """
    low: Fraction | None = None
    high: Fraction | None = None
    touching = True
    for a, b in combinations(sorted(marks, key=lambda item: item.steps), 2):
        steps = b.steps - a.steps
        if growth == "compound":
            if min(a.low, b.low) <= 0:
                return None
            least = _root(b.low / a.high, steps).low - 1
            most = _root(b.high / a.low, steps).high - 1
        else:
            least, most = (b.low - a.high) / steps, (b.high - a.low) / steps
        low = least if low is None else max(low, least)
        high = most if high is None else min(high, most)
        if low > high:  # further marks only narrow it: a root costs more than all the rest
            return None
        touching = touching and a.low == a.high and b.low == b.high
    if low is None or high is None or (low == high and not touching):
        return None
    return Line(low, high)


def _root(value: Fraction, degree: int) -> Span:
    return evaluate(Root(Constant(value, ""), degree), {})
