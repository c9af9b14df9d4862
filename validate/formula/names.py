"""Which phrase of a method is which stated variable: one to one, exact ones first.

Exact means the same words once accents, case and punctuation are gone, or the abbreviation that
stands in brackets behind the variable's name, or one that a "Donde:" legend explains. What is left
is assigned so that the likeness is greatest over all pairs together: two variables of an indicator
often contain each other, so that each phrase's own best match would be the same variable twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalize.text import match_key
from validate.formula.legend import SYMBOL, symbol_key

SURE = 60.0
"""Likeness from which a pair is certain; true pairs with slips score 80 and more."""

CLOSE = 85.0
"""Likeness from which two names are the same but for slips."""

POSSIBLE = 45.0
"""Below this likeness a phrase and a variable are strangers."""

MOST_COLUMNS = 7
"""Up to so many variables without an exact phrase are assigned optimally; beyond, greedily."""

SYMBOL_LENGTH = 15
"""Up to so many characters a phrase may be a symbol, whose spaces mean nothing."""

SHORT = 4
"""Names up to so many letters are symbols: they are the same or they are not."""

RIVAL = 5.0
"""A variable without a phrase that is as like as this much less makes a pair uncertain; one that is
like at all does so where the pair itself is not close."""

_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_LAST_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_EXPLAINED_NAME = re.compile(
    rf"\s*(?P<symbol>{SYMBOL})\s*(?:[=:]|(?<=[A-Z])\s[-–—]\s)\s*(?P<name>\S.*)", re.DOTALL
)
"""A variable that brings its own symbol: ``TV = Total de viviendas``."""
_LEADING_SYMBOL = re.compile(
    r"(?:(?=[A-Z]\w*[A-Z\d_])[A-Z]\w{1,7}(?:[-–]\d)?|[A-Z]{1,3}(?:[ijt]|m[aá]x|m[ií]n)"
    r"|I{1,3}|IV)(?=\s+\w)"
)
"""One that only stands before the name: ``PAO porcentaje de avance``."""
_SUM_OF_SEVERAL = re.compile(r"(?:la )?suma(?:toria)? (?:total )?del? .* (?:y|e|mas) ")
_RELATES = frozenset("respecto dividido dividida divididos divididas".split())
_OWN_NUMBER = re.compile(
    r"(?<![\w.])(?<!\bt[-–])(?<!\bt\s[-–]\s)(?!(?:19|20)\d\d\b)\.?\d+(?:[.,]\d+)*"
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Slots by phrase key, the likeness of each pair, and the phrases left without a variable.

    ``rivalled`` tells that a variable without a phrase is as like one of them as its own.
    """

    slots: Mapping[str, int]
    likeness: Mapping[str, float]
    unmatched: tuple[str, ...]
    rivalled: bool = False

    @property
    def sure(self) -> bool:
        return (
            not self.unmatched
            and not self.rivalled
            and all(value >= SURE for value in self.likeness.values())
        )

    @property
    def exact(self) -> bool:
        """Whether every pair is the same name or symbol."""
        return not self.unmatched and all(value > 100 for value in self.likeness.values())

    @property
    def close(self) -> bool:
        """Whether every pair is the same name but for slips."""
        return not self.unmatched and all(value >= CLOSE for value in self.likeness.values())

    @property
    def score(self) -> float:
        return sum(self.likeness.values()) - 60.0 * len(self.unmatched)


def abbreviations(name: str) -> set[str]:
    """The abbreviations in brackets in a name: ``Personas Capacitadas (NPC )`` gives ``npc``."""
    found = set()
    for bracket in _BRACKETED.finditer(name):
        inner = bracket[1]
        if not re.fullmatch(r"[^\W_][\w.\-]{0,14}", inner):
            continue
        # "(a)" behind a space is a symbol; in "médico(a)" it is an ending.
        alone = len(inner) == 1 and name[: bracket.start()].endswith(" ")
        if alone or any(c.isupper() for c in inner):
            found.add(symbol_key(inner))
    return found


