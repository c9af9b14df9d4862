"""Whether a method and a substitution are one function of the variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import chain, islice, permutations, product

from normalize.numbers import Number, printed_agree, rounds_to
from validate.formula.evaluate import EvaluationError, Span, evaluate
from validate.formula.parse import UNBOUND, Method, has_operation
from validate.formula.substitution import Substitution
from validate.formula.tree import (
    Binary,
    Constant,
    Group,
    Negative,
    Node,
    Quantity,
    quantities,
    renumber,
)
from validate.formula.usage import SCALES, Usage, unsigned

MOST_ASSIGNMENTS = 720
"""So many ways to tell variables of equal value apart are tried (six factorial)."""

PROBES = 6
"""At so many points two functions must coincide to be taken for the same."""


def same_function(
    method: Method,
    substitution: Substitution,
    usage: Usage,
    variables: Sequence[Number],
    mixes_units: bool = False,
) -> bool | None:
    """Whether method and substitution are one function of the variables; ``None`` if unknowable.

    Compared exactly at several points. Where variables have equal values, any way of telling them
    apart that makes the two coincide counts. Where ``mixes_units``, so do two that differ by 10³ or
    10⁶: a substitution may turn thousands of pesos into pesos on the way.
    """
    pairs = dict(usage.variables)
    if usage.misprint is not None:
        pairs[usage.misprint[0]] = usage.misprint[1]
    elif usage.foreign and usage.unused:
        return None
    if not has_operation(substitution.node) and has_operation(method.node):
        return None
    probes = [
        _probed(scaled, len(variables))
        for node in _with_shares(method.node, variables)
        for scaled in ([node, *_in_other_units(node)] if mixes_units else [node])
    ]
    for assignment in _assignments(pairs, variables, usage.aligned):
        slots: dict[int, Node] = {}
        for index, number in enumerate(substitution.numbers):
            if index in usage.parts:
                slots[index] = Group(usage.parts[index])
            elif index in assignment:
                slots[index] = _in_units_of(number, variables[assignment[index]], assignment[index])
            else:
                slots[index] = Constant(number.fraction, number.text)
        written = renumber(substitution.node, slots)
        if any(_coincide(points, written) for points in probes):
            return True
    return False


def _with_shares(node: Node, variables: Sequence[Number]) -> Iterator[Node]:
    """The method, and the method where a variable printed as 45 % is 0.45."""
    yield node
    hundred = Constant(Fraction(100), "100")
    slots: dict[int, Node] = {
        item.index: Binary("/", item, hundred)
        for item in quantities(node)
        if item.index < UNBOUND and variables[item.index].percent
    }
    if slots:
        yield renumber(node, slots)


def _in_other_units(node: Node) -> Iterator[Node]:
    for scale in SCALES:
        constant = Constant(Fraction(scale), f"{scale:,}")
        yield Binary("*", Group(node), constant)
        yield Binary("/", Group(node), constant)


def _assignments(
    pairs: Mapping[int, int], variables: Sequence[Number], aligned: bool
) -> Iterator[dict[int, int]]:
    """The pairs, then the other ways to tell numbers of equal value apart, up to a bound.

    Variables of equal value may be exchanged. Where the numbers do not simply follow the method,
    one that stands more often than its variable may be a constant (the 3 of a mean over three).
    """
    yield dict(pairs)
    groups: dict[Fraction, list[int]] = {}
    for index, slot in pairs.items():
        groups.setdefault(variables[slot].fraction, []).append(index)
    twins = [group for group in groups.values() if len(group) > 1]
    exchanges = product(*(permutations([pairs[i] for i in group]) for group in twins))
    constants = product(*(product({pairs[i] for i in group} | {None}, repeat=len(group))
                          for group in twins))  # fmt: skip
    ways = exchanges if aligned else chain(exchanges, constants)
    for chosen in islice(ways, MOST_ASSIGNMENTS):
        swapped = dict(pairs)
        for group, slots in zip(twins, chosen, strict=True):
            for index, chosen_slot in zip(group, slots, strict=True):
                if chosen_slot is None:
                    swapped.pop(index)
                else:
                    swapped[index] = chosen_slot
        yield swapped


def _in_units_of(number: Number, variable: Number, slot: int) -> Node:
    """The variable, divided by 10³ or 10⁶ where the substitution prints it in those units."""
    leaf: Node = Quantity(slot, variable.text)
    if number.value == variable.value:
        return leaf
    if number.value is not None and variable.value is not None:
        if number.value * variable.value < 0:
            leaf = Negative(leaf)
        number, variable = unsigned(number), unsigned(variable)
    if printed_agree(number, variable) or number.value is None or variable.value is None:
        return leaf
    for scale in SCALES:
        if rounds_to(variable.fraction / scale, number):
            return Binary("/", leaf, Constant(Fraction(scale), ""))
        if rounds_to(number.fraction / scale, variable):
            return Binary("*", leaf, Constant(Fraction(scale), ""))
    return leaf


def _probed(node: Node, count: int) -> list[tuple[dict[int, Fraction], Span]]:
    """The tree's values at points: distinct positive rationals, the same at every run."""
    found = []
    for probe in range(PROBES):
        values = {
            slot: Fraction(
                7 + 3 * slot + 11 * probe + slot * slot * (probe + 1), 2 + (slot + probe) % 5
            )
            for slot in range(count)
        }
        with suppress(EvaluationError, KeyError):
            found.append((values, evaluate(node, values)))
    return found


def _coincide(probes: Sequence[tuple[dict[int, Fraction], Span]], node: Node) -> bool:
    compared = 0
    for values, first in probes:
        try:
            second = evaluate(node, values)
        except (EvaluationError, KeyError):
            continue
        if not first.meets(*second):
            return False
        compared += 1
    return compared > 0
