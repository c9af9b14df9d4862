"""What has algebra: evaluation, enclosures, roots, inversion, and what a printed number allows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalize.numbers import Habits, Number, plain
from normalize.numbers import parse_number as parse
from validate.comparison import Evaluated, compare, input_span
from validate.formula.evaluate import (
    EvaluationError,
    Span,
    enclose,
    evaluate,
    point,
)
from validate.formula.parse import parse_method
from validate.formula.readings import readings
from validate.formula.repair import invert, repairs
from validate.formula.tree import Binary, Constant, Group, Node, Operator, Quantity, Root, show

RATIONALS = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=1_000)
DOTS = Habits(dot=1)
"""A document whose decimal sign is evident: 1.000 is one, not a thousand."""


def parse_number(text: str) -> Number:
    return parse(text, DOTS)


POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=10_000, max_denominator=1_000)


def _leaf(index: int) -> Node:
    return Quantity(index, "abcdefgh"[index])


@st.composite
def trees(draw: st.DrawFn, leaves: int = 4) -> Node:
    """A tree over ``leaves`` quantities, each used once, left to right."""
    parts: list[Node] = [_leaf(index) for index in range(leaves)]
    while len(parts) > 1:
        at = draw(st.integers(0, len(parts) - 2))
        operator: Operator = draw(st.sampled_from(["+", "-", "*", "/"]))
        parts[at : at + 2] = [Group(Binary(operator, parts[at], parts[at + 1]))]
    return parts[0]


def _python(node: Node, values: dict[int, Fraction]) -> Fraction:
    """The value by Python's own operators, as an independent witness."""
    if isinstance(node, Group):
        return _python(node.inner, values)
    if isinstance(node, Quantity):
        return values[node.index]
    assert isinstance(node, Binary)
    left, right = _python(node.left, values), _python(node.right, values)
    if node.operator == "+":
        return left + right
    if node.operator == "-":
        return left - right
    return left * right if node.operator == "*" else left / right


@given(trees(), st.lists(RATIONALS, min_size=4, max_size=4))
def test_evaluation_is_exact(node: Node, numbers: list[Fraction]) -> None:
    values = dict(enumerate(numbers))
    try:
        expected = _python(node, values)
    except ZeroDivisionError:
        with pytest.raises(EvaluationError):
            evaluate(node, values)
        return
    assert evaluate(node, values) == (expected, expected)


@given(trees(), st.lists(POSITIVE, min_size=4, max_size=4), st.data())
def test_an_enclosure_holds_what_lies_between(
    node: Node, numbers: list[Fraction], data: st.DataObject
) -> None:
    half = Fraction(1, 1_000)
    inputs = {i: Span(value - half, value + half) for i, value in enumerate(numbers)}
    shares = data.draw(st.lists(st.fractions(0, 1), min_size=4, max_size=4))
    inside = {
        i: span.low + share * 2 * half
        for (i, span), share in zip(inputs.items(), shares, strict=True)
    }
    try:
        span = enclose(node, inputs)
        value = evaluate(node, inside).low
    except EvaluationError:
        assume(False)
    # Every leaf is used once, so the tree is monotone in each unless a divisor passes zero.
    assume(_keeps_divisors_off_zero(node, inputs))
    assert span.low <= value <= span.high


def _keeps_divisors_off_zero(node: Node, inputs: dict[int, Span]) -> bool:
    if isinstance(node, Group):
        return _keeps_divisors_off_zero(node.inner, inputs)
    if not isinstance(node, Binary):
        return True
    if node.operator == "/":
        try:
            below = enclose(node.right, inputs)
        except EvaluationError:
            return False
        if below.low <= 0 <= below.high:
            return False
    return _keeps_divisors_off_zero(node.left, inputs) and _keeps_divisors_off_zero(
        node.right, inputs
    )


def test_an_input_used_twice_moves_as_one() -> None:
    ratio = Binary("/", _leaf(0), _leaf(0))
    assert enclose(ratio, {0: Span(Fraction(9), Fraction(11))}) == (1, 1)


@given(POSITIVE, st.integers(2, 5))
def test_a_root_is_enclosed_to_thirty_digits(value: Fraction, degree: int) -> None:
    span = evaluate(Root(_leaf(0), degree), {0: value})
    assert span.low**degree <= value <= span.high**degree
    assert span.high - span.low <= span.high * Fraction(1, 10**29)


@given(POSITIVE, st.integers(2, 5))
def test_a_rational_root_is_exact(value: Fraction, degree: int) -> None:
    assert evaluate(Root(_leaf(0), degree), {0: value**degree}) == (value, value)


@given(trees(), st.lists(POSITIVE, min_size=4, max_size=4), st.integers(0, 3))
def test_inversion_undoes_evaluation(node: Node, numbers: list[Fraction], index: int) -> None:
    values = dict(enumerate(numbers))
    try:
        target = evaluate(node, values).low
        found = invert(node, index, values, target)
    except (EvaluationError, ZeroDivisionError):
        assume(False)
    try:
        again = evaluate(node, values | {index: found}).low
    except EvaluationError:
        assume(False)
    assert again == target


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 4))
def test_a_rounded_quotient_agrees_and_its_neighbours_do_not(
    above: int, below: int, places: int
) -> None:
    value = Fraction(above, below)
    evaluated = _quotient(above, below)
    printed = parse_number(plain(value, places))
    assert compare(evaluated, printed).agrees
    unit = Fraction(1, 10**places)
    for wrong in (printed.fraction + 2 * unit, printed.fraction - 2 * unit):
        shown = parse_number(plain(wrong, places))
        if wrong >= 0:
            assert not compare(evaluated, shown).agrees


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_truncation_is_told_from_rounding(above: int, below: int, places: int) -> None:
    value = Fraction(above, below)
    cut = Fraction(int(value * 10**places), 10**places)
    relation = compare(_quotient(above, below), parse_number(plain(cut, places))).relation
    half = Fraction(1, 2 * 10**places)
    # On a tie, what is cut off agrees only where half even goes down as well.
    rounds = abs(value - cut) < half or round(value, places) == cut
    assert (relation == "truncated") == (not rounds)


