"""Numbers in Spanish words: "uno por ciento", "ciento veinte millones", "medio punto".

Words are composed to their value. "un", "una" and "uno" alone are articles or pronouns and count
only before a unit that is counted ("uno por ciento", "un punto", "un millón").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.text import match_key

_UNITS = """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro
    veinticinco veintiseis veintisiete veintiocho veintinueve
"""
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_HUNDREDS = """
    doscientos trescientos cuatrocientos quinientos
    seiscientos setecientos ochocientos novecientos
"""
_SMALL: dict[str, int] = {
    **{word: number for number, word in enumerate(_UNITS.split())},
    **{word: 30 + 10 * step for step, word in enumerate(_TENS.split())},
    **{word: 200 + 100 * step for step, word in enumerate(_HUNDREDS.split())},
    **{word[:-2] + "as": 200 + 100 * step for step, word in enumerate(_HUNDREDS.split())},
    "un": 1,
    "una": 1,
    "veintiun": 21,
    "veintiuna": 21,
    "cien": 100,
    "ciento": 100,
}
_ARTICLES = frozenset({"un", "una", "uno"})
_LONGEST = 24
"""No number in words is longer than this many words."""
_Token = tuple[int, int, str]

_WORD = re.compile(r"[^\W\d_]+")
_COUNTED_UNIT = re.compile(
    r"\s(?P<unit>por\s?ciento\b|puntos?(?:\sporcentuale?s?|\sbase)?\b(?!\s(?:de|a)\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A number in words at ``text[start:end]``, its unit ("por ciento") included."""

    start: int
    end: int
    value: Decimal
    places: int
    unit: str


def find_words(text: str) -> list[Words]:
    """All numbers in words in a text, in its order."""
    tokens = [(match.start(), match.end(), match_key(match[0])) for match in _WORD.finditer(text)]
    found: list[Words] = []
    index = 0
    while index < len(tokens):
        count, value, places = _longest(text, tokens, index)
        if count:
            words = _with_unit(text, tokens[index : index + count], value, places)
            if words is not None:
                found.append(words)
        index += max(count, 1)
    return found


def _with_unit(text: str, tokens: list[_Token], value: Decimal, places: int) -> Words | None:
    start, end = tokens[0][0], tokens[-1][1]
    match = _COUNTED_UNIT.match(text, end)
    needs_unit = len(tokens) == 1 and (tokens[0][2] in _ARTICLES or tokens[0][2] == "medio")
    if match is None:
        return None if needs_unit else Words(start, end, value, places, "")
    return Words(start, match.end(), value, places, match["unit"])


def _longest(text: str, tokens: list[_Token], index: int) -> tuple[int, Decimal, int]:
    """The longest number that begins at a token: (tokens taken, value, decimals)."""
    if tokens[index][2] == "medio":
        return 1, Decimal("0.5"), 1
    if tokens[index][2] in ("cien", "ciento") and index and tokens[index - 1][2] == "por":
        return 0, Decimal(0), 0  # "por ciento", "por cien" are units
    run = _adjoining(text, tokens, index)
    taken, whole = _whole(run)
    if not taken:
        return 0, Decimal(0), 0
    rest = run[taken:]
    if rest[:2] in (["y", "medio"], ["y", "media"]):
        return taken + 2, Decimal(whole) + Decimal("0.5"), 1
    if rest[:1] in (["punto"], ["coma"]):
        zeros = 0
        while rest[1 + zeros : 2 + zeros] == ["cero"]:
            zeros += 1
        more, decimals = _whole(rest[1 + zeros :])
        if more:
            digits = "0" * zeros + str(decimals)
            return taken + 1 + zeros + more, Decimal(f"{whole}.{digits}"), len(digits)
    return taken, Decimal(whole), 0


def _adjoining(text: str, tokens: list[_Token], index: int) -> list[str]:
    """The words from a token on that only white space separates."""
    run = [tokens[index][2]]
    for before, after in zip(tokens[index:], tokens[index + 1 :], strict=False):
        if text[before[1] : after[0]].strip():
            break
        run.append(after[2])
        if len(run) > _LONGEST:
            break
    return run


def _whole(words: list[str]) -> tuple[int, int]:
    """A whole number at the head of a list of words: (words taken, value)."""
    millions = thousands = current = taken = 0
    for position, word in enumerate(words):
        if word in _SMALL and _fits(_SMALL[word], current, words, position):
            current += _SMALL[word]
        elif word == "y" and current % 100 >= 30 and current % 10 == 0:
            if 0 < _SMALL.get(" ".join(words[position + 1 : position + 2]), 0) < 10:
                continue
            break
        elif word == "mil" and not thousands and words[position - 1 : position] != ["cero"]:
            thousands, current = (current or 1) * 1000, 0
        elif word in ("millon", "millones") and not millions and (current or thousands):
            millions, thousands, current = (thousands + current) * 10**6, 0, 0
        else:
            break
        taken = position + 1
    return taken, millions + thousands + current


def _fits(number: int, current: int, words: list[str], position: int) -> bool:
    """Whether a word may follow what was added up so far within its group of three."""
    before = words[position - 1] if position else ""
    if before == "cero" or (number == 0 and position):
        return False
    if number >= 100:
        return current == 0
    if number >= 10:
        return current % 100 == 0 and before != "cien"
    if current % 100 == 0:
        return before != "cien"
    return before == "y" and current % 10 == 0
