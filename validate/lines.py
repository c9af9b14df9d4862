"""The constant step or rate that targets follow, where it cannot be coincidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from normalize.numbers import printed_agree
from validate.series import (
    Growth,
    Line,
    Mark,
    Point,
    differences,
    final_target,
    line_through,
    mark,
    target_path,
)
from validate.view import IndicatorView

ENOUGH_FOR_A_STEP = 4
"""Targets that must be equally spaced before their step is taken for a method."""
ENOUGH_FOR_A_RATE = 3
"""Targets that a rate needs: two ratios, of which one is tested by the other."""
COINCIDENCE = Fraction(1, 1000)
"""Chance below which a common rate is no coincidence (see :func:`_chance`)."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A line that targets follow: ``amount`` per year in the shortest form that fits, the values
    it runs through, whether the final target stood in for the last intermediate one, and the one
    target in between that the line misses."""

    growth: Growth
    amount: Fraction
    line: Line
    path: tuple[Point, ...]
    corrected: bool = False
    off: Point | None = None


def followed(view: IndicatorView) -> Followed | None:
    """The line of an indicator's targets.

    Where the last target is off and the final one, printed for the same year, is on, the line with
    the final one; where all but one in the middle are on one rate, the line of the others.
    """
    path = target_path(view)
    return _line_of(path) or _with_the_final(view, path) or _all_but_one(path)


def _with_the_final(view: IndicatorView, path: tuple[Point, ...]) -> Followed | None:
    final = final_target(view)
    if final is None or not path or final.year != path[-1].year:
        return None
    if printed_agree(final.number, path[-1].number):
        return None
    found = _line_of((*path[:-1], final))
    return replace(found, corrected=True) if found else None


def _all_but_one(path: tuple[Point, ...]) -> Followed | None:
    """The rate of all targets but one between others; of equal steps too many would do."""
    if len(path) <= ENOUGH_FOR_A_STEP:
        return None
    for index in range(1, len(path) - 1):
        found = _line_of(path[:index] + path[index + 1 :])
        if found is not None and found.growth == "compound":
            return replace(found, off=path[index])
    return None


def is_flat(path: Sequence[Point]) -> bool:
    return len({point.value for point in path}) < 2


def _line_of(path: tuple[Point, ...]) -> Followed | None:
    if any(point.year is None for point in path) or len(path) < ENOUGH_FOR_A_RATE or is_flat(path):
        return None
    steps = differences(path)
    if len(path) >= ENOUGH_FOR_A_STEP and len(set(steps)) == 1:
        return Followed("additive", steps[0], Line(steps[0], steps[0]), path)
    marks = [mark(point, (point.year or 0) - (path[0].year or 0)) for point in path]
    line = line_through("compound", marks)
    if line is None or line.low <= 0 <= line.high or _chance(marks, line) >= COINCIDENCE:
        return None
    return Followed("compound", line.shortest(), line, path)


def _chance(marks: Sequence[Mark], line: Line) -> Fraction:
    """How likely neighbours of unrelated size would share one rate.

    The first ratio fixes the rate; each further one hits it by chance about as often as its own
    interval is wide against the size of the rate. Coarse prints (64, 66, 67, 69, 70) have wide
    intervals and prove nothing; 130.53, 128.05, 125.62 have narrow ones.
    """
    rate = min(abs(line.low), abs(line.high))
    widths = []
    for a, b in pairwise(marks):
        neighbours = line_through("compound", (a, b))
        if neighbours is None:
            return Fraction(1)
        widths.append((neighbours.high - neighbours.low) / rate)
    chance = Fraction(1)
    for width in sorted(widths)[1:]:
        chance *= min(width, Fraction(1))
    return chance


def reaches(found: Followed, base: Point) -> int | None:
    """In how many steps the line, run backwards, arrives at the baseline: the years between, or
    one step where the ficha counts the first target as the next one. ``None`` where it does not."""
    first = found.path[0]
    if first.year is None or base.year is None or first.year <= base.year:
        return None
    for steps in dict.fromkeys((first.year - base.year, 1)):
        if meets(found, *base.interval, steps):
            return steps
    return None


def meets(found: Followed, low: Fraction, high: Fraction, steps: int) -> bool:
    """Whether the line passes, ``steps`` before its first target, through [low, high]."""
    marks = [mark(point, (point.year or 0) - (found.path[0].year or 0)) for point in found.path]
    if found.growth == "additive":
        exact = found.path[0].value - found.amount * steps
        return low <= exact <= high
    return line_through("compound", [Mark(-steps, low, high), *marks]) is not None
