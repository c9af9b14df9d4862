"""Numbers as printed in Mexico: reading them, the habits of a document, rounding, writing them.

A printed number keeps its characters and its printed precision. Reading never guesses: what could
be read two ways is ``ambiguous`` unless the document's own habits decide, and what is not one
number is ``unreadable``. Values are ``Decimal`` or ``Fraction``, never floats.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from normalize.number_type import FoundNumber, Number, NumberStatus
from normalize.number_words import find_words
from normalize.numerals import SIGNS, UNREADABLE, Habits, Numeral, read_numeral
from normalize.rounding import grouped, plain, printed_agree, rounds_to, truncates_to
from normalize.text import fold, match_key

__all__ = [
    "FoundNumber",
    "Habits",
    "Number",
    "NumberStatus",
    "find_numbers",
    "grouped",
    "parse_number",
    "plain",
    "printed_agree",
    "rounds_to",
    "truncates_to",
]

UNKNOWN_HABITS = Habits()
NOT_AVAILABLE_LIKENESS = 88
"""Likeness (0 to 100, rapidfuzz ``ratio``) that still takes a phrase for "no disponible"."""

# --- the grammar of a cell ---

_RELATIONS: tuple[tuple[str, str], ...] = (
    (
        ">=",
        r">\s?=|=\s?>|[≥⩾≧]|(?:al|por lo) menos|m[ií]nimo(?: de)?|no menor(?:es)? (?:al?|de|que)"
        r"|(?:mayor(?:es)? o igual|igual o mayor)(?:es)? (?:al?|de|que)",
    ),
    (
        "<=",
        r"<\s?=|=\s?<|[≤⩽≦]|a lo (?:más|mas|sumo)|m[aá]ximo(?: de)?|no mayor(?:es)? (?:al?|de|que)"
        r"|hasta|(?:menor(?:es)? o igual|igual o menor)(?:es)? (?:al?|de|que)",
    ),
    (">", r">|(?:mayor|superior)(?:es)? (?:al?|de|que)|m[aá]s de|arriba de|por encima de"),
    ("<", r"<|(?:menor|inferior)(?:es)? (?:al?|de|que)|menos de|por debajo de"),
    ("~", r"[~≈]|aproximadamente|alrededor de|cerca de|casi"),
    ("=", r"="),
)
_RELATION_SIGNS = tuple(
    (sign, re.compile(rf"(?:{words})\s*(?=[$(\-+0-9.,])", re.IGNORECASE))
    for sign, words in _RELATIONS
)
_OR_MORE = re.compile(r"\s*\b[oy] (?P<way>más|mas|mayor|superior|menos|menor|inferior)$", re.I)
_FOOTNOTE = re.compile(r"(?<=[0-9.%)])\s*(?:[*†‡¹]+|(?<=\s)[0-9]{1,2}/|\s?[a-z]/)$")
# After "n.d.": a footnote mark or a remark in brackets.
_REMARK = re.compile(r"\s*(?:[*†‡¹]+|\s[0-9a-z]{1,2}/|(?<=[\w.])\s\([^()0-9]*\))$")
_CELL = re.compile(
    r"""(?P<first_money>\$\ ?(?=\())?(?P<open>\()?\s?
        (?P<sign>[-+]\ ?)?
        (?P<money>(?:MXN|M\.?N\.?)?\ ?\$\ ?)?
        (?P<inner>-(?=[0-9.,]))?
        (?P<numeral>[.,]?[0-9](?:[0-9.,' ]*[0-9])?)
        (?P<tail>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPOSITE = re.compile(
    r"""(?P<millions>[0-9]{1,3})\ mill[oó]n(?:es)?\ (?P<thousands_after>[0-9]{1,3})\ mil
          (?:\ (?P<rest>[0-9]{1,3}))?(?![0-9.,'])
      | (?P<thousands>[0-9]{1,3})\ mil\ (?P<units>[0-9]{1,3})(?![0-9]|[.,'][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_UNIT = re.compile(r"[^\W\d_(/][^0-9]*|\([^\W\d_][^0-9]*\)|/\s?[^\W\d_][^0-9]*|‰")
_UNIT_WITH_BASE = re.compile(
    r"[^\d]*?\bpor (?:cada [0-9][0-9, ]*|[0-9][0-9, ]* (?=[^\W\d]))[^\d]*", re.IGNORECASE
)
_NO_UNIT = re.compile(
    r"(?:er|ra|ro|do|da|to|ta|mo|ma|vo|va|[ºª°])\b"  # "1er trimestre", "2da"
    r"|(?:al?|[eouy]|del?|entre|hasta|por)$"  # a sentence that was cut off
    r"|x\b(?! cada)|[⁰²³⁴-⁹]"  # an operator, a power
    r"|.*\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    r"|diciembre)\b",
    re.IGNORECASE,
)
_CLOSE_UP = re.compile(r"[^\W\d_]{2,}")
# A digit that was misread as a letter closes a number up: "7,995,24l", "10O".
_LOOKS_LIKE_DIGIT = re.compile(r"[OoQIl|SB]+$")
_SCALES: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:mil|miles de) mill[oó]n(?:es)?\b|mmdp\b", re.I), 9),
    (re.compile(r"mill[oó]n(?:es)?\b|mdp\b|mdd\b|m\.d\.p\.", re.I), 6),
    (re.compile(r"bill[oó]n(?:es)?\b", re.I), 12),
    (re.compile(r"mil(?:es)?\b", re.I), 3),
)

_NOT_AVAILABLE_SIGNS = re.compile(
    r"n[\s./,\-]*[da][\s.,/]*|s ?[./] ?[di]\.?|-[\s\-]*|_+", re.IGNORECASE
)
_NOT_AVAILABLE_PHRASES = (
    "no disponible",
    "no disponibles",
    "informacion no disponible",
    "dato no disponible",
    "no aplica",
    "no aplicable",
    "sin dato",
    "sin datos",
    "sin informacion",
    "no hay dato",
    "no hay datos",
    "no se cuenta con informacion",
    "por definir",
)


@lru_cache(maxsize=16384)
def parse_number(text: str, habits: Habits = UNKNOWN_HABITS) -> Number:
    """Read the text of one cell as one number.

    Never raises. Text, dates, ranges, fractions, two numbers and malformed groups
    (``7,995,24``) are ``unreadable``.
    """
    printed = fold(text)
    if not printed:
        return Number(printed, "empty")
    flat = printed.translate(SIGNS)
    if _is_not_available(flat):
        return Number(printed, "not_available")
    relation, body = _split_relation(_FOOTNOTE.sub("", flat))
    composite = _COMPOSITE.match(body)
    if composite:
        return _composite_number(printed, body, composite, relation)
    match = _CELL.fullmatch(body)
    tail = _read_tail(match["tail"], match["open"] is not None) if match else None
    if match is None or tail is None or (match["sign"] and (match["open"] or match["inner"])):
        return Number(printed, "unreadable")
    percent, unit, more = tail
    numeral = read_numeral(match["numeral"], habits.decimal)
    minus = bool(match["open"] or match["inner"] or (match["sign"] or "").startswith("-"))
    if (
        unit[:1].isalpha()
        and not match["tail"].startswith((" ", "%"))
        and not _CLOSE_UP.match(unit)
    ):
        numeral = UNREADABLE
    return _number(
        printed,
        numeral,
        minus,
        Number(
            printed,
            "unreadable",
            percent=percent or _PERCENT_WORDS.match(unit) is not None,
            currency=bool(match["money"] or match["first_money"]),
            unit=unit,
            scale=_scale_of(unit),
            relation=relation or more,
        ),
    )


def _number(text: str, numeral: Numeral, minus: bool, frame: Number) -> Number:
    """Put what the digits say into the frame of what stands around them."""
    if numeral.value is not None:
        # copy_negate, since a minus sign would round to the context's 28 digits
        value = numeral.value.copy_negate() if minus and numeral.value else numeral.value
        return replace(frame, text=text, status="number", value=value, places=numeral.places)
    if numeral.candidates:
        candidates = tuple(each.copy_negate() if minus else each for each in numeral.candidates)
        return replace(frame, text=text, status="ambiguous", candidates=candidates)
    return replace(frame, text=text, status="unreadable")


def _is_not_available(flat: str) -> bool:
    bare = _REMARK.sub("", flat).strip(" ()[]")
    if _NOT_AVAILABLE_SIGNS.fullmatch(bare):
        return True
    if any(sign.isdigit() for sign in bare) or len(bare) > 40:
        return False
    key = match_key(bare)
    return any(
        fuzz.ratio(key, phrase) >= NOT_AVAILABLE_LIKENESS for phrase in _NOT_AVAILABLE_PHRASES
    )


def _split_relation(body: str) -> tuple[str, str]:
    for sign, pattern in _RELATION_SIGNS:
        match = pattern.match(body)
        if match:
            return ("" if sign == "=" else sign), body[match.end() :]
    return "", body


def _read_tail(tail: str, bracketed: bool) -> tuple[bool, str, str] | None:
    """What follows the digits: (percent, unit, relation), or None where it is no unit."""
    rest = tail.strip()
    percent = rest.startswith("%")
    rest = rest.removeprefix("%").lstrip()
    if bracketed:
        if not rest.startswith(")"):
            return None
        rest = rest[1:].lstrip()
        if rest.startswith("%"):
            percent, rest = True, rest[1:].lstrip()
    rest = rest.rstrip(" .") if not rest.endswith("d.p.") else rest
    relation = ""
    more = _OR_MORE.search(rest)
    if more:
        relation = "<=" if more["way"].lower() in ("menos", "menor", "inferior") else ">="
        rest = rest[: more.start()]
    if rest and not (_UNIT.fullmatch(rest) or _UNIT_WITH_BASE.fullmatch(rest)):
        return None
    if _LOOKS_LIKE_DIGIT.fullmatch(rest) or _NO_UNIT.match(rest):
        return None
    return percent, rest, relation


def _composite_number(printed: str, body: str, match: re.Match[str], relation: str) -> Number:
    """``2 mil 500``, ``3 millones 200 mil``: digits and words in one number."""
    tail = _read_tail(body[match.end() :], bracketed=False)
    if tail is None:
        return Number(printed, "unreadable")
    percent, unit, more = tail
    return Number(
        printed,
        "number",
        _composed(match),
        percent=percent or _PERCENT_WORDS.match(unit) is not None,
        unit=unit,
        scale=_scale_of(unit),
        relation=relation or more,
    )


def _composed(match: re.Match[str]) -> Decimal:
    if match["millions"]:
        parts = (match["millions"], match["thousands_after"], match["rest"] or 0)
    else:
        parts = (0, match["thousands"], match["units"])
    millions, thousands, units = map(int, parts)
    return Decimal(millions * 10**6 + thousands * 10**3 + units)


def _scale_of(unit: str) -> int:
    return next((power for pattern, power in _SCALES if pattern.match(unit)), 0)


# --- numbers inside prose ---

_RUN = r"[0-9]+(?:[.,'][0-9]+)*"
_IN_PROSE = re.compile(
    rf"""(?:(?<![^\W_])|(?<=(?<![^\W\d_])[xX]))(?<![0-9][.,'])(?<![^\W\d_]-)
        (?P<sign>(?<![^\s(=:\[{{])-)?(?P<money>\$\ ?)?
        (?P<numeral>
            [1-9][0-9]{{0,2}}(?:\ [0-9]{{3}})+(?![0-9]|,[0-9]{{3}}(?![0-9]))(?:[.,][0-9]+)?
          | [1-9][0-9]{{0,2}}(?:,[0-9]{{3}})*(?:,\ 000)+(?![0-9]|[.,][0-9])
          | \.?{_RUN}
        )(?![0-9²³⁴-⁹])
        (?P<percent>\ ?%)?""",
    re.VERBOSE,
)
_PROSE_UNIT = re.compile(
    r"""\ (?P<unit>
        por\ ?ciento\b|puntos?(?:\ porcentuale?s?|\ base)?\b(?!\ (?:de|a)\b)
      | (?:(?:mil|miles\ de)\ )?mill[oó]n(?:es)?(?:\ de\ (?:pesos|dólares))?\b
      | bill[oó]n(?:es)?\b|mil(?:es)?\b|m?mdp\b|mdd\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PERCENT_WORDS = re.compile(r"por\s?ciento\b", re.IGNORECASE)
_MINUS_IS_OPERATOR = re.compile(r"[0-9)\]}%]\s*$")


def find_numbers(text: str, habits: Habits = UNKNOWN_HABITS) -> list[FoundNumber]:
    """All numbers in a text, in its order, in digits and in Spanish words.

    Years, ages and the digits of dates are numbers too: what counts is the caller's to decide.
    Digits that belong to a word (``COVID-19``) are none. ``start`` and ``end`` are offsets in the
    text as given.
    """
    flat = text.translate(SIGNS)
    found: list[FoundNumber] = []
    position = 0
    while match := _IN_PROSE.search(flat, position):
        found.append(_found_in_digits(text, flat, match, habits))
        position = found[-1].end
    taken = [(each.start, each.end) for each in found]
    for words in find_words(flat):
        if any(words.start < end and start < words.end for start, end in taken):
            continue
        printed = fold(text[words.start : words.end])
        number = Number(
            printed,
            "number",
            words.value,
            places=words.places,
            percent=_PERCENT_WORDS.match(words.unit) is not None,
            unit=words.unit,
        )
        found.append(FoundNumber(words.start, words.end, number, words=True))
    return sorted(found, key=lambda each: each.start)


def _found_in_digits(text: str, flat: str, match: re.Match[str], habits: Habits) -> FoundNumber:
    start, end = match.span()
    minus = match["sign"] is not None
    if minus and _MINUS_IS_OPERATOR.search(flat[max(0, start - 8) : start]):
        minus, start = False, start + 1
    composite = _COMPOSITE.match(flat, match.start("numeral"))
    if composite:
        end = composite.end()
        numeral = Numeral(_composed(composite))
    else:
        numeral = read_numeral(match["numeral"], habits.decimal)
    percent = match["percent"] is not None and not composite
    unit = "" if percent else _unit_after(flat, end)
    end += len(unit) + 1 if unit else 0
    printed = fold(text[start:end])
    frame = Number(
        printed,
        "unreadable",
        percent=percent or _PERCENT_WORDS.match(unit) is not None,
        currency=match["money"] is not None,
        unit=unit,
        scale=_scale_of(unit),
    )
    return FoundNumber(start, end, _number(printed, numeral, minus, frame))


def _unit_after(flat: str, end: int) -> str:
    match = _PROSE_UNIT.match(flat, end)
    return match["unit"] if match else ""
