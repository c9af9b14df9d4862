"""The CAL rules worked out: substitution and method, put in, evaluated, rounded, compared."""

from __future__ import annotations

from fractions import Fraction

from normalize.numbers import grouped
from normalize.schema import Finding
from validate.arithmetic import Arithmetic, arithmetic
from validate.comparison import Comparison, Evaluated, Unavailable
from validate.explain.step import (
    COMPARISON,
    DIFFERENCE,
    NOTHING,
    Line,
    Step,
    Text,
    outcome,
    printed,
    shown,
    signed,
    work,
)
from validate.explain.working import equals, operations
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.parse import Method
from validate.formula.substitution import Substitution
from validate.formula.usage import Usage
from validate.formula.weights import weights
from validate.view import IndicatorView

_METHOD = Text("Método de cálculo, como está impreso", "Method, as printed")
_SUBSTITUTION = Text("Sustitución, como está impresa", "Substitution, as printed")
_VARIABLES = Text("Variables declaradas", "Stated variables")
_PUT_IN = Text("Con los números puestos", "With the numbers put in")
_OPERATIONS = Text("Operaciones, una por una", "Operations, one by one")
_ROUNDING = Text("Redondeo", "Rounding")
_RESULT = Text("Resultado que declara la sustitución", "Result that the substitution states")
_BASELINE = Text("Línea base declarada", "Stated baseline")
_BY_SUBSTITUTION = Text("La sustitución da", "The substitution gives")
_BY_METHOD = Text("El método da", "The method gives")

