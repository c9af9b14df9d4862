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
from fractions import Fraction
from itertools import pairwise

from normalize.numbers import Habits, Number, parse_number, rounds_to, truncates_to
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.legend import plain_scripts, split_legend, trim
from validate.formula.operands import Token, tokenizations
from validate.formula.parse import ToTree, build, has_operation
from validate.formula.scan import FormulaError, Item, check_brackets, scan, split_sides
from validate.formula.signs import WORD_SIGNS
from validate.formula.tree import Group, Node, Quantity, leaves, quantities, renumber, ungroup

_EQUAL_WORDS = re.compile(r"(?<!o )\b(?:es )?(?:igual a|equivale a)(?=\s*[-$(.\d])|→|⇒")
_YEARS = re.compile(r"\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b")
_SYMBOL = re.compile(r"[A-ZÁÉÍÓÚÑ][\w]{0,14}")


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
    the result stands in brackets, which may or may not mean that it is negative.
    """

    node: Node
    numbers: tuple[Number, ...]
    result: Number | None
    bracketed: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether it is one number and no operation."""
        return isinstance(ungroup(self.node), Quantity)


@dataclass(frozen=True, slots=True)
class _Expression:
    node: Node
    numbers: tuple[Number, ...]

    @property
    def calculates(self) -> bool:
        return has_operation(self.node)

    @property
    def value(self) -> Fraction | None:
        try:
            span = evaluate(self.node, {i: n.fraction for i, n in enumerate(self.numbers)})
        except EvaluationError:
            return None
        return span.middle


@dataclass(frozen=True, slots=True)
class _Statement:
    """``label = expression = expression = number``, as far as it is there."""

    expressions: tuple[_Expression, ...]
    stated: tuple[tuple[int, Number, bool], ...]
    """Numbers alone: behind how many expressions, which, and whether in brackets."""

    @property
    def calculates(self) -> bool:
        return any(expression.calculates for expression in self.expressions)


def parse_substitution(text: str, habits: Habits) -> Substitution:
    """Parse a *sustitución*. Raises :class:`FormulaError` where it cannot be read."""
    body, _ = split_legend(_EQUAL_WORDS.sub("=", plain_scripts(text)))
    items = _without_inner_names(scan(body, habits))
    check_brackets(items)
    statements: list[_Statement] = []
    error: FormulaError | None = None
    for sides in _split_statements(split_sides(items), body):
        try:
            statement = _read_statement(sides, body, habits)
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
    return _one_number(statements[0])


def _one_number(statement: _Statement) -> Substitution:
    expression = statement.expressions[0] if statement.expressions else None
    if expression is not None and not statement.stated:
        return Substitution(expression.node, expression.numbers, expression.numbers[0])
    number, bracketed = statement.stated[-1][1:]
    node: Node = Quantity(0, number.text)
    numbers: tuple[Number, ...] = (number,)
    if expression is not None:
        node, numbers = expression.node, expression.numbers
    return Substitution(node, numbers, number, bracketed)


def _running(statement: _Statement, later: Sequence[_Statement]) -> Substitution:
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
    expression = _packed(node, numbers)
    return Substitution(
        expression.node, expression.numbers, last.result, last.bracketed, tuple(steps)
    )


def _packed(node: Node, numbers: Sequence[Number]) -> _Expression:
    """The expression over the numbers that it uses, in their printed order."""
    order = list(dict.fromkeys(item.index for item in quantities(node)))
    slots: dict[int, Node] = {
        item.index: Quantity(order.index(item.index), item.text) for item in quantities(node)
    }
    return _Expression(renumber(node, slots), tuple(numbers[index] for index in order))


def _continued(before: _Expression, after: _Expression) -> _Expression | None:
    """``a / b`` and ``0.5 × 100``: the first number stands for what was computed so far."""
    first = next(iter(leaves(after.node)), None)
    if not isinstance(first, Quantity) or not after.calculates:
        return None
    shift = len(before.numbers) - 1
    slots: dict[int, Node] = {
        item.index: Quantity(item.index + shift, item.text) for item in quantities(after.node)
    }
    slots[first.index] = Group(before.node)
    return _Expression(renumber(after.node, slots), before.numbers + after.numbers[1:])


def _runs_on(
    before: _Expression, after: _Expression, continued: _Expression, result: Number | None
) -> bool:
    """Whether ``after`` goes on from the value so far, and does not write it all anew."""
    so_far, first = before.value, after.numbers[0]
    if so_far is not None and (rounds_to(so_far, first) or truncates_to(so_far, first)):
        return True
    if result is None or so_far is None or continued.value is None:
        return not before.calculates
    anew, on = abs(result.fraction - so_far), abs(result.fraction - continued.value)
    return on < anew


# --- statements and their sides -------------------------------------------------------------------


def _without_inner_names(items: list[Item]) -> list[Item]:
    """``(PA = 120 / PT = 200)``: inside brackets a name and its equals sign fall away."""
    kept: list[Item] = []
    depth = 0
    for item in items:
        depth += (item.kind == "open") - (item.kind == "close")
        if item.kind == "equal" and depth:
            while kept and kept[-1].kind == "word":
                kept.pop()
            continue
        kept.append(item)
    return kept


