"""The parts that a note lists of a counted total: "116 hospitales y 132 unidades".

A list is two or more counted parts one behind the other, joined by a comma, *y*, *e*, *más* or
*+*. Its nouns must be what the indicator counts or kinds of it; or each part is tied to a year of
its own ("3 iniciadas en 2017 y 1 en 2018").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from normalize.numbers import FoundNumber, find_numbers
from normalize.text import match_key
from validate.units import in_keeping, nouns
from validate.view import IndicatorView

_MONEY = re.compile(r"pesos|d[oó]lares|md[pd]\b", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,\s*(?:y|e|más)?|\by|\be|\bmás|\+|;)\s*$", re.IGNORECASE)
_IN_YEAR = re.compile(r"\ben(?: el año)? ((?:19|20)\d\d)\b", re.IGNORECASE)
_NOT_A_PART = re.compile(
    r"\s*(?:%|por ciento|punto|años?\b|mes(?:es)?\b|d[ií]as?\b|horas?\b|en total|total\b|°|º|/|\))",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(r"[.;:()]|\b(?:en|para|durante|de los cuales|entre|con|que|al|a)\b")
_ELLIPTIC = re.compile(r"(?:en|para|por|con|de)\b", re.IGNORECASE)
"""A part that goes without its noun: "5 unidades nuevas, 3 en rehabilitación"."""
_ONLY_SOME = re.compile(
    r"\b(?:entre otr[oa]s|entre (?:ell[oa]s|las cuales|los cuales)|de (?:ellas|ellos|las cuales"
    r"|los cuales|las que|los que)|incluy\w+|incluid[oa]s|por ejemplo|tal(?:es)? como|destacan?"
    r"|principalmente|además de|al menos|más de)\b",
    re.IGNORECASE,
)
_ONLY_SOME_NEAR = 50
_PLACED_BEFORE = re.compile(r"\b(?:en|de|desde|entre|a|al|hasta|cada|por|del)\s*(?:las?|los)?\s*$")
_OF_THE = re.compile(r"\bde l[oa]s\s*$")
_MADE_OF = re.compile(
    r"\b(?:comprenden?|abarcan?|son|corresponden a"
    r"|se (?:distribuye|divide|integra|conforma|compone)n? (?:en|por|de|con))\s*$"
)
"""Between a whole and its parts: "los 60 centros comprenden 22 en el norte y 38 en el sur"."""
_COMMA = re.compile(r"\s*,\s*")
_COMPOSED = re.compile(
    r"\b(?:(?:integrad|conformad|compuest|formad|constituid|distribuid|desglosad)[oa]s?"
    r"|se\s+(?:integra|conforma|compone|forma|constituye|distribuye|desglosa|divide)n?"
    r"|consta(?:n)?|resulta(?:n)?\s+de\s+sumar|(?:la )?suma)\s+(?:por|de|en)\s*$"
)
"""Behind these words *por* and *en* place nothing: they begin the list."""


@dataclass(frozen=True, slots=True)
class Part:
    """One counted part: its value, the words behind it, the year it is tied to, and whether words
    before it say that there are others ("entre otras", "de las cuales"). ``of_whole``: the list
    follows its whole, which may hold more ("de las 200 becas, 30 son de maestría")."""

    value: Fraction
    words: str
    year: int | None
    among_others: bool
    of_whole: bool = False


def parts(text: str | None, view: IndicatorView) -> tuple[Part, ...]:
    """The first list of parts in a note that is in keeping with the indicator, or nothing."""
    wanted = nouns(view.indicator.unit) | nouns(view.indicator.name)
    for found in _lists(text or "", view):
        if found[0].among_others:
            continue
        years = [part.year for part in found]
        if all(year is not None for year in years):
            if len(set(years)) == len(years):
                return found
        elif _is_counted(found[0], wanted) and all(
            _is_counted(part, wanted) or _ELLIPTIC.match(part.words) for part in found
        ):
            return found
    return ()


def _is_counted(part: Part, wanted: set[str]) -> bool:
    head = nouns(_BREAKS_OFF.split(part.words)[0])
    return any(in_keeping(noun, wanted) for noun in head)


def _lists(text: str, view: IndicatorView) -> Iterator[tuple[Part, ...]]:
    """All runs of two and more numbers that stand one behind the other in a list."""
    run: list[Part] = []
    whole = ""
    end = 0
    for found in _countable(text, view):
        between = text[end : found.start]
        joined = bool(run) and _JOINT.search(between) and not re.search(r"[.:]", between)
        if not joined:
            if len(run) > 1:
                yield tuple(run)
            alone = run[0] if len(run) == 1 else None
            run = []
            before = match_key(text[: found.start][-30:])
            if _PLACED_BEFORE.search(before) and not _COMPOSED.search(before):
                whole = _words_behind(text, found) if _OF_THE.search(before) else ""
                end = found.end
                continue
            whole = whole if _COMMA.fullmatch(between.removeprefix(whole)) else ""
            if alone is not None and _MADE_OF.search(match_key(between)):
                whole = alone.words
        words = f"{whole if not run else ''} {_words_behind(text, found)}"
        year = _IN_YEAR.search(words)
        before = re.split(r"[.;]", text[max(0, found.start - _ONLY_SOME_NEAR) : found.start])[-1]
        some = _ONLY_SOME.search(before) is not None
        in_year = int(year[1]) if year else None
        run.append(Part(_whole(found), words.strip(), in_year, some, of_whole=bool(whole)))
        end = found.end
    if len(run) > 1:
        yield tuple(run)


def _countable(text: str, view: IndicatorView) -> list[FoundNumber]:
    """The numbers that can be counts: no years, ages, percentages, fractions or amounts."""
    kept = []
    for found in find_numbers(text, view.habits):
        number = found.number
        if number.value is None or number.percent or number.currency or number.places:
            continue
        if number.unit and (not number.scale or _MONEY.search(number.unit)):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", text[found.start : found.end].strip()):
            continue
        if not _NOT_A_PART.match(text, found.end):
            kept.append(found)
    return kept


def _whole(found: FoundNumber) -> Fraction:
    return found.number.fraction * Fraction(10) ** found.number.scale


def _words_behind(text: str, found: FoundNumber) -> str:
    """The words between a number and the next mark or joint."""
    return re.split(r"[,;:.()+]|\by\b|\bmás\b", text[found.end :], maxsplit=1)[0]
