"""Which phrase of a method is which stated variable: one to one, exact ones first.

Exact means the same words once accents, case and punctuation are gone, or the abbreviation that
stands in brackets behind the variable's name, or one that a "Donde:" legend explains. What is left
is assigned so that the likeness is greatest over all pairs together: two variables of an indicator
often contain each other, so that each phrase's own best match would be the same variable twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalize.text import match_key

SURE = 60.0
"""Likeness from which a pair is certain; true pairs with slips score 80 and more."""

CLOSE = 85.0
"""Likeness from which two names are the same but for slips."""

POSSIBLE = 45.0
"""Below this likeness a phrase and a variable are strangers."""

_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_LEGEND_ENTRY = re.compile(
    r"(?<![\w])(?P<key>[^\W\d_][\w]{0,14}(?:\s?[-–]\s?\d)?)\s*[=:]\s*(?P<phrase>.+?)\s*[;,.]?\s*"
    r"(?=(?:(?:[;,.]|\s|\by\b)\s*[^\W\d_][\w]{0,14}(?:\s?[-–]\s?\d)?\s*[=:]\s)|$)"
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Slots by phrase key, the likeness of each pair, and the phrases left without a variable."""

    slots: Mapping[str, int]
    likeness: Mapping[str, float]
    unmatched: tuple[str, ...]

    @property
    def sure(self) -> bool:
        return not self.unmatched and all(value >= SURE for value in self.likeness.values())

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
    for inner in _BRACKETED.findall(name):
        if re.fullmatch(r"[^\W_][\w.\-]{0,14}", inner) and any(c.isupper() for c in inner):
            found.add(match_key(inner))
    return found


def bare(name: str) -> str:
    """The comparison key of a name without its abbreviations in brackets."""

    def drop(found: re.Match[str]) -> str:
        return " " if abbreviations(found.group()) else found.group()

    return match_key(_BRACKETED.sub(drop, name))


@lru_cache(maxsize=4096)
def _keys(name: str) -> frozenset[str]:
    """All keys under which a name may be meant."""
    keys = {match_key(name), bare(name)} | abbreviations(name)
    head, colon, tail = name.partition(":")
    if colon and re.fullmatch(r"[^\W_][\w]{0,14}", head.strip()):
        keys |= {match_key(head), match_key(tail)}
    return frozenset(key for key in keys if key)


def likeness(phrase: str, variable: str) -> float:
    """0 to 100, and 101 for the same words or abbreviation."""
    if _keys(phrase) & _keys(variable):
        return 101.0
    left, right = bare(phrase), bare(variable)
    return max(fuzz.ratio(left, right), 0.97 * fuzz.token_sort_ratio(left, right))


def read_legend(text: str) -> dict[str, str]:
    """The abbreviations that a legend explains: ``NV = Nacidos vivos`` gives ``nv`` → phrase."""
    return {
        match_key(entry["key"]): entry["phrase"].strip(" .;,")
        for entry in _LEGEND_ENTRY.finditer(text)
    }


def pair(
    phrases: Sequence[str], variables: Sequence[str], legend: Mapping[str, str] | None = None
) -> Pairing:
    """Assign phrases (as printed, in order, repeats allowed) to variables, one to one.

    Returns the slot (index into ``variables``) for each distinct phrase key. A method of one phrase
    over one variable is that variable whatever it is called.
    """
    legend = legend or {}
    distinct: dict[str, str] = {}
    for phrase in phrases:
        distinct.setdefault(match_key(phrase), phrase)
    keys = list(distinct)
    table = [
        [
            _like(distinct[key], legend.get(key), name, row, column)
            for column, name in enumerate(variables)
        ]
        for row, key in enumerate(keys)
    ]
    if len(keys) == 1 and len(variables) == 1:
        return Pairing({keys[0]: 0}, {keys[0]: max(table[0][0], SURE)}, ())
    slots: dict[str, int] = {}
    found: dict[str, float] = {}
    for row, column in _assign(table):
        if table[row][column] >= POSSIBLE:
            slots[keys[row]] = column
            found[keys[row]] = min(table[row][column], 101.0)
    return Pairing(slots, found, tuple(distinct[key] for key in keys if key not in slots))


def _like(phrase: str, explained: str | None, variable: str, row: int, column: int) -> float:
    score = likeness(phrase, variable)
    if explained:
        score = max(score, likeness(explained, variable))
    # Between equals the printed order decides: variables are listed as the method names them.
    return score + (0.01 if row == column else 0.0)


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
    """Maximise the sum exactly over the first dozen rows; a ficha has no more variables."""
    if len(columns) > 12:
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
