"""Which number of a substitution is which stated variable, which a constant, and which neither.

Numbers are matched one to one in printed order. Two numbers are the same when the finer rounds to
the coarser, also where one is printed in thousands or millions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, islice, permutations, product

from normalize.numbers import Number, find_numbers, printed_agree, rounds_to
from validate.formula.evaluate import EvaluationError, Span, evaluate
from validate.formula.parse import UNBOUND, Method, has_operation
from validate.formula.substitution import Substitution
from validate.formula.tree import (
    Binary,
    Constant,
    Group,
    Mean,
    Negative,
    Node,
    Quantity,
    Root,
    leaves,
    quantities,
    renumber,
    walk,
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
    for; ``parts``: numbers that are a part of the method worked out beforehand. ``aligned`` tells
    that the numbers follow the method's leaves one by one. ``misprint`` pairs the one foreign
    number with the one unused variable, where it is so.
    """

    variables: Mapping[int, int]
    constants: frozenset[int]
    foreign: tuple[int, ...]
    unused: tuple[int, ...]
    aligned: bool = False
    parts: Mapping[int, Node] = field(default_factory=dict)

    @property
    def misprint(self) -> tuple[int, int] | None:
        if len(self.foreign) == 1 and len(self.unused) == 1:
            return self.foreign[0], self.unused[0]
        return None


def same_value(number: Number, variable: Number) -> bool:
    """Whether a substitution's number is a variable's value, as printed or in other units."""
    if number.value is None or variable.value is None:
        return False
    if number.value == variable.value:
        return True
    number, variable = _unsigned(number), _unsigned(variable)
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


def _unsigned(number: Number) -> Number:
    """A negative variable may be subtracted as a positive number: 100 + −20 is 100 − 20."""
    if number.value is None or number.value >= 0:
        return number
    return replace(number, value=number.value.copy_abs())


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
    powers = _powers(substitution, constants)
    for index in order:
        if index in powers:
            fixed.add(index)
            continue
        number = substitution.numbers[index]
        slot = next((s for s in free_slots if same_value(number, variables[s])), None)
        constant = next((c for c in free_constants if c == number.fraction), None)
        if slot is not None and (
            constant is None
            or (
                # A constant to the digit goes before a variable that only rounds to the number.
                variables[slot].fraction == number.fraction
                and slot in named
                and not 0 < abs(number.fraction) < 1
            )
        ):
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
    unused = _left_out(substitution, free_slots, variables, named)
    parts = _worked_out(substitution, foreign, unused, variables, method)
    covered = {item.index for part in parts.values() for item in quantities(part)}
    return Usage(
        roles,
        frozenset(fixed),
        tuple(index for index in foreign if index not in parts),
        tuple(sorted(slot for slot in unused if slot not in covered)),
        parts=parts,
    )


def _worked_out(
    substitution: Substitution,
    foreign: Sequence[int],
    unused: Sequence[int],
    variables: Sequence[Number],
    method: Method | None,
) -> dict[int, Node]:
    """Foreign numbers that are a part of the method with its variables: a sum done beforehand."""
    if method is None or not foreign or not unused or not method.bound:
        return {}
    values = {s: n.fraction for s, n in enumerate(variables) if n.value is not None}
    found: dict[int, Node] = {}
    free = set(unused)
    for part in walk(method.node):
        slots = {item.index for item in quantities(part)}
        if not isinstance(part, Binary) or not slots or not slots <= free:
            continue
        try:
            value = evaluate(part, values).middle
        except EvaluationError:
            continue
        for index in foreign:
            number = substitution.numbers[index]
            if index not in found and _significant(number) >= 2 and rounds_to(value, number):
                found[index] = part
                free -= slots
                break
    return found


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
    free = [slot for slot in range(len(variables)) if slot not in roles.values()]
    unused = _left_out(substitution, free, variables, _named_slots(method))
    return Usage(roles, frozenset(fixed), (), tuple(unused), aligned=True)


def _left_out(
    substitution: Substitution,
    free: Sequence[int],
    variables: Sequence[Number],
    named: Sequence[int],
) -> list[int]:
    """The variables without a number; some fichas list the indicator itself as one."""
    result = substitution.result
    return [
        slot
        for slot in free
        if variables[slot].value is not None
        and (slot in named or result is None or not same_value(result, variables[slot]))
    ]


def _constants(method: Method | None) -> list[Fraction]:
    if method is None:
        return []
    written = [item.value for item in leaves(method.node) if isinstance(item, Constant)]
    # A mean divides by the count of its terms, a root is the power of one over its degree.
    means = [Fraction(len(item.terms)) for item in walk(method.node) if isinstance(item, Mean)]
    roots = [Fraction(item.degree) for item in walk(method.node) if isinstance(item, Root)]
    named = [
        found.number.fraction
        for phrase in (() if method.bound else method.phrases)
        for found in find_numbers(phrase)
        if found.number.value is not None
    ]
    return written + means + roots + [Fraction(1) for _ in roots] + _written_powers(method) + named


def _written_powers(method: Method) -> list[Fraction]:
    """What 10⁵ is, where the substitution writes it out."""
    found = []
    for item in walk(method.node):
        if isinstance(item, Binary) and item.operator == "^" and not list(quantities(item)):
            with suppress(EvaluationError):
                found.append(evaluate(item, {}).middle)
    return found


def _powers(substitution: Substitution, constants: Sequence[Fraction]) -> set[int]:
    """The numbers of a constant that is written as a power: the 10 and the 5 of 10⁵."""
    found: set[int] = set()
    for item in walk(substitution.node):
        indexes = [leaf.index for leaf in quantities(item)]
        if isinstance(item, Binary) and item.operator == "^" and len(indexes) == 2:
            base, power = (substitution.numbers[index].fraction for index in indexes)
            value = Fraction(10 ** int(power)) if base == 10 and power in range(1, 7) else None
            if value is not None and (value in constants or _is_implied(value, constants)):
                found.update(indexes)
    return found


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
    probes = [_probed(node, len(variables)) for node in _with_shares(method.node, variables)]
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
        number, variable = _unsigned(number), _unsigned(variable)
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
