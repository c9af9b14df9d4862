"""A formula's value beside a stated number, and how the two relate.

A printed number stands for every value that rounds to it; counts, weights and constants are exact
(the stand of XBRL Calculations 1.1, of statcheck and of the GRIM family of tests).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from normalize.numbers import Number, grouped, printed_agree, rounds_to, truncates_to
from normalize.text import match_key
from validate.formula.evaluate import EvaluationError, Span, enclose, evaluate, point
from validate.formula.parse import has_operation
from validate.formula.readings import Reading, readings
from validate.formula.repair import Repair, repairs
from validate.formula.tree import Binary, Node, Quantity, quantities, show, ungroup, walk

Relation = Literal["equal", "rounded", "inside", "truncated", "reading", "different"]
"""How computed relates to stated: exactly equal; equal once rounded; inside what the rounding of
the inputs allows; cut off instead of rounded; equal only under another reading; different."""

AGREEING: tuple[Relation, ...] = ("equal", "rounded", "inside")


_SCALED_WORDS = re.compile(r"\b(mil|miles|millon|millones|mdp|mmdp|mdd)\b(?! (de )?habitantes)")
_RATE_UNIT = re.compile(
    r"\b(?:por|x) (?:cada )?(?:(?P<count>[\d ]*\d|cien|un|diez) )?(?P<word>mil|millon|millones)?\b"
)
_RATE_WORDS = re.compile(
    r"^(el |la )?(porcentaje|por ciento|tasa|proporcion|indice|promedio|razon|cobertura|grado)\b"
)


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why something cannot be computed, in both languages."""

    es: str
    en: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A formula's value beside a stated number.

    ``computed`` is the value at the printed inputs (the middle, where a root is irrational) under
    the reading used; ``written`` is that reading written out with its numbers. ``usual`` is the
    value under the usual precedence where the reading departs from it. ``repairs`` say which single
    input would mend a difference; ``power_of_ten`` is the k with stated ≈ computed × 10ᵏ, or 0.
    """

    relation: Relation
    computed: Fraction
    stated: Number
    written: str
    reading: Reading | None = None
    usual: Fraction | None = None
    repairs: tuple[Repair, ...] = ()
    power_of_ten: int = 0

    @property
    def agrees(self) -> bool:
        return self.relation in AGREEING

    @property
    def difference(self) -> Fraction:
        """Stated minus computed."""
        return self.stated.fraction - self.computed


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A formula with its inputs by slot: intervals and printed numbers.

    ``constants`` are the slots that hold a constant of the method, not a variable.
    """

    node: Node
    inputs: Mapping[int, Span]
    printed: Mapping[int, Number]
    value: Fraction
    span: Span
    constants: frozenset[int] = frozenset()

    @property
    def middles(self) -> dict[int, Fraction]:
        return {index: span.middle for index, span in self.inputs.items()}

    def written(self, node: Node | None = None) -> str:
        """The formula with its numbers put in, every needed bracket written."""
        texts = {index: _shown(number) for index, number in self.printed.items()}
        return show(node or self.node, texts)


def input_span(number: Number, words: str = "") -> Span:
    """The values that a printed input can stand for.

    Whole numbers are counts and exact, unless ``words`` (name, source, unit) say that they are
    rates or amounts printed in thousands or millions; decimals widen to their rounding interval.
    A printed zero is taken as zero.
    """
    if number.value == 0:
        return point(Fraction(0))
    name = match_key(words.partition("·")[0])
    scaled = number.scale > 0 or in_scaled_units(words)
    if number.places > 0 or scaled or _RATE_WORDS.match(name):
        return Span(*number.interval)
    return point(number.fraction)


def in_scaled_units(words: str) -> bool:
    """Whether words (name, source, unit) speak of thousands or millions of something.

    "por cada mil derechohabientes" is the base of a rate and says nothing of its inputs.
    """
    return _SCALED_WORDS.search(_RATE_UNIT.sub(" ", match_key(words))) is not None


def scale_of_unit(unit: str) -> Fraction:
    """What a method may leave out by speaking of shares: 100 for a percentage, the base of a rate.

    >>> scale_of_unit("Defunciones por cada 100 mil habitantes")
    Fraction(100000, 1)
    """
    key = match_key(unit)
    if "%" in unit or re.search(r"\b(porcentaje|porciento|por ciento)\b", key):
        return Fraction(100)
    for found in _RATE_UNIT.finditer(key):
        count = (found["count"] or "1").replace(" ", "")
        base = {"cien": 100, "un": 1, "diez": 10}.get(count) or int(count)
        base *= {"mil": 1000, "millon": 10**6, "millones": 10**6}.get(found["word"] or "", 1)
        if base in (1000, 10_000, 100_000, 1_000_000):
            return Fraction(base)
    return Fraction(1)


