"""The statements of a *sustitución*: which words are labels, which numbers results.

``PA = 120; PT = 200; PC = (120 / 200) x 100 = 60%. Fuente: …`` is three statements; the last has a
label, one expression, and a number alone that is its result, with a remark behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from normalize.numbers import Habits, Number, parse_number
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.legend import trim
from validate.formula.operands import Token, tokenizations
from validate.formula.parse import ToTree, build, has_operation
from validate.formula.scan import FormulaError, Item
from validate.formula.signs import WORD_SIGNS
from validate.formula.tree import Node, Quantity, quantities, renumber

_YEARS = re.compile(r"\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b")
_SYMBOL = re.compile(r"[A-ZÁÉÍÓÚÑ][\w]{0,14}")


@dataclass(frozen=True, slots=True)
class Expression:
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
class Statement:
    """``label = expression = expression = number``, as far as it is there."""

    expressions: tuple[Expression, ...]
    stated: tuple[tuple[int, Number, bool], ...]
    """Numbers alone: behind how many expressions, which, and whether in brackets."""

    @property
    def calculates(self) -> bool:
        return any(expression.calculates for expression in self.expressions)


def without_inner_names(items: list[Item]) -> list[Item]:
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


def split_statements(sides: list[list[Item]], text: str) -> list[list[list[Item]]]:
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


def read_statement(sides: Sequence[Sequence[Item]], text: str, habits: Habits) -> Statement:
    expressions: list[Expression] = []
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
    return Statement(tuple(expressions), tuple(stated))


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
    if rest[0].kind == "open" and not (
        all(item.kind in ("word", "comma", "stop", "close") for item in rest[1:]) or _is_aside(rest)
    ):
        return None
    number = parse_number(text[side[0].start : side[end - 1].end], habits)
    return number if number.value is not None else None


def _is_aside(items: Sequence[Item]) -> bool:
    """``(2018)``, ``(27%)`` behind a result: its year, or it once more; 100 % multiplies."""
    inside = items[1:-1]
    if not inside or items[-1].kind != "close" or inside[0].number is None:
        return False
    if len(inside) == 1:
        return len(inside[0].text) == 4 and inside[0].text[:2] in ("19", "20")
    return len(inside) == 2 and inside[1].kind == "percent" and inside[0].text != "100"


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


def _expression(side: Sequence[Item], text: str, habits: Habits) -> Expression | None:
    """The tree of one side, or ``None`` for a side of words alone."""
    if not any(item.kind == "number" for item in side):
        return None
    _, tokens = next(iter(tokenizations(side, text, "substitution", (), habits)))
    builder = ToTree("substitution")
    node, _ = build(_without_names(tokens), "substitution", builder)
    return packed(node, builder.numbers)


def _without_names(tokens: list[Token]) -> list[Token]:
    """Drop the name printed before a bracketed number: "Médicos (3,400) / UMR (3,620)"."""
    return [
        token
        for index, token in enumerate(tokens)
        if not (
            token.kind == "PHRASE" and index + 1 < len(tokens) and tokens[index + 1].kind == "LPAR"
        )
    ]


def packed(node: Node, numbers: Sequence[Number]) -> Expression:
    """The expression over the numbers that it uses, in their printed order."""
    order = list(dict.fromkeys(item.index for item in quantities(node)))
    slots: dict[int, Node] = {
        item.index: Quantity(order.index(item.index), item.text) for item in quantities(node)
    }
    return Expression(renumber(node, slots), tuple(numbers[index] for index in order))
