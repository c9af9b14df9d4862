"""Which number of a substitution is which stated variable, which a constant, and which neither.

Numbers are matched one to one in printed order. Two numbers are the same when the finer rounds to
the coarser, also where one is printed in thousands or millions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction

from normalize.numbers import Number, find_numbers, printed_agree, rounds_to
from validate.formula.evaluate import EvaluationError, evaluate
from validate.formula.parse import UNBOUND, Method
from validate.formula.substitution import Substitution
from validate.formula.tree import (
    Binary,
    Constant,
    Mean,
    Node,
    Root,
    leaves,
    quantities,
    walk,
)

SCALES = (10**3, 10**6)
SCALED_DIGITS = 3
"""Significant digits that a rounded number in thousands or millions must keep to be recognised."""


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
    number, variable = unsigned(number), unsigned(variable)
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


def _as_weights(number: Number) -> tuple[Fraction, ...]:
    """What a number is as a constant: ``40%`` is 0.40 as well."""
    return (number.fraction, number.fraction / 100) if number.percent else (number.fraction,)


def unsigned(number: Number) -> Number:
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
        constant = next((c for c in free_constants if c in _as_weights(number)), None)
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
            if not set(_values(leaf)) & set(_as_weights(number)):
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
    written = [
        value
        for item in leaves(method.node)
        if isinstance(item, Constant)
        for value in _values(item)
    ]
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


def _values(constant: Constant) -> tuple[Fraction, ...]:
    """A weight of 40 % is 40 or 0.40 in the substitution."""
    return (constant.value, constant.value / 100) if constant.percent else (constant.value,)


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
