"""Which number of a substitution is which stated variable, which a constant, and which neither.

Numbers are matched one to one in printed order. Two numbers are the same when the finer rounds to
the coarser, also where one is printed in thousands or millions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice, permutations, product

from normalize.numbers import Number, printed_agree, rounds_to
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.parse import UNBOUND, Method, Substitution, has_operation
from validate.formula.tree import (
    Binary,
    Constant,
    Node,
    Quantity,
    leaves,
    quantities,
    renumber,
)

SCALES = (10**3, 10**6)
SCALED_DIGITS = 3
"""Significant digits that a rounded number in thousands or millions must keep to be recognised."""

MOST_ASSIGNMENTS = 720
"""So many ways to tell variables of equal value apart are tried (six factorial)."""

PROBES = 6
"""At so many points two functions must coincide to be taken for the same."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The roles of a substitution's numbers.

    ``variables``: number → variable slot; ``constants``: numbers that are constants of the method
    (or a scale); ``foreign``: numbers that are neither; ``unused``: slots that no number stands
    for. ``aligned`` tells that the numbers follow the method's leaves one by one. ``misprint``
    pairs the one foreign number with the one unused variable, where it is so.
    """

    variables: Mapping[int, int]
    constants: frozenset[int]
    foreign: tuple[int, ...]
    unused: tuple[int, ...]
    aligned: bool = False

    @property
    def misprint(self) -> tuple[int, int] | None:
        if len(self.foreign) == 1 and len(self.unused) == 1:
            return self.foreign[0], self.unused[0]
        return None


def same_value(number: Number, variable: Number) -> bool:
    """Whether a substitution's number is a variable's value, as printed or in other units."""
    if number.value is None or variable.value is None:
        return False
    if printed_agree(number, variable):
        return True
    for scale in SCALES:
        for coarse, fine in ((number, variable), (variable, number)):
            scaled = fine.fraction / scale
            if scaled and scaled == coarse.fraction:
                return True
            if _significant(coarse) >= SCALED_DIGITS and rounds_to(scaled, coarse):
                return True
    return False


def _significant(number: Number) -> int:
    return len(str(abs(number.value or 0)).replace(".", "").strip("0"))


def match_numbers(
    substitution: Substitution, variables: Sequence[Number], method: Method | None
) -> Usage:
    """Give every number of the substitution its role. Without a method no constant is known."""
    aligned = _aligned(substitution, variables, method)
    if aligned is not None:
        return aligned
    constants = _constants(method)
    named = _named_slots(method)
    expected = named + [slot for slot in range(len(variables)) if slot not in named]
    free_slots = list(expected)
    free_constants = list(constants)
    roles: dict[int, int] = {}
    fixed: set[int] = set()
    later: list[int] = []
    order = [item.index for item in quantities(substitution.node)]
    bare = substitution.is_bare
    for index in order:
        number = substitution.numbers[index]
        slot = next((s for s in free_slots if same_value(number, variables[s])), None)
        constant = next((c for c in free_constants if c == number.fraction), None)
        is_weight = 0 < abs(number.fraction) < 1
        if slot is not None and (constant is None or (slot in named and not is_weight)):
            roles[index] = slot
            free_slots.remove(slot)
        elif constant is not None:
            fixed.add(index)
            free_constants.remove(constant)
        else:
            later.append(index)
    foreign = []
    for index in later:
        number = substitution.numbers[index]
        again = next((s for s in expected if same_value(number, variables[s])), None)
        if again is not None:
            roles[index] = again
        elif number.fraction in constants or (
            not bare and _is_scale(number.fraction) and _is_implied(number.fraction, constants)
        ):
            fixed.add(index)
        else:
            foreign.append(index)
    unused = tuple(s for s in free_slots if variables[s].value is not None)
    return Usage(roles, frozenset(fixed), tuple(foreign), unused)


def _aligned(
    substitution: Substitution, variables: Sequence[Number], method: Method | None
) -> Usage | None:
    """The roles read off the method, where number for number the two have the same leaves."""
    if method is None:
        return None
    expected = leaves(method.node)
    found = [item.index for item in quantities(substitution.node)]
    if len(expected) != len(found):
        return None
    roles: dict[int, int] = {}
    fixed: set[int] = set()
    for index, leaf in zip(found, expected, strict=True):
        number = substitution.numbers[index]
        if isinstance(leaf, Constant):
            if leaf.value != number.fraction:
                return None
            fixed.add(index)
        elif leaf.index >= UNBOUND or not same_value(number, variables[leaf.index]):
            return None
        else:
            roles[index] = leaf.index
    unused = (
        slot
        for slot, number in enumerate(variables)
        if slot not in roles.values() and number.value is not None
    )
    return Usage(roles, frozenset(fixed), (), tuple(unused), aligned=True)


def _constants(method: Method | None) -> list[Fraction]:
    if method is None:
        return []
    return [item.value for item in leaves(method.node) if isinstance(item, Constant)]


def _named_slots(method: Method | None) -> list[int]:
    """The variables that the method names, in its order."""
    if method is None:
        return []
    found = [item.index for item in quantities(method.node) if item.index < UNBOUND]
    return list(dict.fromkeys(found))


def _is_scale(value: Fraction) -> bool:
    return value in (10, 100, 1000, 10_000, 100_000, 1_000_000)


def _is_implied(value: Fraction, constants: Sequence[Fraction]) -> bool:
    """A × 100 that the method does not write at all is CAL08's business, not a foreign number."""
    return not any(_is_scale(constant) for constant in constants)


def same_function(
    method: Method, substitution: Substitution, usage: Usage, variables: Sequence[Number]
) -> bool | None:
    """Whether method and substitution are one function of the variables; ``None`` if unknowable.

    Compared exactly at several points. Where variables have equal values, any way of telling them
    apart that makes the two coincide counts.
    """
    pairs = dict(usage.variables)
    if usage.misprint is not None:
        pairs[usage.misprint[0]] = usage.misprint[1]
    elif usage.foreign and usage.unused:
        return None
    if not has_operation(substitution.node) and has_operation(method.node):
        return None
    for assignment in _assignments(pairs, variables, usage.aligned):
        slots: dict[int, Node] = {}
        for index, number in enumerate(substitution.numbers):
            if index in assignment:
                slots[index] = _in_units_of(number, variables[assignment[index]], assignment[index])
            else:
                slots[index] = Constant(number.fraction, number.text)
        if _coincide(method.node, renumber(substitution.node, slots), len(variables)):
            return True
    return False


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
    leaf = Quantity(slot, variable.text)
    if printed_agree(number, variable) or number.value is None or variable.value is None:
        return leaf
    for scale in SCALES:
        if rounds_to(variable.fraction / scale, number):
            return Binary("/", leaf, Constant(Fraction(scale), ""))
        if rounds_to(number.fraction / scale, variable):
            return Binary("*", leaf, Constant(Fraction(scale), ""))
    return leaf


def _coincide(first: Node, second: Node, count: int) -> bool:
    compared = 0
    for probe in range(PROBES):
        # Distinct positive rationals without a common scale, the same at every run.
        values = {
            slot: Fraction(
                7 + 3 * slot + 11 * probe + slot * slot * (probe + 1), 2 + (slot + probe) % 5
            )
            for slot in range(count)
        }
        try:
            left, right = evaluate(first, values), evaluate(second, values)
        except (EvaluationError, KeyError):
            continue
        if left.low > right.high or right.low > left.high:
            return False
        compared += 1
    return compared > 0
