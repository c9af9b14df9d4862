"""How many a sentence says, and whether a count bears it out.

Exact words (numbers, percentages, fractions, *todos*, *ninguno*) are contradicted or not; vague
ones have the reading that :func:`judge` gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from normalize.numbers import Number, rounds_to

Kind = Literal["all", "not_all", "none", "most", "minority", "many", "some", "share", "count"]
Hedge = Literal[
    "",
    "only",
    "about",
    "almost",
    "over",
    "under",
    "just_over",
    "just_under",
    "at_least",
    "at_most",
    "loosely",
]
Verdict = Literal["agrees", "contradicted", "doubtful"]

MANY = Fraction(1, 10)
"""Below this share of all, "un porcentaje importante" or "gran parte" is contradicted."""
ABOUT = Fraction(1, 10)
"""How far from its number "cerca del 40 %" or "casi la mitad" may be."""


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How many, as said. ``value`` is a share of one or a count; ``percent`` the printed number.

    ``definite`` marks "los tres indicadores", which are known ones and not any three; ``of`` is
    the whole that is said with it ("3 de los 6").
    """

    kind: Kind
    text: str
    value: Fraction | None = None
    percent: Number | None = None
    hedge: Hedge = ""
    definite: bool = False
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the reading that a vague word was given, in both languages."""

    verdict: Verdict
    reading_es: str | None = None
    reading_en: str | None = None


AGREES = Judgement("agrees")
CONTRADICTED = Judgement("contradicted")


def judge(said: Quantifier, count: int, whole: int, largest: bool = False) -> Judgement:
    """Whether ``count`` of ``whole`` is what was said; ``largest``: no other grade has more.

    ``doubtful`` is for words that are vague, or true only under a charitable reading.
    Raises ``ValueError`` where ``whole`` is not positive.
    """
    if whole <= 0:
        raise ValueError("nothing to count")
    share = Fraction(count, whole)
    if said.kind == "all":
        if said.hedge == "almost":
            return _vague(share >= Fraction(2, 3), "al menos dos tercios", "at least two thirds")
        if said.hedge == "loosely":
            return _vague(share > Fraction(1, 2), "más de la mitad", "more than half")
        return _exact(count == whole)
    if said.kind == "not_all":
        return _exact(count < whole)
    if said.kind == "none":
        if said.hedge == "almost":
            return _vague(share <= Fraction(1, 3), "a lo más un tercio", "a third at most")
        return _exact(count == 0)
    if said.kind == "most":
        if share > Fraction(1, 2):
            return AGREES
        if largest:
            return Judgement(
                "doubtful",
                "más de la mitad; aquí solo es lo más frecuente",
                "more than half; here it is only the most frequent",
            )
        return _vague(False, "más de la mitad", "more than half")
    if said.kind == "minority":
        return _vague(share < Fraction(1, 2), "menos de la mitad", "less than half")
    if said.kind == "many":
        return _vague(share >= MANY, "al menos una décima parte", "at least a tenth")
    if said.kind == "some":
        return _vague(count > 0, "al menos uno", "at least one")
    return _numbered(said, count, whole)


def _exact(agrees: bool) -> Judgement:
    return AGREES if agrees else CONTRADICTED


def _vague(agrees: bool, es: str, en: str) -> Judgement:
    return AGREES if agrees else Judgement("doubtful", es, en)


def _numbered(said: Quantifier, count: int, whole: int) -> Judgement:
    """A count, percentage or fraction, with what stands before it ("más de", "casi")."""
    value = said.value or Fraction(0)
    counted = said.kind == "count"
    actual = Fraction(count) if counted else Fraction(count, whole)
    same = actual == value if counted else _same_share(said, count, whole)
    if said.hedge == "over":
        return _exact(actual > value and not (same and not counted and actual <= value))
    if said.hedge == "under":
        return _exact(actual < value)
    if said.hedge == "at_least":
        return _exact(actual >= value or same)
    if said.hedge == "at_most":
        return _exact(actual <= value or same)
    if said.hedge in ("about", "almost"):
        expected = value if counted else value * whole
        near = max(ABOUT * (value if counted else whole), 0 if said.percent else 1)
        return _vague(abs(count - expected) <= near, "a no más de un décimo", "within a tenth")
    if said.hedge in ("just_over", "just_under"):
        beyond = actual > value if said.hedge == "just_over" else actual < value
        near = abs(actual - value) <= max(ABOUT * (value if counted else 1), Fraction(int(counted)))
        over = said.hedge == "just_over"
        return _vague(
            beyond and near,
            f"{'más' if over else 'menos'}, pero a no más de un décimo",
            f"{'more' if over else 'less'}, but within a tenth",
        )
    if said.definite and counted:
        return _exact(actual >= value)
    return _exact(same)


def _same_share(said: Quantifier, count: int, whole: int) -> bool:
    """A percentage rounds to what is printed; of a fraction in words the next whole count does."""
    value = said.value or Fraction(0)
    if said.percent is not None:
        return rounds_to(Fraction(100 * count, whole), said.percent)
    return abs(count - value * whole) < 1