def _split_statements(sides: list[list[Item]], text: str) -> list[list[list[Item]]]:
    """Sides to statements: at a semicolon, and where a number is followed by the next label."""
    statements: list[list[list[Item]]] = [[]]
    for position, side in enumerate(sides):
        last = position == len(sides) - 1
        pieces = _pieces(side, is_first=position == 0, is_last=last)
        for number, piece in enumerate(pieces):
            if number:
                statements.append([])
            statements[-1].append(piece)
    return [[side for side in sides if side] for sides in statements]


def _pieces(side: list[Item], is_first: bool, is_last: bool) -> list[list[Item]]:
    pieces: list[list[Item]] = [[]]
    for item in side:
        if item.kind == "stop" and item.text == ";":
            pieces.append([])
        else:
            pieces[-1].append(item)
    if is_first:
        return pieces
    head = pieces[0]
    if len(pieces) == 1 and not is_last and (cut := _label_start(head)):
        return [head[:cut], head[cut:]]
    if (cut := _second_start(head)) and cut < len(head):
        return [head[:cut], head[cut:], *pieces[1:]]
    return pieces


def _label_start(side: Sequence[Item]) -> int:
    """Where, behind a number, the label of the next statement begins; 0 where none does."""
    if not side or side[0].kind != "number":
        return 0
    at = 1 + (len(side) > 1 and side[1].kind == "percent")
    rest = side[at:]
    if rest and rest[0].kind in ("comma", "stop"):
        rest = rest[1:]
    elif len(rest) != 1 or not _SYMBOL.fullmatch(rest[0].text):
        return 0
    if rest and all(item.kind in ("word", "number", "percent", "sign") for item in rest):
        return at
    return 0


def _second_start(side: Sequence[Item]) -> int:
    """Where, behind a result, the next bracketed calculation begins: ``= 5.3 (188,464 / …``."""
    if len(side) < 4 or side[0].kind != "number" or side[1].kind != "open":
        return 0
    apart = side[1].start > side[0].end
    return 1 if apart and any(item.kind == "sign" for item in side[2:]) else 0


def _read_statement(sides: Sequence[Sequence[Item]], text: str, habits: Habits) -> _Statement:
    expressions: list[_Expression] = []
    stated: list[tuple[int, Number, bool]] = []
    error: FormulaError | None = None
    for position, side in enumerate(sides):
        last = position == len(sides) - 1
        number = _number_alone(side, text, habits, is_first=position == 0)
        if number is not None:
            bracketed = side[0].kind == "open" and (number.value or 0) < 0
            stated.append((len(expressions), number, bracketed))
            continue
        if not last and _is_label(side, text):
            continue
        try:
            expression = _expression(side, text, habits)
        except FormulaError as problem:
            error = error or problem  # a label with signs in it, or the formula once more
            continue
        if expression is not None:
            expressions.append(expression)
    if error is not None and not any(item.calculates for item in expressions) and not stated:
        raise error
    if error is not None and not expressions and len(sides) > 1:
        raise error
    return _Statement(tuple(expressions), tuple(stated))


def _number_alone(side: Sequence[Item], text: str, habits: Habits, is_first: bool) -> Number | None:
    """The number that a side is, with its unit or a remark behind it but no operation."""
    number = parse_number(trim(text[side[0].start : side[-1].end]), habits)
    if number.value is not None:
        return number
    at = 1 if side[0].kind == "sign" and side[0].value == "-" and len(side) > 1 else 0
    if side[at].kind != "number" or len(side) == at + 1:
        return None
    end = at + 1 + (side[at + 1].kind == "percent")
    rest = side[end:]
    signs = [item for item in rest if item.kind == "sign"]
    if not rest or (signs and (is_first or rest[0].kind not in ("word", "stop"))):
        return None
    if rest[0].kind not in ("word", "stop", "comma", "open"):
        return None
    if _operates_in_words(rest):
        return None
    if rest[0].kind == "open" and not all(
        item.kind in ("word", "comma", "stop", "close") for item in rest[1:]
    ):
        return None
    number = parse_number(text[side[0].start : side[end - 1].end], habits)
    return number if number.value is not None else None


def _operates_in_words(items: Sequence[Item]) -> bool:
    """Whether a word is an operator: "entre 84", "menos (…)", "multiplicado por 100"."""
    return any(
        item.text in WORD_SIGNS and following.kind in ("number", "open")
        for item, following in pairwise(items)
    )


def _is_label(side: Sequence[Item], text: str) -> bool:
    """Words with at most years or a lone number: what stands before the first equals sign."""
    printed = _YEARS.sub(" ", text[side[0].start : side[-1].end])
    if _operates_in_words(side) or not any(item.kind == "word" for item in side):
        return False
    if printed != text[side[0].start : side[-1].end]:
        return not re.search(r"\d\s*[+*/×÷]|[+*/×÷]\s*\d", printed)
    return not any(item.kind == "sign" for item in side)


def _expression(side: Sequence[Item], text: str, habits: Habits) -> _Expression | None:
    """The tree of one side, or ``None`` for a side of words alone."""
    if not any(item.kind == "number" for item in side):
        return None
    _, tokens = next(iter(tokenizations(side, text, "substitution", (), habits)))
    builder = ToTree("substitution")
    node, _ = build(_without_names(tokens), "substitution", builder)
    return _packed(node, builder.numbers)


def _without_names(tokens: list[Token]) -> list[Token]:
    """Drop the name printed before a bracketed number: "Médicos (3,400) / UMR (3,620)"."""
    return [
        token
        for index, token in enumerate(tokens)
        if not (
            token.kind == "PHRASE" and index + 1 < len(tokens) and tokens[index + 1].kind == "LPAR"
        )
    ]