def own_symbols(name: str) -> set[str]:
    """The symbols that a variable's name brings: ``TV = Total …``, ``Total … (TV)``."""
    found = abbreviations(name)
    if explained := _EXPLAINED_NAME.fullmatch(name):
        found.add(symbol_key(explained["symbol"]))
    elif leading := _LEADING_SYMBOL.match(name):
        found.add(symbol_key(leading.group()))
    return found


def bare(name: str) -> str:
    """The comparison key of a name without its abbreviations in brackets."""

    def drop(found: re.Match[str]) -> str:
        return " " if abbreviations(found.group()) else found.group()

    return match_key(_BRACKETED.sub(drop, name))


def unabbreviated(name: str) -> str:
    """``bare``, without initials before the name either: ``PD = Población derechohabiente``.

    Other words before a mark tell one quantity from another: "Hombres: población atendida".
    """
    explained = _EXPLAINED_NAME.fullmatch(name)
    if explained is None:
        return bare(name)
    initials = iter(word[0] for word in match_key(explained["name"]).split())
    return bare(
        explained["name"]
        if all(letter in initials for letter in symbol_key(explained["symbol"]))
        else name
    )


@lru_cache(maxsize=4096)
def _phrase_keys(phrase: str) -> frozenset[str]:
    keys = {match_key(phrase), bare(phrase)} | abbreviations(phrase)
    if len(phrase) <= SYMBOL_LENGTH:
        keys.add(symbol_key(phrase))
    return frozenset(key for key in keys if key)


@lru_cache(maxsize=4096)
def _keys(name: str) -> frozenset[str]:
    """All keys under which a variable may be meant."""
    keys = _phrase_keys(name) | own_symbols(name)
    if explained := _EXPLAINED_NAME.fullmatch(name):
        keys |= {match_key(explained["name"])}
    return frozenset(key for key in keys if key)


@lru_cache(maxsize=4096)
def likeness(phrase: str, variable: str, shared: frozenset[str] = frozenset()) -> float:
    """0 to 100, and 101 for the same words or abbreviation, unless that one is ``shared``.

    A phrase with a number of its own may have swallowed a weight or a scale, a "suma de … y …" is
    more than one of its terms, "A respecto a B" two quantities: none is ever sure.
    """
    left, right = bare(phrase), bare(variable)
    if (_phrase_keys(phrase) & _keys(variable)) - shared:
        score = 101.0
    elif min(len(left), len(right)) <= SHORT:
        score = 0.0
    else:
        score = max(fuzz.ratio(left, right), 0.97 * fuzz.token_sort_ratio(left, right))
    doubtful = (
        _numbers(phrase) - _numbers(variable)
        or _RELATES & set(left.split()) - set(right.split())
        or (score < CLOSE and _SUM_OF_SEVERAL.match(left) and not _SUM_OF_SEVERAL.match(right))
    )
    return min(score, SURE - 1) if doubtful else score


def _numbers(text: str) -> set[str]:
    """The numbers in a name but for years and for the step of ``t-1``."""
    return set(_OWN_NUMBER.findall(text))


def _without_unit(name: str) -> str:
    """The comparison key of a name without what stands in brackets at its end."""
    return match_key(_LAST_BRACKET.sub("", name))


def _told_without_unit(variables: Sequence[str]) -> dict[str, int]:
    """The names that need no bracket at their end to be told from the others: "PIB (millones)"."""
    keys = [_without_unit(name) for name in variables]
    return {key: at for at, key in enumerate(keys) if key and keys.count(key) == 1}


def _shared_symbols(variables: Sequence[str]) -> frozenset[str]:
    """What stands in brackets behind several names ("(IMSS)") tells none of them."""
    counted = Counter(key for name in variables for key in own_symbols(name))
    return frozenset(key for key, count in counted.items() if count > 1)