def compare(
    evaluated: Evaluated,
    stated: Number,
    implied_scale: Fraction = Fraction(1),
    mend: bool = True,
) -> Comparison:
    """Compare a formula with a stated number: usual precedence first, then the other readings.

    Where none agrees, ``mend`` asks for what would make it so, which costs the most.
    """
    usual = relation(evaluated.value, evaluated.span, stated)
    if usual != "different":
        return Comparison(usual, evaluated.value, stated, evaluated.written())
    if stated.percent and relation(evaluated.value * 100, _scaled(evaluated.span, 100), stated) in (
        "equal",
        "rounded",
        "inside",
    ):
        # 0.939 = 93.9 %: with its sign the stated number is the same number.
        return Comparison("equal", evaluated.value * 100, stated, evaluated.written())
    other = _other_reading(evaluated, stated, implied_scale)
    if other is not None:
        return other
    if not mend:
        return Comparison("different", evaluated.value, stated, evaluated.written())
    blamed = {i: n for i, n in evaluated.printed.items() if i not in evaluated.constants}
    return Comparison(
        "different",
        evaluated.value,
        stated,
        evaluated.written(),
        repairs=tuple(repairs(evaluated.node, evaluated.middles, blamed, stated)),
        power_of_ten=_power_of_ten(evaluated.value, stated),
    )


def _power_of_ten(value: Fraction, stated: Number) -> int:
    """The k ≠ 0 for which value × 10ᵏ rounds to the stated number; 0 where none does.

    Thousands and millions may be cut off as well, as sums of rounded parts are.
    """
    if not value or not stated.value:
        return 0
    powers = [sign * size for size in range(1, 7) for sign in (1, -1)]
    scaled = {k: value * Fraction(10) ** k for k in powers}
    rounded = next((k for k in powers if rounds_to(scaled[k], stated)), 0)
    return rounded or next((k for k in powers if k % 3 == 0 and truncates_to(scaled[k], stated)), 0)


def _other_reading(
    evaluated: Evaluated, stated: Number, implied_scale: Fraction
) -> Comparison | None:
    for reading in readings(evaluated.node, evaluated.middles):
        try:
            span = enclose(reading.node, evaluated.inputs)
            value = evaluate(reading.node, evaluated.middles).middle
        except EvaluationError:
            continue
        if relation(value, span, stated) in AGREEING:
            return Comparison(
                "reading",
                value,
                stated,
                evaluated.written(reading.node),
                reading,
                usual=evaluated.value,
            )
    if implied_scale != 1 and has_operation(evaluated.node):
        value = evaluated.value * implied_scale
        span = _scaled(evaluated.span, implied_scale)
        if relation(value, span, stated) in AGREEING:
            scale = grouped(implied_scale)
            reading = Reading(
                evaluated.node,
                f"con un × {scale} que la fórmula no escribe",
                f"with a × {scale} that the formula does not write",
            )
            written = f"({evaluated.written()}) × {scale}"
            return Comparison("reading", value, stated, written, reading, usual=evaluated.value)
    return None


def relation(value: Fraction, span: Span, stated: Number) -> Relation:
    if value == stated.fraction:
        return "equal"
    if rounds_to(value, stated):
        return "rounded"
    low, high = stated.interval
    if not span.exact and span.meets(low, high):
        return "inside"
    if truncates_to(value, stated):
        return "truncated"
    return "different"


def _scaled(span: Span, factor: Fraction | int) -> Span:
    return Span(span.low * factor, span.high * factor)


def evaluated_formula(
    node: Node,
    inputs: Mapping[int, Span],
    printed: Mapping[int, Number],
    constants: frozenset[int] = frozenset(),
) -> Evaluated | Unavailable:
    try:
        value = evaluate(node, {index: span.middle for index, span in inputs.items()}).middle
        span = enclose(node, inputs)
    except EvaluationError as problem:
        return Unavailable(problem.message_es, problem.message_en)
    return Evaluated(node, inputs, printed, value, span, constants)


def same_number(a: Number, b: Number) -> bool:
    """Whether two stated numbers are the same; with ``%`` a share and a percentage may be."""
    return printed_agree(a, b)


def equal_inputs(evaluated: Evaluated) -> bool:
    """Whether one input is divided by another of the same value: an index at its own base."""
    values = evaluated.middles
    for item in walk(evaluated.node):
        if isinstance(item, Binary) and item.operator == "/":
            left, right = ungroup(item.left), ungroup(item.right)
            if (
                isinstance(left, Quantity)
                and isinstance(right, Quantity)
                and left.index != right.index
                and values[left.index] == values[right.index] != 0
            ):
                return True
    return False


def all_zero(evaluated: Evaluated) -> bool:
    """Whether every input of a formula that is no constant is zero."""
    inputs = [item.index for item in quantities(evaluated.node)]
    values = [evaluated.middles[index] for index in inputs if index not in evaluated.constants]
    return bool(values) and not any(values)


def _shown(number: Number) -> str:
    return grouped(number.fraction, number.places)
