"""The arithmetic of one indicator: four witnesses of one number, and how they relate.

The *método* evaluated with the stated variables, the *sustitución* evaluated as printed, the
result that the substitution states, and the *línea base* should all be one number. A printed
number stands for every value that rounds to it; counts, weights and constants are exact (the stand
of XBRL Calculations 1.1, of statcheck and of the GRIM family of tests).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeVar

from normalize.numbers import Number, grouped, printed_agree, rounds_to, truncates_to
from normalize.schema import Variable
from normalize.text import match_key
from validate.formula.evaluate import EvaluationError, Span, enclose, evaluate, point
from validate.formula.parse import (
    Method,
    Substitution,
    has_operation,
    parse_method,
    parse_substitution,
)
from validate.formula.readings import Reading, readings
from validate.formula.repair import Repair, repairs
from validate.formula.scan import FormulaError
from validate.formula.tree import (
    Binary,
    Node,
    Quantity,
    quantities,
    show,
    ungroup,
    walk,
)
from validate.formula.usage import Usage, match_numbers
from validate.view import IndicatorView

T = TypeVar("T")

Relation = Literal["equal", "rounded", "inside", "truncated", "reading", "different"]
"""How computed relates to stated: exactly equal; equal once rounded; inside what the rounding of
the inputs allows; cut off instead of rounded; equal only under another reading; different."""

AGREEING: tuple[Relation, ...] = ("equal", "rounded", "inside")


_SCALED_WORDS = re.compile(r"\b(mil|miles|millon|millones|mdp|mmdp|mdd)\b(?! (de )?habitantes)")
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


@dataclass(frozen=True)
class Arithmetic:
    """Everything that the CAL rules ask of one indicator; computed once, when first asked."""

    view: IndicatorView

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        return self.view.variables

    @cached_property
    def variable_numbers(self) -> tuple[Number, ...]:
        """The stated variables' numbers, in the order of ``variables``."""
        return tuple(self.view.number(variable.value_text) for variable in self.variables)

    @cached_property
    def method(self) -> Method | Unavailable:
        text = self.view.indicator.method
        if not text:
            return Unavailable("la ficha no da el método de cálculo", "the ficha gives no method")
        if not self.variables:
            return Unavailable("la ficha no da variables", "the ficha gives no variables")
        names = [variable.name or "" for variable in self.variables]
        return _parsed(lambda: parse_method(text, names, self.view.habits), "el método", "method")

    @cached_property
    def substitution(self) -> Substitution | Unavailable:
        text = self.view.indicator.substitution
        if not text:
            return Unavailable("la ficha no da la sustitución", "the ficha gives no substitution")
        return _parsed(
            lambda: parse_substitution(text, self.view.habits), "la sustitución", "substitution"
        )

    @cached_property
    def usage(self) -> Usage | Unavailable:
        """Which number of the substitution is which variable or constant."""
        if isinstance(self.substitution, Unavailable):
            return self.substitution
        method = None if isinstance(self.method, Unavailable) else self.method
        return match_numbers(self.substitution, self.variable_numbers, method)

    @cached_property
    def result(self) -> Number | None:
        """The result that the substitution states."""
        return None if isinstance(self.substitution, Unavailable) else self.substitution.result

    @cached_property
    def baseline(self) -> Number | None:
        number = self.view.baseline
        return number if number.value is not None else None

    @cached_property
    def by_method(self) -> Evaluated | Unavailable:
        """The method with the stated variables put in."""
        method = self.method
        if isinstance(method, Unavailable):
            return method
        if not method.bound:
            phrase = method.pairing.unmatched[0]
            return Unavailable(
                f"«{phrase}», en el método, no es ninguna de las variables declaradas",
                f"“{phrase}”, in the method, is none of the stated variables",
            )
        printed = {}
        for item in quantities(method.node):
            number = self.variable_numbers[item.index]
            if number.value is None:
                return Unavailable(
                    f"la variable {self.variables[item.index].position} no tiene un valor legible",
                    f"variable {self.variables[item.index].position} has no readable value",
                )
            printed[item.index] = number
        inputs = {index: self._variable_span(index) for index in printed}
        return _evaluated(method.node, inputs, printed)

    @cached_property
    def by_substitution(self) -> Evaluated | Unavailable:
        """The substitution's own expression."""
        substitution = self.substitution
        if isinstance(substitution, Unavailable):
            return substitution
        usage = self.usage
        constants = usage.constants if isinstance(usage, Usage) else frozenset()
        printed = dict(enumerate(substitution.numbers))
        inputs: dict[int, Span] = {}
        for index, number in printed.items():
            slot = usage.variables.get(index) if isinstance(usage, Usage) else None
            words = self._variable_words(slot) if slot is not None else ""
            exact = index in constants
            inputs[index] = point(number.fraction) if exact else input_span(number, words)
        return _evaluated(substitution.node, inputs, printed, constants)

    @cached_property
    def substitution_against_result(self) -> Comparison | Unavailable:
        """CAL01's question."""
        substitution = self.substitution
        if isinstance(substitution, Unavailable):
            return substitution
        if substitution.result is None:
            return Unavailable(
                "la sustitución no declara un resultado", "the substitution states no result"
            )
        if substitution.is_bare and substitution.result == substitution.numbers[0]:
            return Unavailable(
                "la sustitución es un solo número, sin operación",
                "the substitution is one number, without an operation",
            )
        return self._compared(self.by_substitution, substitution.result)

    @cached_property
    def method_against_baseline(self) -> Comparison | Unavailable:
        """CAL03's question."""
        if self.baseline is None:
            return Unavailable(
                "la línea base no tiene un valor legible", "the baseline has no readable value"
            )
        compared = self._compared(self.by_method, self.baseline)
        method = self.method
        if (
            isinstance(compared, Comparison)
            and compared.relation not in AGREEING
            and isinstance(method, Method)
            and not method.pairing.sure
        ):
            return Unavailable(
                "no es seguro qué frase del método es cada variable",
                "it is not certain which phrase of the method is which variable",
            )
        return compared

    @cached_property
    def result_against_baseline(self) -> bool | Unavailable:
        """CAL02's question: whether the stated (or else the computed) result is the baseline."""
        if self.baseline is None:
            return Unavailable(
                "la línea base no tiene un valor legible", "the baseline has no readable value"
            )
        if self.result is not None:
            return same_number(self.result, self.baseline)
        compared = self._compared(self.by_substitution, self.baseline)
        return compared if isinstance(compared, Unavailable) else compared.agrees

    @cached_property
    def implied_scale(self) -> Fraction:
        """100 where the unit is a percentage: what a method may leave out by speaking of shares."""
        unit = match_key(self.view.indicator.unit or "")
        percent = re.search(r"\b(porcentaje|porciento|por ciento)\b", unit) or (
            "%" in (self.view.indicator.unit or "")
        )
        return Fraction(100 if percent else 1)

    def _variable_words(self, slot: int) -> str:
        variable = self.variables[slot]
        unit = self.view.indicator.unit or ""
        return f"{variable.name or ''} · {variable.source or ''} · {unit}"

    def _variable_span(self, slot: int) -> Span:
        return input_span(self.variable_numbers[slot], self._variable_words(slot))

    def _compared(
        self, evaluated: Evaluated | Unavailable, stated: Number
    ) -> Comparison | Unavailable:
        if isinstance(evaluated, Unavailable):
            return evaluated
        return compare(evaluated, stated, self.implied_scale)