def _quotient(above: int, below: int) -> Evaluated:
    node = Binary("/", _leaf(0), _leaf(1))
    numbers = {0: parse_number(str(above)), 1: parse_number(str(below))}
    inputs = {index: input_span(number) for index, number in numbers.items()}
    values = {index: number.fraction for index, number in numbers.items()}
    span = evaluate(node, values)
    return Evaluated(node, inputs, numbers, span.low, span)


def test_counts_are_exact_and_decimals_widen() -> None:
    assert input_span(parse_number("95")) == point(Fraction(95))
    assert input_span(parse_number("95.0")) == (Fraction("94.95"), Fraction("95.05"))
    assert input_span(parse_number("325,407"), "Importe · en millones de pesos · ") == (
        Fraction("325406.5"),
        Fraction("325407.5"),
    )
    assert input_span(parse_number("70"), "Porcentaje de avance · · ") == (
        Fraction("69.5"),
        Fraction("70.5"),
    )


def test_the_inputs_rounding_is_allowed_for() -> None:
    # 105.3 / 100.2 × 100 = 105.0898…; with 105.25 / 100.25 it is 104.9875…, so 105.0 agrees.
    node = Binary("*", Binary("/", _leaf(0), _leaf(1)), Constant(Fraction(100), "100"))
    numbers = {0: parse_number("105.3"), 1: parse_number("100.2")}
    inputs = {index: input_span(number) for index, number in numbers.items()}
    values = {index: number.fraction for index, number in numbers.items()}
    evaluated = Evaluated(node, inputs, numbers, evaluate(node, values).low, enclose(node, inputs))
    assert compare(evaluated, parse_number("105.1")).relation == "rounded"
    assert compare(evaluated, parse_number("105.0")).relation == "inside"
    assert compare(evaluated, parse_number("104.8")).relation == "different"


READINGS = [
    # printed tree, values, a reading that must be offered, its value
    ("(a / b) − 1 × 100", "((a / b) − 1) × 100", {0: "34", 1: "32"}, Fraction(25, 4)),
    ("a − b / b × 100", "(a − b) / b × 100", {0: "120", 1: "80"}, Fraction(50)),
    ("a / b × 100 − 1", "(a / b − 1) × 100", {0: "120", 1: "80"}, Fraction(50)),
    ("a / b + c × 100", "a / (b + c) × 100", {0: "30", 1: "20", 2: "40"}, Fraction(50)),
    (".25 × a + .75 × b × 100", "(.25 × a + .75 × b) × 100", {0: "2", 1: "4"}, Fraction(350)),
]


@pytest.mark.parametrize(("text", "wanted", "values", "value"), READINGS)
def test_readings_that_a_person_could_mean(
    text: str, wanted: str, values: dict[int, str], value: Fraction
) -> None:
    method = parse_method(text, ["a", "b", "c"][: len(values)], Habits())
    numbers = {index: Fraction(digits) for index, digits in values.items()}
    found = {
        evaluate(reading.node, numbers).low: show(reading.node)
        for reading in readings(method.node, numbers)
    }
    assert found.get(value) == wanted
    assert evaluate(method.node, numbers).low not in found


def test_the_likeliest_repair_is_one_digit_away() -> None:
    # 48,260 / 35,578,474 × 100,000 = 135.6438…, which rounds to the stated 135.64.
    node = Binary(
        "*", Group(Binary("/", _leaf(0), _leaf(1))), Constant(Fraction(100_000), "100,000")
    )
    printed = {0: parse_number("48,240"), 1: parse_number("35,578,474")}
    values = {index: number.fraction for index, number in printed.items()}
    best = repairs(node, values, printed, parse_number("135.64"))[0]
    assert (best.index, best.value, best.one_slip) == (0, Fraction(48_260), True)


@given(st.integers(100, 10**7), st.integers(100, 10**7), st.data())
def test_a_repair_makes_the_stated_value_true(above: int, below: int, data: st.DataObject) -> None:
    stated = parse_number(plain(Fraction(above, below), 3))
    wrong = data.draw(st.integers(100, 10**7))
    node = Binary("/", _leaf(0), _leaf(1))
    printed = {0: parse_number(str(wrong)), 1: parse_number(str(below))}
    values = {index: number.fraction for index, number in printed.items()}
    for repair in repairs(node, values, printed, stated):
        mended = evaluate(node, values | {repair.index: repair.value}).low
        low, high = stated.interval
        assert low <= mended <= high


def test_decimals_never_become_floats() -> None:
    value = evaluate(
        Binary("+", Constant(Fraction(Decimal("0.1")), ""), Constant(Fraction(Decimal("0.2")), "")),
        {},
    )
    assert value == (Fraction(3, 10), Fraction(3, 10))
