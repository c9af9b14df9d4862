"""The other readings that a person could have meant by a formula.

The usual precedence comes first everywhere in Cuadra; this module is asked only when it does not
give the stated value. The readings are those that people really mean when they leave a bracket
out, from the likeliest on: a last ``× 100`` for the whole expression before it, a ``− 1`` that
stands behind its ``× 100``, a fraction bar that was flattened to ``/``, and plain left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.tree import (
    Binary,
    Constant,
    Group,
    Node,
    Operator,
    Quantity,
    replace,
    walk,
)

IsScale = Callable[[Node], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """A tree that departs from the usual precedence, and how, in both languages."""

    node: Node
    how_es: str
    how_en: str


@dataclass(frozen=True, slots=True)
class _Chain:
    """What stands at one level of brackets, in printed order: a op b op c …"""

    operands: tuple[Node, ...]
    operators: tuple[Operator, ...]


def readings(node: Node, values: Mapping[int, Fraction]) -> Iterator[Reading]:
    """Yield the readings that differ in value from the usual one, each value once.

    ``values`` are the exact inputs by slot; they tell which leaf is a scale (10, 100, 1000 …) and
    which readings come to the same. A reading that cannot be evaluated is passed over.
    """

    def is_scale(leaf: Node) -> bool:
        return _is_power_of_ten(_leaf_value(leaf, values))

    seen = set()
    with suppress(EvaluationError):
        seen.add(evaluate(node, values))
    for level in _levels(node):
        chain = _flatten(level)
        if len(chain.operands) < 2:
            continue
        for other in _regroupings(chain, is_scale):
            tree = replace(node, level, other.node)
            try:
                value = evaluate(tree, values)
            except EvaluationError:
                continue
            if value not in seen:
                seen.add(value)
                yield Reading(tree, other.how_es, other.how_en)


def _levels(node: Node) -> list[Node]:
    """The whole formula, then what stands inside each pair of brackets."""
    return [node] + [
        item.inner for item in walk(node) if isinstance(item, Group) and item.inner is not node
    ]


def _flatten(node: Node) -> _Chain:
    match node:
        case Binary("+" | "-" | "*" | "/" as operator, left, right):
            first, second = _flatten(left), _flatten(right)
            return _Chain(
                first.operands + second.operands,
                (*first.operators, operator, *second.operators),
            )
        case _:
            return _Chain((node,), ())


def _build(operands: tuple[Node, ...], operators: tuple[Operator, ...]) -> Node:
    """Put a chain together by the usual precedence."""
    terms: list[Node] = [operands[0]]
    signs: list[Operator] = []
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator in "*/":
            terms[-1] = Binary(operator, terms[-1], operand)
        else:
            signs.append(operator)
            terms.append(operand)
    node = terms[0]
    for operator, term in zip(signs, terms[1:], strict=True):
        node = Binary(operator, node, term)
    return node


def _regroupings(chain: _Chain, is_scale: IsScale) -> Iterator[Reading]:
    operands, operators = chain.operands, chain.operators
    last = len(operators) - 1
    if last >= 1 and operators[last] == "*" and is_scale(operands[-1]):
        yield Reading(
            Binary("*", _grouped(operands[:-1], operators[:-1]), operands[-1]),
            "el último factor multiplica toda la expresión",
            "the last factor multiplies the whole expression",
        )
    if (
        last >= 2
        and operators[last] in "+-"
        and operators[last - 1] == "*"
        and is_scale(operands[-2])
        and isinstance(operands[-1], Constant | Quantity)
    ):
        inner = _grouped((*operands[:-2], operands[-1]), (*operators[:-2], operators[last]))
        yield Reading(
            Binary("*", inner, operands[-2]),
            "el último término va antes de multiplicar",
            "the last term belongs before the multiplication",
        )
    for at, operator in enumerate(operators):
        if operator != "/":
            continue
        scaled = last > at and operators[last] == "*" and is_scale(operands[-1])
        end = len(operands) - 1 if scaled else len(operands)
        above, below = operands[: at + 1], operands[at + 1 : end]
        bar = "la diagonal divide todo lo que está antes entre lo que sigue"
        bar_en = "the slash divides all that stands before it by what follows"
        if len(above) > 1:
            left = _grouped(above, operators[:at])
            rest = (left, *operands[at + 1 :])
            yield Reading(_build(rest, operators[at:]), bar, bar_en)
        if len(below) > 1:
            right = _grouped(below, operators[at + 1 : end - 1])
            for numerator in (above, (_grouped(above, operators[:at]),) if len(above) > 1 else ()):
                if not numerator:
                    continue
                signs = operators[:at] if len(numerator) > 1 else ()
                tail: tuple[Node, ...] = (operands[-1],) if scaled else ()
                tail_signs: tuple[Operator, ...] = ("*",) if scaled else ()
                yield Reading(
                    _build((*numerator, right, *tail), (*signs, "/", *tail_signs)), bar, bar_en
                )
    node = operands[0]
    for operator, operand in zip(operators, operands[1:], strict=True):
        node = Binary(operator, node, operand)
    yield Reading(
        node,
        "las operaciones se hacen de izquierda a derecha, sin precedencia",
        "the operations are done from left to right, without precedence",
    )


def _grouped(operands: tuple[Node, ...], operators: tuple[Operator, ...]) -> Node:
    node = _build(operands, operators)
    return Group(node) if len(operands) > 1 else node


def _leaf_value(node: Node, values: Mapping[int, Fraction]) -> Fraction | None:
    match node:
        case Constant(value, _, percent):
            return None if percent else value
        case Quantity(index, _):
            return values.get(index)
        case Group(inner, _):
            return _leaf_value(inner, values)
        case _:
            return None


def _is_power_of_ten(value: Fraction | None) -> bool:
    if value is None or value.denominator != 1 or value < 10:
        return False
    digits = str(value.numerator)
    return digits[0] == "1" and set(digits[1:]) == {"0"}