def arithmetic(view: IndicatorView) -> Arithmetic:
    """The arithmetic of an indicator, kept with its view so that all rules share one."""
    kept = view.__dict__.get("_arithmetic")
    if not isinstance(kept, Arithmetic):
        kept = Arithmetic(view)
        view.__dict__["_arithmetic"] = kept
    return kept


def input_span(number: Number, words: str = "") -> Span:
    """The values that a printed input can stand for.

    Whole numbers are counts and exact, unless ``words`` (name, source, unit) say that they are
    rates or amounts printed in thousands or millions; decimals widen to their rounding interval.
    A printed zero is taken as zero.
    """
    if number.value == 0:
        return point(Fraction(0))
    name = match_key(words.partition("·")[0])
    scaled = number.scale > 0 or _SCALED_WORDS.search(match_key(words)) is not None
    if number.places > 0 or scaled or _RATE_WORDS.match(name):
        return Span(*number.interval)
    return point(number.fraction)


def compare(
    evaluated: Evaluated, stated: Number, implied_scale: Fraction = Fraction(1)
) -> Comparison:
    """Compare a formula with a stated number: usual precedence first, then the other readings."""
    usual = _relation(evaluated.value, evaluated.span, stated)
    if usual != "different":
        return Comparison(usual, evaluated.value, stated, evaluated.written())
    if stated.percent and _relation(
        evaluated.value * 100, _scaled(evaluated.span, 100), stated
    ) in (
        "equal",
        "rounded",
        "inside",
    ):
        # 0.939 = 93.9 %: with its sign the stated number is the same number.
        return Comparison("equal", evaluated.value * 100, stated, evaluated.written())
    other = _other_reading(evaluated, stated, implied_scale)
    if other is not None:
        return other
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
    """The k ≠ 0 for which value × 10ᵏ rounds to the stated number; 0 where none does."""
    if not value or not stated.value:
        return 0
    powers = (sign * size for size in range(1, 7) for sign in (1, -1))
    return next((k for k in powers if rounds_to(value * Fraction(10) ** k, stated)), 0)


def _other_reading(
    evaluated: Evaluated, stated: Number, implied_scale: Fraction
) -> Comparison | None:
    for reading in readings(evaluated.node, evaluated.middles):
        try:
            span = enclose(reading.node, evaluated.inputs)
            value = evaluate(reading.node, evaluated.middles).middle
        except EvaluationError:
            continue
        if _relation(value, span, stated) in AGREEING:
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
        if _relation(value, span, stated) in AGREEING:
            scale = grouped(implied_scale)
            reading = Reading(
                evaluated.node,
                f"con un × {scale} que la fórmula no escribe",
                f"with a × {scale} that the formula does not write",
            )
            written = f"({evaluated.written()}) × {scale}"
            return Comparison("reading", value, stated, written, reading, usual=evaluated.value)
    return None


def _relation(value: Fraction, span: Span, stated: Number) -> Relation:
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


def _evaluated(
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


def _parsed(parse: Callable[[], T], what_es: str, what_en: str) -> T | Unavailable:
    try:
        return parse()
    except FormulaError as problem:
        return Unparsed(
            f"{what_es} no se pudo analizar: {problem.message_es}",
            f"the {what_en} could not be parsed: {problem.message_en}",
        )


class Unparsed(Unavailable):
    """A formula that is printed but cannot be read: REA04's case."""


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