_PROBES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def substitution(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL01."""
    sums = arithmetic(view)
    compared = sums.substitution_against_result
    if isinstance(compared, Unavailable):
        return []
    return [
        *_inputs_of_substitution(view),
        *_worked(sums.by_substitution, compared),
        *_compared(compared, _BY_SUBSTITUTION, _RESULT),
    ]


def method(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL03."""
    sums = arithmetic(view)
    compared = sums.method_against_baseline
    if isinstance(compared, Unavailable):
        return []
    return [
        *_inputs_of_method(view),
        *_worked(sums.by_method, compared),
        *_compared(compared, _BY_METHOD, _BASELINE),
    ]


def charitable(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL05 and CAL06: the side that the finding is about; the substitution where both are."""
    sums = arithmetic(view)
    wanted = "truncated" if finding.rule == "CAL05" else "reading"
    for compared, work_out in (
        (sums.substitution_against_result, substitution),
        (sums.method_against_baseline, method),
    ):
        if (
            isinstance(compared, Comparison)
            and compared.relation == wanted
            and compared.written == finding.reading
        ):
            return work_out(view, finding)
    return []


def result_and_baseline(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL02."""
    sums = arithmetic(view)
    if sums.baseline is None:
        return []
    steps = _inputs_of_substitution(view)
    if sums.result is not None:
        value, text = sums.result.fraction, shown(sums.result)
        label = _RESULT
    elif isinstance(sums.by_substitution, Evaluated):
        value = sums.by_substitution.value
        text, label = grouped(value), _BY_SUBSTITUTION
        steps += _operations(sums.by_substitution)
    else:
        return []
    difference = sums.baseline.fraction - value
    return [*steps, outcome(_BASELINE, shown(sums.baseline), label, text, difference)]


def numbers_used(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL04: each number of the substitution with what it is, and the variables left out."""
    sums = arithmetic(view)
    usage, expression = sums.usage, sums.substitution
    if not isinstance(usage, Usage) or not isinstance(expression, Substitution):
        return []
    lines = []
    for index, number in enumerate(expression.numbers):
        foreign = index in usage.foreign
        lines.append(
            Line(_role(sums, usage, index), shown(number), "stated" if foreign else "printed")
        )
    title = Text("Qué es cada número de la sustitución", "What each number of it is")
    steps = [*_inputs_of_substitution(view), *_variables(view), Step(title, tuple(lines))]
    if usage.unused:
        title = Text("Variables que no aparecen", "Variables that do not appear")
        left_out = (
            Line(_name(sums, slot), shown(sums.variable_numbers[slot]), "computed")
            for slot in usage.unused
        )
        steps.append(Step(title, tuple(left_out)))
    return steps


def _role(sums: Arithmetic, usage: Usage, index: int) -> Text:
    """What a number of the substitution is."""
    if index in usage.variables:
        return _name(sums, usage.variables[index])
    if index in usage.foreign:
        return Text("ni variable ni constante", "neither variable nor constant")
    if index in usage.constants:
        return Text("constante del método", "constant of the method")
    return Text("parte del método, ya calculada", "part of the method, worked out")


def weights_added(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL07."""
    parsed = arithmetic(view).method
    found = weights(parsed.node) if isinstance(parsed, Method) else None
    if not found:
        return []
    total = sum(found, Fraction(0))
    written = f"{' + '.join(map(grouped, found))} = {grouped(total)}"
    return [
        *_method_text(view),
        Step(Text("Suma de los pesos", "Sum of the weights"), (work(written),)),
        outcome(
            Text("Los pesos suman", "The weights add up to"),
            grouped(total),
            Text("Deben sumar", "They must add up to"),
            "1",
            total - 1,
        ),
    ]


def two_functions(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL08: both written out, what they give with the printed numbers, and with others."""
    sums = arithmetic(view)
    steps = [*_inputs_of_method(view), *_inputs_of_substitution(view)]
    written = []
    for label, evaluated in (
        (_BY_METHOD, sums.by_method),
        (_BY_SUBSTITUTION, sums.by_substitution),
    ):
        if isinstance(evaluated, Evaluated):
            text = f"{evaluated.written()} {equals(evaluated.value)}"
            written.append(Line(label, text, "formula"))
    if written:
        steps.append(
            Step(Text("Con los números impresos", "With the printed numbers"), (*written,))
        )
    return steps + _probe(sums)


def empty_check(view: IndicatorView, finding: Finding) -> list[Step]:
    """CAL09: the evaluation that proves nothing."""
    sums = arithmetic(view)
    steps = [*_inputs_of_method(view), *_inputs_of_substitution(view)]
    evaluated = sums.by_method
    if not isinstance(evaluated, Evaluated):
        evaluated = sums.by_substitution
    if isinstance(evaluated, Evaluated):
        steps += _operations(evaluated)
    if sums.baseline is not None:
        steps.append(Step(COMPARISON, (Line(_BASELINE, shown(sums.baseline), "stated"),)))
    if note := view.indicator.baseline_note:
        label = Text("Nota sobre la línea base", "Baseline note")
        steps.append(Step(label, (printed(NOTHING, note),)))
    return steps


def _inputs_of_substitution(view: IndicatorView) -> list[Step]:
    text = view.indicator.substitution
    return [Step(_SUBSTITUTION, (printed(NOTHING, text),))] if text else []


def _method_text(view: IndicatorView) -> list[Step]:
    text = view.indicator.method
    return [Step(_METHOD, (printed(NOTHING, text),))] if text else []


def _inputs_of_method(view: IndicatorView) -> list[Step]:
    return [*_method_text(view), *_variables(view)]


def _variables(view: IndicatorView) -> list[Step]:
    lines = tuple(
        printed(Text(name, name), row.value_text or "")
        for row in view.variables
        for name in (f"{row.position}. {row.name or ''}".strip(),)
    )
    return [Step(_VARIABLES, lines)] if lines else []


def _name(sums: Arithmetic, slot: int) -> Text:
    variable = sums.variables[slot]
    name = f"Variable {variable.position}, {variable.name or ''}".rstrip(", ")
    return Text(name, name)


def _worked(evaluated: Evaluated | Unavailable, compared: Comparison) -> list[Step]:
    """The formula with its numbers, worked out; under another reading where that one agrees."""
    if isinstance(evaluated, Unavailable):
        return []
    steps = [Step(_PUT_IN, (Line(NOTHING, evaluated.written(), "formula"),))]
    steps += _operations(evaluated)
    reading = compared.reading
    if reading is None:
        return steps
    usual = grouped(evaluated.value, None)
    steps.append(
        Step(
            Text("Así no sale", "This way it does not follow"),
            (
                Line(
                    Text(
                        f"da {usual} y el documento dice {shown(compared.stated)}",
                        f"it gives {usual}; the document says {shown(compared.stated)}",
                    ),
                    "",
                    "note",
                ),
            ),
        )
    )
    lines = [Line(Text(reading.how_es, reading.how_en), compared.written, "formula")]
    lines += [work(text) for text in operations(evaluated, reading.node)]
    steps.append(Step(Text("Con otra lectura sí", "Under another reading it does"), tuple(lines)))
    return steps


def _operations(evaluated: Evaluated) -> list[Step]:
    lines = tuple(work(text) for text in operations(evaluated))
    return [Step(_OPERATIONS, lines)] if lines else []


def _compared(compared: Comparison, computed: Text, stated: Text) -> list[Step]:
    value, number = compared.computed, compared.stated
    rounded = grouped(value, number.places).replace("-", "−")
    lines = [work(f"{grouped(value).replace('-', '−')} → {rounded}")]
    places = Text(
        f"Redondeo a {number.places} decimal{'' if number.places == 1 else 'es'}, los impresos",
        f"Rounding to {number.places} decimal{'' if number.places == 1 else 's'}, as printed",
    )
    if compared.relation == "truncated":
        cut = Fraction(int(value * 10**number.places), 10**number.places)
        lines.append(
            Line(
                Text("truncado, sin redondear", "cut off, not rounded"),
                grouped(cut, number.places),
                "work",
            )
        )
    difference = number.fraction - value
    lines_out = (
        Line(computed, rounded, "computed"),
        Line(stated, shown(number), "stated"),
        Line(DIFFERENCE, signed(difference), "difference"),
    )
    return [Step(places, tuple(lines)), Step(COMPARISON, lines_out)]


def _probe(sums: Arithmetic) -> list[Step]:
    """Both functions at one point where they differ, each variable another prime."""
    parsed, expression, usage = sums.method, sums.substitution, sums.usage
    if (
        not isinstance(parsed, Method)
        or not isinstance(expression, Substitution)
        or not isinstance(usage, Usage)
        or usage.parts
        or len(sums.variables) > len(_PROBES)
    ):
        return []
    values = {slot: Fraction(_PROBES[slot]) for slot in range(len(sums.variables))}
    numbers = {
        index: values[usage.variables[index]] if index in usage.variables else number.fraction
        for index, number in enumerate(expression.numbers)
        if number.value is not None
    }
    try:
        by_method = evaluate(parsed.node, values).middle
        by_substitution = evaluate(expression.node, numbers).middle
    except (EvaluationError, KeyError):
        return []
    if by_method == by_substitution:
        return []
    tried = "; ".join(
        f"{variable.position} = {_PROBES[slot]}" for slot, variable in enumerate(sums.variables)
    )
    title = Text(f"Con otros datos (variable {tried})", f"With other data (variable {tried})")
    return [
        Step(
            title,
            (
                Line(_BY_METHOD, grouped(by_method), "computed"),
                Line(_BY_SUBSTITUTION, grouped(by_substitution), "stated"),
            ),
        )
    ]