def pair(
    phrases: Sequence[str], variables: Sequence[str], legend: Mapping[str, str] | None = None
) -> Pairing:
    """Assign phrases (as printed, in order, repeats allowed) to variables, one to one.

    Returns the slot (index into ``variables``) for each distinct phrase key. A method of one phrase
    over one variable is that variable whatever it is called.
    """
    legend = legend or {}
    shared = _shared_symbols(variables)
    distinct: dict[str, str] = {}
    for phrase in phrases:
        distinct.setdefault(match_key(phrase), phrase)
    keys = list(distinct)
    told = _told_without_unit(variables)
    table = [
        [
            101.0
            if told.get(_without_unit(phrase)) == column
            else _like(phrase, legend.get(symbol_key(phrase)), name, shared, row == column)
            for column, name in enumerate(variables)
        ]
        for row, phrase in enumerate(distinct.values())
    ]
    if len(keys) == 1 and len(variables) == 1:
        return Pairing({keys[0]: 0}, {keys[0]: table[0][0]}, ())
    slots: dict[str, int] = {}
    found: dict[str, float] = {}
    for row, column in _assign(table):
        if table[row][column] >= POSSIBLE:
            slots[keys[row]] = column
            found[keys[row]] = min(table[row][column], 101.0)
    free = [column for column in range(len(variables)) if column not in slots.values()]
    rivalled = any(
        found[key] <= 100
        and any(
            table[row][column] >= (found[key] - RIVAL if found[key] >= CLOSE else POSSIBLE)
            for column in free
        )
        for row, key in enumerate(keys)
        if key in slots
    )
    unmatched = tuple(distinct[key] for key in keys if key not in slots)
    return Pairing(slots, found, unmatched, rivalled)


def _like(
    phrase: str, explained: str | None, variable: str, shared: frozenset[str], in_order: bool
) -> float:
    score = likeness(phrase, variable, shared)
    if explained:
        score = max(score, likeness(explained, variable, shared))
    # Between equals the printed order decides: variables are listed as the method names them.
    return score + (0.01 if in_order else 0.0)


def _assign(table: list[list[float]]) -> list[tuple[int, int]]:
    """The one-to-one pairs: exact ones first, then those that make the sum of likeness greatest."""
    rows = set(range(len(table)))
    columns = set(range(len(table[0]))) if table else set()
    pairs: list[tuple[int, int]] = []
    exact = sorted(
        (-table[r][c], abs(r - c), r, c) for r in rows for c in columns if table[r][c] > 100
    )
    for _, _, row, column in exact:
        if row in rows and column in columns:
            pairs.append((row, column))
            rows.discard(row)
            columns.discard(column)
    best = _best_sum(tuple(sorted(rows)), tuple(sorted(columns)), table)
    return pairs + best


def _best_sum(
    rows: tuple[int, ...], columns: tuple[int, ...], table: list[list[float]]
) -> list[tuple[int, int]]:
    """Maximise the sum exactly for as many columns as takes no noticeable time."""
    if len(columns) > MOST_COLUMNS:
        return _greedy(rows, columns, table)

    @cache
    def best(position: int, used: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if position == len(rows):
            return 0.0, ()
        top = best(position + 1, used)
        for bit, column in enumerate(columns):
            if used & (1 << bit):
                continue
            value, rest = best(position + 1, used | (1 << bit))
            value += table[rows[position]][column]
            if value > top[0]:
                top = (value, ((rows[position], column), *rest))
        return top

    return list(best(0, 0)[1])


def _greedy(
    rows: tuple[int, ...], columns: tuple[int, ...], table: list[list[float]]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    left, free = set(rows), set(columns)
    for _, row, column in sorted((-table[r][c], r, c) for r in rows for c in columns):
        if row in left and column in free:
            pairs.append((row, column))
            left.discard(row)
            free.discard(column)
    return pairs
