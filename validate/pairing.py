"""Which card of a Ficha de Monitoreo is which indicator of its programme.

By name first, then by key where the names are alike, then by name alone where they are nearly the
same: one to one, the surest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.schema import Assessment, Indicator
from normalize.text import match_key
from validate.view import DocumentView

SAME_KEY_LIKENESS = 55
"""Likeness of two names under one key from which they are one indicator, reworded."""
SAME_KEY_WORDS = 80
"""The same by shared words (rapidfuzz ``token_set_ratio``): one name inside the other."""
WORD_LIKENESS = 75
"""Likeness of two words that differ by a slip: word by word, names under different keys are one
indicator, renumbered. "…, hombres" and "…, mujeres" are two."""

_DIGITS = re.compile(r"(?<=\d)[,.’' ](?=\d{3}(?!\d))")
_MADE_UP = re.compile(r"p\d+\.\d+|.*#\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    indicator: Indicator
    card: Assessment


@dataclass(frozen=True, slots=True)
class Pairing:
    """The indicators that stand in both documents, and those that stand in one."""

    pairs: tuple[Pair, ...]
    only_programme: tuple[Indicator, ...]
    only_ficha: tuple[Assessment, ...]

    def of_card(self, card: Assessment) -> Indicator | None:
        return next((pair.indicator for pair in self.pairs if pair.card is card), None)


def wording(text: str | None) -> str:
    """A text for comparing wording: case, accents, punctuation and spaces are none, nor are the
    marks between thousands.

    >>> wording("Camas, por cada 1,000 Derechohabientes.")
    'camas por cada 1000 derechohabientes'
    """
    return match_key(_DIGITS.sub("", text or ""))


def same_wording(one: str | None, other: str | None) -> bool:
    """Whether two texts have the same words; a space lost or won is no difference."""
    return wording(one).replace(" ", "") == wording(other).replace(" ", "")


def printed_key(indicator_id: str) -> str | None:
    """The key as printed, or ``None`` where the reading gave it (no key, or one that recurs)."""
    return None if _MADE_UP.fullmatch(indicator_id) else indicator_id


def pair(programme: DocumentView, ficha: DocumentView) -> Pairing:
    """Pair the indicators of a programme with the cards of its Ficha de Monitoreo."""
    left = [view.indicator for view in programme.indicators]
    right = list(ficha.assessments)
    pairs: list[Pair] = []
    for likeness, least in _STEPS:
        scored = [
            (likeness(indicator, card), -i, -j)
            for i, indicator in enumerate(left)
            for j, card in enumerate(right)
        ]
        taken_left: set[int] = set()
        taken_right: set[int] = set()
        for score, i, j in sorted(scored, reverse=True):
            if score < least:
                break
            if -i not in taken_left and -j not in taken_right:
                taken_left.add(-i)
                taken_right.add(-j)
                pairs.append(Pair(left[-i], right[-j]))
        left = [each for i, each in enumerate(left) if i not in taken_left]
        right = [each for j, each in enumerate(right) if j not in taken_right]
    return Pairing(tuple(pairs), tuple(left), tuple(right))


def _exact(indicator: Indicator, card: Assessment) -> float:
    """Same words; and the same key before another."""
    same = wording(card.name) != "" and same_wording(indicator.name, card.name)
    return (2 if indicator.indicator_id == card.indicator_id else 1) if same else 0


def _by_key(indicator: Indicator, card: Assessment) -> float:
    """1 where the key is the same and the names are alike, or one of them is not read."""
    if indicator.indicator_id != card.indicator_id:
        return 0
    one, other = wording(indicator.name), wording(card.name)
    if not one or not other:
        return 1
    alike = fuzz.ratio(one, other) >= SAME_KEY_LIKENESS
    return 1 if alike or fuzz.token_set_ratio(one, other) >= SAME_KEY_WORDS else 0


def _by_name(indicator: Indicator, card: Assessment) -> float:
    one, other = wording(indicator.name).split(), wording(card.name).split()
    if not one or len(one) != len(other):
        return 0
    return min(fuzz.ratio(a, b) for a, b in zip(one, other, strict=True))


_STEPS: tuple[tuple[Callable[[Indicator, Assessment], float], float], ...] = (
    (_exact, 1),
    (_by_key, 1),
    (_by_name, WORD_LIKENESS),
)
