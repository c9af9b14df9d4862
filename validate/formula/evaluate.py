"""Exact evaluation on intervals of rationals.

An interval stands for every value that a printed number can be. Sums, products and quotients of
rationals are exact; a root is enclosed between two rationals that differ by less than 10⁻³⁰ of its
size, proven by integer arithmetic. No binary float is involved anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import isqrt
from typing import NamedTuple

from validate.formula.tree import (
    Binary,
    Constant,
    Group,
    Mean,
    Negative,
    Node,
    Quantity,
    Root,
    quantities,
)

ROOT_DIGITS = 30
"""Decimal digits to which an irrational root is enclosed."""

MAX_POWER = 64
"""Largest exponent that is evaluated: published formulas stay far below it."""

MAX_BITS = 4000
"""Largest numerator or denominator of a power, in bits (1,200 digits)."""

ALL_CORNERS = 6
"""Up to so many uncertain inputs, every corner of the box is evaluated."""


class EvaluationError(Exception):
    """The formula has no value at these inputs. ``message_es``/``message_en`` say why."""

    def __init__(self, message_es: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_es = message_es
        self.message_en = message_en


class Span(NamedTuple):
    """A closed interval of rationals, ``low`` ≤ ``high``."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        return self.low is self.high or self.low == self.high  # comparing fractions takes long

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    def meets(self, low: Fraction, high: Fraction) -> bool:
        """Whether the interval shares a value with [low, high]."""
        return self.low <= high and low <= self.high


def point(value: Fraction) -> Span:
    """The interval that holds one value."""
    return Span(value, value)


def evaluate(node: Node, values: Mapping[int, Fraction]) -> Span:
    """The value of a tree where each quantity has one exact value.

    The result is a point unless a root is irrational. Raises :class:`EvaluationError` for a
    division by zero, a root of a negative number or an exponent out of range, ``KeyError`` for a
    quantity without a value.
    """
    match node:
        case Constant(value, _, percent):
            return point(value / 100 if percent else value)
        case Quantity(index, _):
            return point(values[index])
        case Group(inner, _):
            return evaluate(inner, values)
        case Negative(inner):
            span = evaluate(inner, values)
            return Span(-span.high, -span.low)
        case Mean(terms):
            spans = [evaluate(term, values) for term in terms]
            count = len(spans)
            return Span(
                sum((span.low for span in spans), Fraction(0)) / count,
                sum((span.high for span in spans), Fraction(0)) / count,
            )
        case Root(inner, degree):
            return _root(evaluate(inner, values), degree)
        case Binary("^", left, right):
            return _power(evaluate(left, values), evaluate(right, values))
        case Binary(operator, left, right):
            return _combine(operator, evaluate(left, values), evaluate(right, values))


def enclose(node: Node, inputs: Mapping[int, Span]) -> Span:
    """The values that a tree takes while its inputs move inside their intervals.

    An input that is used twice moves as one. Every corner is evaluated up to
    ``ALL_CORNERS`` uncertain inputs; beyond that the two corners that each input's own direction
    points to, which is exact for functions that are monotone in each input, as sums, products and
    ratios of positive amounts are. Raises what :func:`evaluate` raises.
    """
    used = {item.index for item in quantities(node)}
    middle = {index: inputs[index].middle for index in used}
    uncertain = [index for index in sorted(used) if not inputs[index].exact]
    corners: list[dict[int, Fraction]] = [middle]
    if len(uncertain) <= ALL_CORNERS:
        for ends in product((0, 1), repeat=len(uncertain)):
            corners.append(middle | {i: inputs[i][e] for i, e in zip(uncertain, ends, strict=True)})
    else:
        rising = {
            index: evaluate(node, middle | {index: inputs[index].low}).low
            <= evaluate(node, middle | {index: inputs[index].high}).low
            for index in uncertain
        }
        corners.append(middle | {i: inputs[i][1 if rising[i] else 0] for i in uncertain})
        corners.append(middle | {i: inputs[i][0 if rising[i] else 1] for i in uncertain})
    spans = [evaluate(node, corner) for corner in corners]
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def _combine(operator: str, left: Span, right: Span) -> Span:
    if operator == "+":
        return Span(left.low + right.low, left.high + right.high)
    if operator == "-":
        return Span(left.low - right.high, left.high - right.low)
    if operator == "/":
        if right.low <= 0 <= right.high:
            raise EvaluationError("hay una división entre cero", "there is a division by zero")
        right = Span(1 / right.high, 1 / right.low)
    if left.exact and right.exact:
        return point(left.low * right.low)
    ends = [a * b for a in left for b in right]
    return Span(min(ends), max(ends))


def _power(base: Span, exponent: Span) -> Span:
    if not exponent.exact:
        raise EvaluationError("el exponente no es exacto", "the exponent is not exact")
    power = exponent.low
    if abs(power.numerator) > MAX_POWER or power.denominator > MAX_POWER:
        raise EvaluationError("el exponente es demasiado grande", "the exponent is too large")
    size = max(end.numerator.bit_length() + end.denominator.bit_length() for end in base)
    if size * abs(power.numerator) > MAX_BITS:
        raise EvaluationError("la potencia es demasiado grande", "the power is too large")
    if power < 0:
        base = _combine("/", point(Fraction(1)), base)
        power = -power
    raised = point(Fraction(1))
    for _ in range(power.numerator):
        raised = _combine("*", raised, base)
    return _root(raised, power.denominator)


def _root(span: Span, degree: int) -> Span:
    if degree == 1:
        return span
    if span.low < 0:
        raise EvaluationError(
            "hay una raíz de un número negativo", "there is a root of a negative number"
        )
    return Span(_root_bounds(span.low, degree).low, _root_bounds(span.high, degree).high)


def _root_bounds(value: Fraction, degree: int) -> Span:
    """Enclose the ``degree``-th root of ``value`` ≥ 0; a point where the root is rational."""
    top, bottom = _integer_root(value.numerator, degree), _integer_root(value.denominator, degree)
    if top**degree == value.numerator and bottom**degree == value.denominator:
        return point(Fraction(top, bottom))
    # Scale so that the integer root carries at least ROOT_DIGITS digits, small values too.
    shift = ROOT_DIGITS + max(0, len(str(value.denominator)) - len(str(value.numerator)))
    scale: int = 10**shift
    floor = _integer_root(value.numerator * scale**degree // value.denominator, degree)
    return Span(Fraction(floor, scale), Fraction(floor + 1, scale))


def _integer_root(number: int, degree: int) -> int:
    """The largest integer whose ``degree``-th power does not exceed ``number`` (Newton)."""
    if degree == 2:
        return isqrt(number)
    if number < 2:
        return number
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
