"""The few words and years that the schema knows: printed words in, canonical values out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from rapidfuzz import fuzz

from normalize.number_words import find_words
from normalize.text import fold, match_key

if TYPE_CHECKING:  # readers use these words too, and need no pydantic
    from normalize.schema import Accumulation, Measure, Trend

LIKENESS = 88
"""Likeness (0 to 100, rapidfuzz ``ratio``) that a slip leaves: one letter of nine. "ascendente" and
"descendente" are alike to 86, so a word must reach it for one of the two only."""

_Canonical = TypeVar("_Canonical", bound=str)

_TRENDS: Mapping[str, Trend] = {
    "ascendente": "ascendente",
    "descendente": "descendente",
    "constante": "constante",
}
_ACCUMULATIONS: Mapping[str, Accumulation] = {
    "acumulado": "acumulado",
    "acumulada": "acumulado",
    "periodico": "periodico",
    "periodica": "periodico",
}
_MEASURES: Mapping[str, Measure] = {
    "meta para el bienestar": "meta_para_el_bienestar",
    "meta del bienestar": "meta_para_el_bienestar",
    "meta de bienestar": "meta_para_el_bienestar",
    "meta bienestar": "meta_para_el_bienestar",
    "parametro": "parametro",
}
_OBJECTIVE = re.compile(r"\bobjetivo(?: prioritario)?(?: numero| num| no| n)? (?P<number>.+)")
_AFTER_MEASURE = re.compile(r" (?:de|del|para) (?:el )?objetivo\b.*| (?:de|del)? ?\d.*")
_DIGITS = re.compile(r"[0-9]{1,2}(?![0-9])")
_YEAR = re.compile(r"(?<![0-9.,$])(?:19|20)[0-9]{2}(?![0-9%]|[.,][0-9])")


def trend_of(text: str) -> Trend | None:
    """``ascendente``, ``descendente`` or ``constante``, or None for another word."""
    return _nearest(_singular(match_key(text)), _TRENDS)


def accumulation_of(text: str) -> Accumulation | None:
    """``acumulado`` or ``periodico``, or None for another word."""
    return _nearest(_singular(match_key(text)), _ACCUMULATIONS)


def measure_of(heading: str) -> Measure | None:
    """What a heading such as "Parámetro del Objetivo prioritario 1" says the ficha is."""
    words = _AFTER_MEASURE.sub("", match_key(heading))
    return _nearest(" ".join(_singular(word) for word in words.split()), _MEASURES)


def objective_of(heading: str) -> int | None:
    """The objective's number in a heading, in digits or words, or None where it states none.

    The number of "Parámetro 2" is the parámetro's own, not its objective's.
    """
    key = match_key(heading)
    match = _OBJECTIVE.search(key)
    said = match["number"] if match else key
    digits = _DIGITS.match(said)
    if digits:
        return int(digits[0])
    if said.split(" ")[0] == "uno":
        return 1
    words = find_words(said)
    return int(words[0].value) if words and words[0].start == 0 else None


def year_of(text: str) -> int | None:
    """The one year (1900 to 2099) that a text prints: ``2018``, ``META 2024``, ``dic 2018*``.

    A span (``2018-2019``) is not one year, and is None.
    """
    years = set(_YEAR.findall(fold(text)))
    return int(years.pop()) if len(years) == 1 else None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


def _nearest(word: str, known: Mapping[str, _Canonical]) -> _Canonical | None:
    if word in known:
        return known[word]
    near = {known[each] for each in known if fuzz.ratio(word, each) >= LIKENESS}
    return near.pop() if len(near) == 1 else None
