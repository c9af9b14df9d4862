"""A *sustitución*: its statements, its expression over printed numbers, the result it states.

A substitution may say its numbers first (``PA = 120; PT = 200; …``), repeat the formula, run on
(``a / b = 0.5 x 100 = 50``) and end in a remark. What counts is the one calculation in it and the
number behind its last equals sign; numbers in between are steps that are to be checked as well.

>>> from normalize.numbers import Habits
>>> parse_substitution("(3,400 / 3,620) x 100 = 93.9%", Habits()).result.value
Decimal('93.9')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.numbers import Habits, Number, rounds_to, truncates_to
from validate.formula.legend import plain_scripts, split_legend
from validate.formula.parse import refuse_functions
from validate.formula.scan import FormulaError, check_brackets, scan, split_sides
from validate.formula.statements import (
    Expression,
    Statement,
    packed,
    read_statement,
    split_statements,
    without_inner_names,
)
from validate.formula.tree import Group, Node, Quantity, leaves, quantities, renumber, ungroup

_EQUAL_WORDS = re.compile(r"(?<!o )\b(?:es )?(?:igual a|equivale a)(?=\s*[-$(.\d])|→|⇒")
_LABEL = re.compile(
    r"(?:^|(?<=[;.] ))\s*(?=[^\W\d_]|(?:19|20)\d\d\b)(?:"
    r"(?:[^:=()\[\]{}+*/×÷;\d]|\(?\b\d{1,4}\b(?![,.]\d)\)?){1,80}:\s*"
    r"(?=[(\[{]|\$?\d[\d.,]*\s*[-+*/×÷xX−–])"
    r"|(?:[^\W\d_]+\s){1,8}\(?(?:19|20)\d\d\)?,?\s*(?=[(\[{]))"
)
"""What a calculation is called: ``Línea base 2018: (…``; its digits are a year's."""
_PER = re.compile(
    r"(?P<unit>\d\s*[^\W\d_]{1,12}[23²³]?)\s?/\s?"
    r"(?:s|seg|segundos?|min|hr?|horas?|d|d[ií]as?|mes|año|ha|hab|habitantes?|personas?)\b"
    r"(?!\s*[\d(])",
    re.IGNORECASE,
)
"""A number's unit per another one: the ``/s`` of 137.7 m³/s divides nothing."""
_DATE = re.compile(
    r"\b(?:en|de|del|desde|hasta|para|durante|hacia|ciclo|año)\s+(?:el\s+)?(?:año\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""A year that tells when: ``La línea base se obtendrá en 2021`` states no value."""


@dataclass(frozen=True, slots=True)
class Step:
    """A number or a rewriting on the way: ``node`` over its own ``numbers`` is ``stated``.

    ``rewrites`` tells that the whole calculation is written anew, with some of it worked out.
    """

    node: Node
    numbers: tuple[Number, ...]
    stated: Number
    rewrites: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """An expression over printed numbers, the result that is stated, and the steps between.

    Slot ``i`` of ``node`` is ``numbers[i]``. ``result`` is ``None`` where no result is stated. A
    substitution that is one number states that number as its own result. ``bracketed`` tells that
    the result stands in brackets, which may or may not mean that it is negative; ``repeats``, that
    it is one number and then, behind an equals sign, a number again: ``83 = 83``.
    """

    node: Node
    numbers: tuple[Number, ...]
    result: Number | None
    bracketed: bool = False
    steps: tuple[Step, ...] = ()
    repeats: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is one number and no operation."""
        return isinstance(ungroup(self.node), Quantity)


def parse_substitution(text: str, habits: Habits) -> Substitution:
    """Parse a *sustitución*. Raises :class:`FormulaError` where it cannot be read."""
    plain = _LABEL.sub("", _PER.sub(r"\g<unit>", plain_scripts(text)))
    refuse_functions(plain)
    body, _ = split_legend(_EQUAL_WORDS.sub("=", plain))
    items = without_inner_names(scan(body, habits))
    check_brackets(items)
    statements: list[Statement] = []
    error: FormulaError | None = None
    for sides in split_statements(split_sides(items), body):
        try:
            statement = read_statement(sides, body, habits)
        except FormulaError as problem:
            error = error or problem
            continue
        if statement.expressions or statement.stated:
            statements.append(statement)
    calculating = [statement for statement in statements if statement.calculates]
    if error is not None and not calculating:
        raise error
    if not statements:
        raise FormulaError(
            "la sustitución no contiene números", "the substitution holds no numbers"
        )
    if calculating:
        later = statements[statements.index(calculating[-1]) + 1 :]
        return _composed(
            [_running(s, []) for s in calculating[:-1]], _running(calculating[-1], later)
        )
    if len(statements) > 1:
        raise FormulaError(
            "la sustitución sólo da valores, sin operación",
            "the substitution only gives values, without an operation",
        )
    only = _one_number(statements[0])
    told = {date["year"] for date in _DATE.finditer(body)}
    if only.result is not None and only.result.text in told:
        raise FormulaError("la sustitución sólo dice un año", "the substitution only tells a year")
    return only


def result_alone(text: str, habits: Habits) -> Number | None:
    """The result of a substitution whose expression cannot be read: ``ln(120/100) x 100 = 18.23``.

    ``None`` unless one side holds all other numbers: of several calculations it is not known whose
    result the last number is.
    """
    try:
        items = scan(plain_scripts(text), habits)
        sides = [side for side in split_sides(items) if any(i.kind == "number" for i in side)]
        if len(sides) != 2:
            return None
        last = read_statement(sides[1:], plain_scripts(text), habits)
    except FormulaError:
        return None
    return last.stated[-1][1] if last.stated and not last.expressions else None


def _one_number(statement: Statement) -> Substitution:
    expression = statement.expressions[0] if statement.expressions else None
    if expression is not None and not statement.stated:
        return Substitution(expression.node, expression.numbers, expression.numbers[0])
    number, bracketed = statement.stated[-1][1:]
    first = statement.stated[0][1]
    # More than two are values of several years; a year is what the number is called.
    repeats = len(statement.stated) == 2 and expression is None and not _is_year(first)
    first = first if repeats else number
    node: Node = Quantity(0, first.text)
    numbers: tuple[Number, ...] = (first,)
    if expression is not None:
        node, numbers = expression.node, expression.numbers
    return Substitution(node, numbers, number, bracketed, repeats=repeats)


def _is_year(number: Number) -> bool:
    return len(number.text) == 4 and number.text[:2] in ("19", "20")


def _running(statement: Statement, later: Sequence[Statement]) -> Substitution:
    """One calculation with its steps; ``later`` statements may give its result a name."""
    stated = list(statement.stated)
    count = len(statement.expressions)
    named = [s.stated[-1] for s in later if s.stated and not s.expressions]
    if not any(position == count for position, _, _ in stated) and len(named) == 1:
        stated.append((count, named[0][1], named[0][2]))
    final = next(
        ((number, flag) for position, number, flag in reversed(stated) if position == count), None
    )
    result = final[0] if final else None
    whole = statement.expressions[0]
    steps: list[Step] = []
    for position, expression in enumerate(statement.expressions[1:], start=1):
        continued = _continued(whole, expression)
        if continued is None or not _runs_on(whole, expression, continued, result):
            if result is not None and expression.calculates:
                steps.append(Step(expression.node, expression.numbers, result, rewrites=True))
            continue
        first = expression.numbers[0]
        steps.append(Step(whole.node, whole.numbers, first))
        if result is not None and position == count - 1:
            steps.append(Step(expression.node, expression.numbers, result))
        whole = continued
    for position, number, _ in stated:
        before = statement.expressions[position - 1] if position else None
        if before is not None and (number is not result):
            steps.append(Step(before.node, before.numbers, number))
    return Substitution(
        whole.node, whole.numbers, result, final[1] if final else False, tuple(steps)
    )


def _composed(earlier: Sequence[Substitution], last: Substitution) -> Substitution:
    """Statements that use each other's results as one calculation, each of them a step of it.

    Raises :class:`FormulaError` where a result is not used: the statements are several indicators.
    """
    node, numbers, steps = last.node, list(last.numbers), list(last.steps)
    for part in earlier:
        leaf = next(
            (
                item
                for item in quantities(node)
                if part.result is not None and numbers[item.index].value == part.result.value
            ),
            None,
        )
        if leaf is None or part.result is None:
            raise FormulaError(
                "la sustitución contiene varias operaciones separadas",
                "the substitution holds several separate calculations",
            )
        slots: dict[int, Node] = {
            item.index: Quantity(item.index + len(numbers), item.text)
            for item in quantities(part.node)
        }
        node = renumber(node, {leaf.index: Group(renumber(part.node, slots))})
        numbers += part.numbers
        steps += [*part.steps, Step(part.node, part.numbers, part.result)]
    if not earlier:
        return last
    if last.result is not None:
        steps.append(Step(last.node, last.numbers, last.result))
    expression = packed(node, numbers)
    return Substitution(
        expression.node, expression.numbers, last.result, last.bracketed, tuple(steps)
    )


def _continued(before: Expression, after: Expression) -> Expression | None:
    """``a / b`` and ``0.5 × 100``: the first number stands for what was computed so far."""
    first = next(iter(leaves(after.node)), None)
    if not isinstance(first, Quantity) or not after.calculates:
        return None
    shift = len(before.numbers) - 1
    slots: dict[int, Node] = {
        item.index: Quantity(item.index + shift, item.text) for item in quantities(after.node)
    }
    slots[first.index] = Group(before.node)
    return Expression(renumber(after.node, slots), before.numbers + after.numbers[1:])


def _runs_on(
    before: Expression, after: Expression, continued: Expression, result: Number | None
) -> bool:
    """Whether ``after`` goes on from the value so far, and does not write it all anew."""
    so_far, first = before.value, after.numbers[0]
    if so_far is not None and (rounds_to(so_far, first) or truncates_to(so_far, first)):
        return True
    if result is None or so_far is None or continued.value is None:
        return not before.calculates
    anew, on = abs(result.fraction - so_far), abs(result.fraction - continued.value)
    return on < anew
