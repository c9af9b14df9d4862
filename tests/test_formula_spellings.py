"""Random formulas in random spellings: where all adds up nothing is found, a changed digit is."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from formula_fichas import Wild
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_formula_wild import failed_codes, wild_view

from normalize.numbers import plain
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.tree import Binary, Constant, Group, Node, Operator, Quantity
from validate.rule import REGISTRY

NAMES = (
    "Personas atendidas en el año t",
    "Personas atendidas en el año t-1",
    "Población de 15 años y más",
    "Niñas, niños y adolescentes inscritos",
    "Unidades médicas y/o módulos en operación",
    "Cuotas obrero-patronales",
    "Total de camas censables (TCC)",
    "Médicos(as) especialistas",
    "Superficie por habitante",
    "Presupuesto ejercido (millones de pesos)",
    "Rayos X realizados",
    "Días de estancia",
)
SPELLINGS: dict[str, list[str]] = {
    "+": [" + ", "+", " más "],
    "-": [" - ", " – ", " − "],
    "*": [" x ", " X ", " × ", "*", " * ", " · "],
    "/": [" / ", "/", " ÷ ", " entre "],
}
BRACKETS = [("(", ")"), ("[", "]"), ("{", "}"), ("( ", " )")]

Leaf = Callable[[Node], str]


@dataclass
class Spelled:
    """A ficha that adds up, with what it takes to change it."""

    wild: Wild
    node: Node
    values: dict[int, Fraction]


@st.composite
def shapes(draw: st.DrawFn) -> tuple[Node, int]:
    """A tree over quantities 0 … n-1, every one used, and n."""
    a, b, c, d = (Quantity(index, "") for index in range(4))
    scale = Constant(Fraction(draw(st.sampled_from([100, 1000, 100_000]))), "")
    one = Constant(Fraction(1), "")
    quarter = [Constant(Fraction(share, 100), "") for share in (25, 35, 40)]
    count = draw(st.integers(2, 8))
    total: Node = a
    for index in range(1, count):
        total = Binary("+", total, Quantity(index, ""))
    weighted: Node = Binary("*", quarter[0], a)
    for weight, leaf in zip(quarter[1:], (b, c), strict=True):
        weighted = Binary("+", weighted, Binary("*", weight, leaf))
    known: list[tuple[Node, int]] = [
        (Binary("*", Group(Binary("/", a, b)), scale), 2),
        (Binary("*", Group(Binary("-", Group(Binary("/", a, b)), one)), scale), 2),
        (Binary("*", Group(Binary("/", Group(Binary("-", a, b)), b)), scale), 2),
        (Binary("*", Group(Binary("-", one, Group(Binary("/", a, b)))), scale), 2),
        (Binary("*", Binary("/", Group(Binary("+", a, b)), Group(Binary("+", c, d))), scale), 4),
        (total, count),
        (Binary("/", Group(total), Constant(Fraction(count), "")), count),
        (weighted, 3),
        (Binary("-", Binary("-", a, b), c), 3),
    ]
    if draw(st.booleans()):
        return draw(st.sampled_from(known))
    parts: list[Node] = [a, b, c, d][: draw(st.integers(2, 4))]
    size = len(parts)
    while len(parts) > 1:
        at = draw(st.integers(0, len(parts) - 2))
        operator: Operator = draw(st.sampled_from(["+", "-", "*", "/"]))
        parts[at : at + 2] = [Group(Binary(operator, parts[at], parts[at + 1]))]
    return parts[0], size


def _spell(draw: st.DrawFn, node: Node, leaf: Leaf) -> str:
    match node:
        case Binary(operator, left, right):
            sign = draw(st.sampled_from(SPELLINGS[operator]))
            return f"{_spell(draw, left, leaf)}{sign}{_spell(draw, right, leaf)}"
        case Group(inner, _):
            opening, closing = draw(st.sampled_from(BRACKETS))
            return f"{opening}{_spell(draw, inner, leaf)}{closing}"
        case _:
            return leaf(node)


def _printed(draw: st.DrawFn) -> str:
    """A positive number as printed: a count of two to nine digits, or with one or two decimals."""
    places = draw(st.sampled_from([0, 0, 1, 2]))
    digits = draw(st.integers(2, 7))
    number = draw(st.integers(10 ** (digits - 1) + 1, 10**digits - 1))
    decimals = "." + "".join(draw(st.sampled_from("123456789")) for _ in range(places))
    grouped = f"{number:,}"
    spaced = draw(st.booleans()) and places == 0
    return (grouped.replace(",", " ") if spaced else grouped) + (decimals if places else "")


@st.composite
def spelled(draw: st.DrawFn) -> Spelled:
    node, count = draw(shapes())
    printed = [_printed(draw) for _ in range(count)]
    values = {i: Fraction(t.replace(",", "").replace(" ", "")) for i, t in enumerate(printed)}
    # Equal digits, or digits that differ by a scale only, would hide what is changed.
    bare = {plain(value).replace(".", "").strip("0") for value in values.values()}
    assume(len(bare) == count and not bare & {"1", "25", "35", "4", *map(str, range(2, 9))})
    try:
        result = evaluate(node, values).low
    except EvaluationError:
        assume(False)
    places = draw(st.sampled_from([1, 2, 4]))
    assume(abs(result) * 10**places >= 1000 and abs(result) < 10**12)
    stated = plain(result, places)

    symbols = draw(st.booleans())
    names = list(draw(st.permutations(NAMES)))[:count]
    letters = list(draw(st.permutations(string.ascii_uppercase.replace("X", ""))))[:count]
    codes = [f"P{letter}" for letter in letters] if draw(st.booleans()) else letters

    def of_method(leaf: Node) -> str:
        if isinstance(leaf, Quantity):
            return codes[leaf.index] if symbols else names[leaf.index]
        assert isinstance(leaf, Constant)
        return plain(leaf.value)

    def of_substitution(leaf: Node) -> str:
        return printed[leaf.index] if isinstance(leaf, Quantity) else of_method(leaf)

    method = draw(st.sampled_from(["", "Indicador = ", "Fórmula: "])) + _spell(
        draw, node, of_method
    )
    if symbols:
        mark, gap = draw(st.sampled_from([(" = ", "; "), (": ", ". "), ("=", " ")]))
        legend = gap.join(f"{code}{mark}{name}" for code, name in zip(codes, names, strict=True))
        method += draw(st.sampled_from([" Donde: ", ". donde ", " En donde: "])) + legend
    substitution = (
        draw(st.sampled_from(["", "Indicador = "]))
        + _spell(draw, node, of_substitution)
        + draw(st.sampled_from([" = ", "=", " igual a "]))
        + stated
    )
    variables = tuple(zip(names, printed, strict=True))
    return Spelled(Wild(method, substitution, variables, stated, "Valor"), node, values)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(spelled())
def test_what_adds_up_is_quiet_in_every_spelling(ficha: Spelled) -> None:
    assert failed_codes(ficha.wild) == {}
    view = wild_view(ficha.wild)
    for code in ("CAL01", "CAL02", "CAL03", "CAL04", "CAL08"):
        assert [answer.outcome for answer in REGISTRY[code].ask(view)] == ["passed"]


def _misprint(text: str) -> str:
    """The first digit that is not zero, one up or down: never a matter of rounding."""
    at = next(i for i, sign in enumerate(text) if sign in "123456789")
    return text[:at] + str(int(text[at]) % 9 + 1) + text[at + 1 :]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(spelled(), st.data())
def test_a_changed_digit_is_found_in_every_spelling(ficha: Spelled, data: st.DataObject) -> None:
    wild = ficha.wild
    where = data.draw(st.sampled_from(["variable", "operand", "result", "baseline"]))
    slot = data.draw(st.integers(0, len(wild.variables) - 1))
    name, value = wild.variables[slot]
    method, substitution, variables, baseline = (
        wild.method, wild.substitution, list(wild.variables), wild.baseline,
    )  # fmt: skip
    if where == "variable":
        variables[slot] = (name, _misprint(value))
        fitting = {"CAL03", "CAL04"}
    elif where == "operand":
        at = substitution.index(value)
        substitution = substitution[:at] + _misprint(value) + substitution[at + len(value) :]
        fitting = {"CAL01", "CAL04"}
    elif where == "result":
        at = substitution.rindex(baseline)
        substitution = substitution[:at] + _misprint(baseline)
        fitting = {"CAL01", "CAL02"}
    else:
        baseline = _misprint(baseline)
        fitting = {"CAL02", "CAL03"}
    changed = Wild(method, substitution, tuple(variables), baseline, wild.unit)
    assert fitting & set(failed_codes(changed))
