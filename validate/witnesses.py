"""Four witnesses of one number: which of them stands alone."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from normalize.numbers import Number
from validate.arithmetic import Arithmetic
from validate.comparison import Evaluated, compare, same_number

Witness = Literal["method", "substitution", "result", "baseline"]

NAMES: dict[Witness, tuple[str, str]] = {
    "method": ("el método con sus variables", "the method with its variables"),
    "substitution": ("la expresión de la sustitución", "the substitution's expression"),
    "result": ("el resultado que declara la sustitución", "the result that is stated there"),
    "baseline": ("la línea base", "the baseline"),
}


def stands_alone(sums: Arithmetic) -> Witness | None:
    """The one witness that contradicts all others while those agree.

    ``None`` where fewer than three can be heard, where none or more than one stands alone.
    """
    witnesses: dict[Witness, Evaluated | Number | None] = {
        "method": sums.by_method if isinstance(sums.by_method, Evaluated) else None,
        "substitution": (
            sums.by_substitution if isinstance(sums.by_substitution, Evaluated) else None
        ),
        "result": sums.result,
        "baseline": sums.baseline,
    }
    heard = {name: witness for name, witness in witnesses.items() if witness is not None}
    if len(heard) < 3:
        return None
    agree = {
        frozenset(pair): _agree(heard[pair[0]], heard[pair[1]], sums)
        for pair in combinations(heard, 2)
    }
    alone = [
        name
        for name in heard
        if not any(agree[frozenset((name, other))] for other in heard if other != name)
        and all(value for pair, value in agree.items() if name not in pair)
    ]
    return alone[0] if len(alone) == 1 else None


def _agree(a: Evaluated | Number, b: Evaluated | Number, sums: Arithmetic) -> bool:
    if isinstance(a, Number) and isinstance(b, Number):
        return same_number(a, b)
    if isinstance(a, Evaluated) and isinstance(b, Evaluated):
        return a.span.meets(b.span.low, b.span.high)
    evaluated, number = (a, b) if isinstance(a, Evaluated) else (b, a)
    assert isinstance(evaluated, Evaluated)
    assert isinstance(number, Number)
    return compare(evaluated, number, sums.implied_scale, mend=False).relation != "different"
