"""The tree of a formula: constants, quantities and the operations between them.

A *quantity* is what a number in the document stands for and may be uncertain by its rounding; a
*constant* (``100``, a weight) is exact. Brackets stay in the tree, since where they stand is what
the readings of a formula are about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from normalize.numbers import grouped

Operator = Literal["+", "-", "*", "/", "^"]

SIGNS: dict[str, str] = {"+": "+", "-": "−", "*": "×", "/": "/", "^": "^"}
STRENGTH: dict[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is exact by its role. ``text`` is as printed; ``percent`` if a % follows."""

    value: Fraction
    text: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A leaf that takes its value from outside: slot ``index`` of the environment.

    In a method the slots are the stated variables; in a substitution, the printed numbers.
    ``text`` is the phrase or the number as printed.
    """

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Negative:
    inner: Node


@dataclass(frozen=True, slots=True)
class Binary:
    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Root:
    """The ``degree``-th root."""

    inner: Node
    degree: int = 2


@dataclass(frozen=True, slots=True)
class Mean:
    """The arithmetic mean of its terms."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A printed pair of brackets. ``condition`` is a trailing ``≤ 10``, kept as text."""

    inner: Node
    condition: str = ""


Node = Constant | Quantity | Negative | Binary | Root | Mean | Group


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node, left to right."""
    match node:
        case Binary(_, left, right):
            return (left, right)
        case Negative(inner) | Root(inner, _) | Group(inner, _):
            return (inner,)
        case Mean(terms):
            return terms
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def leaves(node: Node) -> list[Constant | Quantity]:
    """Constants and quantities in the order in which they are printed."""
    return [item for item in walk(node) if isinstance(item, Constant | Quantity)]


def quantities(node: Node) -> list[Quantity]:
    """The quantities in printed order, repeated ones repeated."""
    return [item for item in leaves(node) if isinstance(item, Quantity)]


def ungroup(node: Node) -> Node:
    """The node without the brackets around it."""
    while isinstance(node, Group):
        node = node.inner
    return node


def replace(node: Node, old: Node, new: Node) -> Node:
    """The tree with one node (by identity) replaced."""
    if node is old:
        return new
    match node:
        case Binary(operator, left, right):
            return Binary(operator, replace(left, old, new), replace(right, old, new))
        case Negative(inner):
            return Negative(replace(inner, old, new))
        case Root(inner, degree):
            return Root(replace(inner, old, new), degree)
        case Group(inner, condition):
            return Group(replace(inner, old, new), condition)
        case Mean(terms):
            return Mean(tuple(replace(term, old, new) for term in terms))
        case _:
            return node


def renumber(node: Node, slots: dict[int, Node]) -> Node:
    """The tree with each quantity replaced by what ``slots`` holds for its index, if anything."""
    match node:
        case Quantity(index, _):
            return slots.get(index, node)
        case Binary(operator, left, right):
            return Binary(operator, renumber(left, slots), renumber(right, slots))
        case Negative(inner):
            return Negative(renumber(inner, slots))
        case Root(inner, degree):
            return Root(renumber(inner, slots), degree)
        case Group(inner, condition):
            return Group(renumber(inner, slots), condition)
        case Mean(terms):
            return Mean(tuple(renumber(term, slots) for term in terms))
        case _:
            return node


def strength(node: Node) -> int:
    """How tightly a node binds when it is written out; leaves and functions bind most."""
    match node:
        case Binary(operator, _, _):
            return STRENGTH[operator]
        case Negative(_):
            return 1
        case _:
            return 9


def show(node: Node, values: dict[int, str] | None = None) -> str:
    """Write the tree out with every bracket that its meaning needs, and those that were printed.

    ``values`` gives the text for a quantity's slot; without it the quantity's own text stands.
    """
    match node:
        case Constant(value, text, percent):
            # "100, 000" is written as one number where a formula is shown.
            return (text.replace(" ", "") or grouped(value)) + "%" * percent
        case Quantity(index, text):
            return (values or {}).get(index, text)
        case Group(inner, _):
            return f"({show(inner, values)})"
        case Negative(inner):
            return "−" + _wrapped(inner, 3, values)
        case Root(inner, degree):
            mark = {2: "√", 3: "∛", 4: "∜"}.get(degree, f"raíz {degree} de ")
            return f"{mark}({show(ungroup(inner), values)})"
        case Mean(terms):
            return "promedio(" + "; ".join(show(term, values) for term in terms) + ")"
        case Binary(operator, left, right):
            force = STRENGTH[operator]
            # The right side of - and / needs brackets already at equal strength.
            return (
                f"{_wrapped(left, force, values)} {SIGNS[operator]} "
                f"{_wrapped(right, force + (operator in '-/^'), values)}"
            )


def _wrapped(node: Node, at_least: int, values: dict[int, str] | None) -> str:
    text = show(node, values)
    return text if strength(node) >= at_least else f"({text})"
