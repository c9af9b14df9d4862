"""What would make a stated result true: which single input, changed to what.

The formula is inverted exactly along the path to the input, for both ends of the interval of
values that round to the stated one. Among the values in that range the one that is fewest typing
slips away from the printed number is preferred: a wrong, missing, doubled or swapped digit is how
numbers go wrong on the way to print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from normalize.numbers import Number, plain
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.tree import Binary, Group, Mean, Negative, Node, Quantity, quantities


@dataclass(frozen=True, slots=True)
class Repair:
    """Input ``index`` would have to lie in [low, high]; ``value`` is the likeliest of them.

    ``one_slip`` tells that ``value`` is one digit away from the printed number; ``change`` is the
    size of the change relative to that number.
    """

    index: int
    low: Fraction
    high: Fraction
    value: Fraction
    one_slip: bool
    change: Fraction


def repairs(
    node: Node,
    values: Mapping[int, Fraction],
    printed: Mapping[int, Number],
    stated: Number,
) -> list[Repair]:
    """One repair for each input in ``printed`` that could carry the blame alone, likeliest first.

    An input that occurs twice, or that no value on its own printed grid can mend, gives none.
    """
    low, high = stated.interval
    found = []
    for index, number in printed.items():
        try:
            ends = sorted([invert(node, index, values, low), invert(node, index, values, high)])
            value = _likeliest(number, ends[0], ends[1])
            # Around a pole the inverse of an interval is no interval: the value itself decides.
            mends = value is not None and (
                low <= evaluate(node, {**values, index: value}).low <= high
            )
        except (EvaluationError, ZeroDivisionError, ValueError):
            continue
        if value is not None and mends:
            change = abs(value - number.fraction) / (abs(number.fraction) or 1)
            slip = is_one_slip(number, value)
            found.append(Repair(index, ends[0], ends[1], value, slip, change))
    return sorted(found, key=lambda item: (not item.one_slip, item.change))


def invert(node: Node, index: int, values: Mapping[int, Fraction], target: Fraction) -> Fraction:
    """The value of input ``index`` at which the tree takes the value ``target``.

    Raises ``ValueError`` where the input does not occur exactly once or stands under a root or a
    power, ``ZeroDivisionError`` where no value would do.
    """
    if sum(item.index == index for item in quantities(node)) != 1:
        raise ValueError("the input does not occur exactly once")
    match node:
        case Quantity():
            return target
        case Group(inner, _):
            return invert(inner, index, values, target)
        case Negative(inner):
            return invert(inner, index, values, -target)
        case Mean(terms):
            holder = next(t for t in terms if any(q.index == index for q in quantities(t)))
            others = [_exact(term, values) for term in terms if term is not holder]
            return invert(holder, index, values, target * len(terms) - sum(others, Fraction(0)))
        case Binary(operator, left, right) if operator != "^":
            if any(item.index == index for item in quantities(left)):
                other = _exact(right, values)
                undone = {
                    "+": lambda: target - other,
                    "-": lambda: target + other,
                    "*": lambda: target / other,
                    "/": lambda: target * other,
                }[operator]()
                return invert(left, index, values, undone)
            other = _exact(left, values)
            undone = {
                "+": lambda: target - other,
                "-": lambda: other - target,
                "*": lambda: target / other,
                "/": lambda: other / target,
            }[operator]()
            return invert(right, index, values, undone)
        case _:
            raise ValueError("the input stands under a root or a power")


def _exact(node: Node, values: Mapping[int, Fraction]) -> Fraction:
    span = evaluate(node, values)
    if not span.exact:
        raise ValueError("an irrational part cannot be inverted exactly")
    return span.low


def _likeliest(number: Number, low: Fraction, high: Fraction) -> Fraction | None:
    """The value on the printed grid inside [low, high] that is closest to the printed digits."""
    grid = 10**number.places
    first, last = ceil(low * grid), floor(high * grid)
    if first > last:
        return None
    for value in sorted(_slips(number), key=lambda v: abs(v - number.fraction)):
        if low <= value <= high:
            return value
    printed = number.fraction * grid
    nearest = min(max(printed, Fraction(first)), Fraction(last))
    return Fraction(round(nearest), grid)


def is_one_slip(number: Number, value: Fraction) -> bool:
    """Whether a value is one typing slip away from the printed number."""
    return value in set(_slips(number))


def _slips(number: Number) -> Iterator[Fraction]:
    """The numbers one slip away: a digit changed, dropped, doubled, or two neighbours swapped."""
    assert number.value is not None
    digits = plain(abs(Decimal(number.value)), number.places).replace(".", "")
    sign = -1 if number.value < 0 else 1
    grid = 10**number.places
    spelled = set()
    for at, digit in enumerate(digits):
        spelled |= {digits[:at] + other + digits[at + 1 :] for other in "0123456789"}
        spelled |= {digits[:at] + digits[at + 1 :], digits[:at] + digit + digits[at:]}
        if at + 1 < len(digits):
            spelled.add(digits[:at] + digits[at + 1] + digit + digits[at + 2 :])
    for text in spelled - {digits, ""}:
        yield Fraction(sign * int(text), grid)
