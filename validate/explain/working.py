"""A formula's operations one by one, innermost first, as on a sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from normalize.numbers import grouped
from validate.comparison import Evaluated
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.tree import (
    SIGNS,
    Binary,
    Constant,
    Group,
    Mean,
    Negative,
    Node,
    Operator,
    Quantity,
    Root,
    show,
)

MOST_LINES = 30
"""Operations that are written out; a person follows no more."""
DIGITS = 12
"""Significant digits of a value on the way that is not exact."""


def operations(evaluated: Evaluated, node: Node | None = None) -> list[str]:
    """One line per operation: ``48,240 / 35,578,474 ≈ 0.00135587603425``.

    ``node`` is another reading of the formula. Empty where it has no value at its inputs, or more
    operations than anybody follows.
    """
    texts = {index: grouped(n.fraction, n.places) for index, n in evaluated.printed.items()}
    writer = _Writer(texts, evaluated.middles)
    try:
        writer.fold(node or evaluated.node)
    except (EvaluationError, KeyError):
        return []
    return writer.lines if len(writer.lines) <= MOST_LINES else []


def on_the_way(value: Fraction) -> str:
    """An intermediate value: exact where ten decimals do, else to twelve significant digits."""
    exact = grouped(value, 10)
    if Fraction(exact.replace(",", "")) == value:
        return exact.rstrip("0").rstrip(".") if "." in exact else exact
    places, size = DIGITS, abs(value)
    while size >= 1 and places > 2:
        size /= 10
        places -= 1
    while 0 < size < Fraction(1, 10) and places < 3 * DIGITS:
        size *= 10
        places += 1
    return grouped(value, places)


def equals(value: Fraction) -> str:
    """``= 135.64`` where that is exact, ``≈ 0.00135587603425`` where it is not."""
    text = on_the_way(value)
    sign = "=" if Fraction(text.replace(",", "")) == value else "≈"
    return f"{sign} {text.replace('-', '−')}"


class _Writer:
    """Folds a tree to one value and keeps a line for each operation on the way."""

    def __init__(self, texts: Mapping[int, str], values: Mapping[int, Fraction]) -> None:
        self.texts = dict(texts)
        self.values = values
        self.lines: list[str] = []

    def fold(self, node: Node) -> str:
        """The text of the node's value, after writing down how it comes about."""
        match node:
            case Constant() | Quantity():
                return show(node, self.texts)
            case Group(inner, _):
                return self.fold(inner)
            case Negative(inner):
                return _minus(self.fold(inner))
            case Mean(terms):
                listed = " + ".join(_bracketed(self.fold(term)) for term in terms)
                return self._write(f"({listed}) / {len(terms)}", node)
            case Root(inner, degree):
                mark = {2: "√", 3: "∛", 4: "∜"}.get(degree)
                inside = self.fold(inner)
                power = f"{_bracketed(inside)} ^ (1/{degree})"
                return self._write(f"{mark}{_bracketed(inside)}" if mark else power, node)
            case Binary():
                return self._write(self._chain(node), node)

    def _chain(self, node: Binary) -> str:
        """``a + b − c`` and ``a × b × c`` are one operation each."""
        operands, operators = _flat(node)
        text = self.fold(operands[0])
        for operator, operand in zip(operators, operands[1:], strict=True):
            text += f" {SIGNS[operator]} {_bracketed(self.fold(operand))}"
        return text

    def _write(self, text: str, node: Node) -> str:
        value = evaluate(node, self.values).middle
        self.lines.append(f"{text} {equals(value)}")
        return on_the_way(value).replace("-", "−")


def _flat(node: Binary) -> tuple[list[Node], list[Operator]]:
    """Operands and signs of a sum or a product that stands without brackets."""
    alike = {"+": "+-", "-": "+-", "*": "*"}.get(node.operator, "")
    if isinstance(node.left, Binary) and node.left.operator in alike:
        operands, operators = _flat(node.left)
        return [*operands, node.right], [*operators, node.operator]
    return [node.left, node.right], [node.operator]


def _minus(text: str) -> str:
    return text[1:] if text.startswith("−") else f"−{text}"


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text
