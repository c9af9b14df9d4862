"""The arithmetic of one indicator: four witnesses of one number, and how they relate.

The *método* evaluated with the stated variables, the *sustitución* evaluated as printed, the
result that the substitution states, and the *línea base* should all be one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from normalize.numbers import Number, grouped
from normalize.schema import Variable
from normalize.text import match_key
from validate.comparison import (
    Comparison,
    Evaluated,
    Unavailable,
    compare,
    evaluated_formula,
    in_scaled_units,
    input_span,
    relation,
    same_number,
    scale_of_unit,
)
from validate.formula.aggregates import without_key
from validate.formula.evaluate import EvaluationError, Span, evaluate, point
from validate.formula.parse import Method, has_operation, parse_method
from validate.formula.scan import FormulaError
from validate.formula.substitution import Step, Substitution, parse_substitution, result_alone
from validate.formula.tree import Binary, Constant, Node, quantities
from validate.formula.usage import Usage, match_numbers
from validate.view import IndicatorView

T = TypeVar("T")

_NO_VALUE = re.compile(
    r"(no (se )?(dispone|cuenta|tiene|aplica|hay|existe|disponible)\b|sin (dato|valor|linea))"
    r"([^\d]|\b(19|20)\d\d\b)*$|por definir$"
)
"""What a substitution says where there is nothing to substitute yet; no digits but years follow."""


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
        body = without_key(text, self.view.indicator.indicator_id)
        parsed = _parsed(lambda: parse_method(body, names, self.view.habits), "el método", "method")
        if isinstance(parsed, Method) and parsed.open_scale:
            return self._scaled_by_unit(parsed)
        if isinstance(parsed, Method) and parsed.open_sign:
            return self._signed_by_baseline(parsed)
        return parsed

    def _signed_by_baseline(self, method: Method) -> Method:
        """A difference between two, taken the way that has the baseline's sign."""
        value, stated, node = self._at_stated_values(method.node), self.baseline, method.node
        if value is None or stated is None or value * stated.fraction >= 0:
            return method
        assert isinstance(node, Binary)
        return replace(method, node=Binary("-", node.right, node.left))

    def _at_stated_values(self, node: Node) -> Fraction | None:
        """The tree's value with the variables as printed; ``None`` where one is no number."""
        numbers = {item.index: self.variable_numbers[item.index] for item in quantities(node)}
        if any(number.value is None for number in numbers.values()):
            return None
        try:
            return evaluate(node, {i: n.fraction for i, n in numbers.items()}).middle
        except EvaluationError:
            return None

    def _scaled_by_unit(self, method: Method) -> Method:
        """A quotient in words with the scale of the unit, where that is nearer to the baseline."""
        scale, stated = self.implied_scale, self.baseline
        value = self._at_stated_values(method.node)
        if scale == 1 or stated is None or value is None:
            return method
        if abs(stated.fraction - value * scale) >= abs(stated.fraction - value):
            return method
        return replace(method, node=Binary("*", method.node, Constant(scale, grouped(scale))))

    @cached_property
    def substitution(self) -> Substitution | Unavailable:
        text = self.view.indicator.substitution
        if not text:
            return Unavailable("la ficha no da la sustitución", "the ficha gives no substitution")
        number = self.view.number(text)
        if number.status == "not_available" or _NO_VALUE.match(match_key(text)):
            return Unavailable(
                "la sustitución declara que no hay valor", "the substitution states no value"
            )
        body = without_key(text, self.view.indicator.indicator_id)
        return _parsed(
            lambda: parse_substitution(body, self.view.habits), "la sustitución", "substitution"
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
        """The result that the substitution states.

        One in brackets is negative where that makes the calculation or the baseline true.
        """
        substitution = self.substitution
        if isinstance(substitution, Unparsed):
            return result_alone(self.view.indicator.substitution or "", self.view.habits)
        if isinstance(substitution, Unavailable) or substitution.result is None:
            return None
        number = substitution.result
        if not substitution.bracketed or number.value is None:
            return number
        computed = self.by_substitution
        if (
            isinstance(computed, Evaluated)
            and not substitution.is_bare
            and relation(computed.value, computed.span, number) != "different"
        ):
            return number
        if self.baseline is not None and same_number(number, self.baseline):
            return number
        return replace(number, value=number.value.copy_abs())

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
        return evaluated_formula(method.node, inputs, printed)

    @cached_property
    def _by_method_with_shares(self) -> Evaluated | Unavailable:
        """The method where a variable printed as 45 % is 0.45: population × coverage."""
        usual = self.by_method
        if isinstance(usual, Unavailable):
            return usual
        inputs = {
            slot: Span(span.low / 100, span.high / 100) if usual.printed[slot].percent else span
            for slot, span in usual.inputs.items()
        }
        return evaluated_formula(usual.node, inputs, usual.printed)

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
        return evaluated_formula(substitution.node, inputs, printed, constants)

    @cached_property
    def substitution_against_result(self) -> Comparison | Unavailable:
        """CAL01's question."""
        substitution = self.substitution
        if isinstance(substitution, Unavailable):
            return substitution
        if self.result is None:
            return Unavailable(
                "la sustitución no declara un resultado", "the substitution states no result"
            )
        if (
            substitution.is_bare
            and not substitution.repeats
            and substitution.result == substitution.numbers[0]
        ):
            return Unavailable(
                "la sustitución es un solo número, sin operación",
                "the substitution is one number, without an operation",
            )
        compared = self._compared(self.by_substitution, self.result)
        if not substitution.steps or isinstance(compared, Unavailable):
            return compared
        return self._with_steps(compared, substitution.steps)

    def _with_steps(self, compared: Comparison, steps: tuple[Step, ...]) -> Comparison:
        """A running calculation is right where each of its steps is, within their rounding."""
        links = []
        for step in steps:
            inputs = {i: input_span(number) for i, number in enumerate(step.numbers)}
            evaluated = evaluated_formula(step.node, inputs, dict(enumerate(step.numbers)))
            link = self._compared(evaluated, step.stated)
            if isinstance(evaluated, Unavailable) or isinstance(link, Unavailable):
                return compared
            if step.rewrites and not compared.agrees and link.agrees:
                whole = self.by_substitution
                if not isinstance(whole, Evaluated) or not evaluated.span.meets(*whole.span):
                    return compared
            links.append(link)
        if compared.agrees:
            return next((link for link in links if link.relation == "different"), compared)
        if all(link.agrees for link in links):
            return replace(compared, relation="inside", reading=None, repairs=(), power_of_ten=0)
        return compared

    @cached_property
    def method_against_baseline(self) -> Comparison | Unavailable:
        """CAL03's question."""
        if self.baseline is None:
            return Unavailable(
                "la línea base no tiene un valor legible", "the baseline has no readable value"
            )
        compared = self._compared(self.by_method, self.baseline)
        if isinstance(compared, Comparison) and compared.relation == "different":
            shares = self._compared(self._by_method_with_shares, self.baseline)
            if isinstance(shares, Comparison) and shares.agrees:
                return shares
        method = self.method
        if (
            isinstance(compared, Comparison)
            and not compared.agrees
            and isinstance(method, Method)
            and not self.knows_phrases(method)
        ):
            return Unavailable(
                "no es seguro qué frase del método es cada variable",
                "it is not certain which phrase of the method is which variable",
            )
        return compared

    def knows_phrases(self, method: Method) -> bool:
        """Whether it is certain which phrase is which variable; a method of one phrase that
        stands beside several variables may be anything of them unless it is one of them."""
        if has_operation(method.node) or len(self.variables) == 1:
            return method.pairing.sure
        return method.pairing.close

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
        """What the unit says a method may leave out: 100 for a percentage, the base of a rate."""
        return scale_of_unit(self.view.indicator.unit or "")

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
        compared = compare(evaluated, stated, self.implied_scale)
        if compared.power_of_ten and compared.power_of_ten % 3 == 0 and self.mixes_units():
            return Unavailable(
                "las cifras están en unidades distintas (miles, millones)",
                "the numbers are in different units (thousands, millions)",
            )
        return compared

    def mixes_units(self) -> bool:
        """Whether anything is said to be in thousands or millions."""
        words = [self._variable_words(slot) for slot in range(len(self.variables))]
        return (
            any(number is not None and number.scale > 0 for number in (self.result, self.baseline))
            or any(number.scale > 0 for number in self.variable_numbers)
            or any(in_scaled_units(text) for text in (*words, self.view.indicator.unit or ""))
            or in_scaled_units(self.view.indicator.substitution or "")
        )


def arithmetic(view: IndicatorView) -> Arithmetic:
    """The arithmetic of an indicator, kept with its view so that all rules share one."""
    kept = view.__dict__.get("_arithmetic")
    if not isinstance(kept, Arithmetic):
        kept = Arithmetic(view)
        view.__dict__["_arithmetic"] = kept
    return kept


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
