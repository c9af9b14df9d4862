"""The weights of a weighted sum, where every term has one."""

from __future__ import annotations

from fractions import Fraction

from validate.formula.tree import Binary, Constant, Group, Node, Quantity, ungroup


def weights(node: Node) -> list[Fraction] | None:
    """The weight of each term, or ``None`` where the formula is no weighted sum.

    A weighted sum has at least two terms, each a product that holds exactly one constant below one
    or in per cent, and at least one quantity. A scale (× 100), for the whole sum or for a term, is
    no weight.
    """
    terms = _terms(_without_scale(ungroup(node)))
    if len(terms) < 2:
        return None
    found = [_weight(term) for term in terms]
    known = [weight for weight in found if weight is not None]
    return known if len(known) == len(found) else None


def _without_scale(node: Node) -> Node:
    """What a × 100 (or a division by one) stands around, if that is a sum in brackets."""
    if isinstance(node, Binary) and node.operator in "*/":
        for inner, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(ungroup(other), Constant) and isinstance(inner, Group):
                inside = ungroup(inner)
                if isinstance(inside, Binary) and inside.operator == "+":
                    return inside
    return node


def _terms(node: Node) -> list[Node]:
    node = ungroup(node)
    if isinstance(node, Binary) and node.operator == "+":
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _weight(term: Node) -> Fraction | None:
    factors = _factors(term)
    if factors is None:
        return None
    candidates = [
        factor.value / 100 if factor.percent else factor.value
        for factor in factors
        if isinstance(factor, Constant) and (factor.percent or 0 < factor.value < 1)
    ]
    has_quantity = any(not isinstance(factor, Constant) for factor in factors)
    return candidates[0] if len(candidates) == 1 and has_quantity else None


def _factors(term: Node) -> list[Node] | None:
    """The factors of a product; a quotient of quantities counts as one factor."""
    term = ungroup(term)
    match term:
        case Binary("*", left, right):
            first, second = _factors(left), _factors(right)
            return None if first is None or second is None else first + second
        case Constant() | Quantity() | Binary("/", _, _):
            return [term]
        case _:
            return None
