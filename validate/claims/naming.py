"""Which card a noun phrase names: by the content words that it shares with the cards' names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from normalize.sentences import plain_text
from validate.claims.known import Card

ENOUGH = 0.5
"""Mean of the shares of name and phrase that they have in common, for them to be the same."""
NEARLY_ALL = 0.8
"""The same for a phrase that nothing else marks as a name."""
APART = 0.15
"""How much better than any other card the best one must match."""
STEM_LIKENESS = 84
"""Likeness of two stems that a slip or an inflection leaves ("consultados", "consultas")."""

_STEM = 6
_BRACKETS = re.compile(r"\([^)]*\)")
_EMPTY = frozenset(
    """los las una uno del con por para que sus ese esa este esta como mas asi sin sobre entre
    cada sea son fue han muy ante cual cuyo cuya cuyos cuyas quien quienes otras otros bajo hasta
    desde respecto observa observo reporta reporto registra registro igual vez manera tambien
    porcentaje numero tasa total cantidad indicador indicadores resultados cuanto reportados
    objetivo""".split()
)


def stems(text: str) -> list[str]:
    """The content words of a plain text, cut to what inflection leaves alone."""
    words = re.findall(r"[a-zñ0-9]+", text)
    return [word[:_STEM] for word in words if len(word) > 2 and word not in _EMPTY]


def names_of(cards: Sequence[Card]) -> dict[str, frozenset[str]]:
    """The stems of the cards' names, without what stands in brackets, by their keys."""
    return {
        card.key: frozenset(stems(plain_text(_BRACKETS.sub(" ", card.row.name or ""))))
        for card in cards
    }


def card_of(
    phrase: str,
    cards: Sequence[Card],
    names: Mapping[str, frozenset[str]],
    enough: float = ENOUGH,
) -> Card | None:
    """The card whose name a plain phrase is; ``None`` where none or several may be meant."""
    said = frozenset(stems(phrase))
    shared = Counter(stem for card in cards for stem in names[card.key])
    scores = sorted(
        ((_likeness(said, names[card.key], shared), at) for at, card in enumerate(cards)),
        key=lambda each: (-each[0], each[1]),
    )
    if not scores or scores[0][0] < enough:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < APART:
        return None
    return cards[scores[0][1]]


def _likeness(said: frozenset[str], name: frozenset[str], shared: Counter[str]) -> float:
    """Mean of how much of the name is said, words of many cards counting less, and how much of
    what is said is in the name."""
    if not said or not name:
        return 0.0
    found = {stem for stem in name if any(_same(stem, other) for other in said)}
    weights = {stem: 1 / shared[stem] for stem in name}
    named = sum(weights[stem] for stem in found) / sum(weights.values())
    used = {other for other in said if any(_same(stem, other) for stem in name)}
    return (named + len(used) / len(said)) / 2


def _same(one: str, other: str) -> bool:
    return one == other or (
        min(len(one), len(other)) > 4 and fuzz.ratio(one, other) >= STEM_LIKENESS
    )
