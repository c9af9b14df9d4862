"""Numbers as printed in Mexico: reading them, the habits of a document, rounding, writing them.

A printed number keeps its characters and its printed precision. Reading never guesses: what could
be read two ways is ``ambiguous`` unless the document's own habits decide, and what is not one
number is ``unreadable``. Values are ``Decimal`` or ``Fraction``, never floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from normalize.number_words import find_words
from normalize.text import fold, match_key

NumberStatus = Literal["number", "not_available", "empty", "ambiguous", "unreadable"]
DecimalSign = Literal[".", ",", ""]

COMMA_VOTES = 2
"""Distinct numbers that must show a decimal comma before it counts as a document's habit: the
Mexican norm is the dot (NOM-008-SCFI-2002, amended 2009, allows both), and one slip is no habit."""
MAJORITY = 4
"""How many times more often than the other a decimal sign must stand to be the habit."""
NOT_AVAILABLE_LIKENESS = 88
"""Likeness (0 to 100, rapidfuzz ``ratio``) that still takes a phrase for "no disponible"."""

# --- the grammar of printed numbers -----------------------------------------------------------

# One character for one, so that offsets in a text stay true.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-"),
        **dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\t\n"), " "),
        **dict.fromkeys(map(ord, "’´‘ʼ"), "'"),
        0xFF05: "%",
    }
)

_DIGITS = re.compile(r"[0-9]+")
_SPACED_COMMA = re.compile(r", (?=[0-9]{3}(?![0-9]))")
_MILLIONS_APOSTROPHE = re.compile(r"([0-9]{1,3})'(?=[0-9]{3}(?![0-9]))")
_GROUPED = re.compile(
    r"""(?P<groups>[1-9][0-9]{0,2}(?P<mark>[., ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)
        (?:(?!(?P=mark))(?P<point>[.,])(?P<decimals>[0-9]+))?""",
    re.VERBOSE,
)
_PLAIN_DECIMAL = re.compile(r"(?P<whole>[0-9]*)(?P<point>[.,])(?P<decimals>[0-9]+)")

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
_CELL = re.compile(
    r"""(?P<open>\()?\s?
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


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number.

    ``value`` is exact and as printed: ``14.2 %`` is 14.2, ``152 mil`` is 152 with ``scale`` 3.
    Only a number that mixes digits and words (``2 mil 500``) is composed, to 2500.
    ``percent`` is a printed ``%`` or "por ciento"; ``relation`` one of ``>= <= > < ~`` or empty.
    """

    text: str
    status: NumberStatus
    value: Decimal | None = None
    places: int = 0
    percent: bool = False
    currency: bool = False
    unit: str = ""
    scale: int = 0
    candidates: tuple[Decimal, ...] = ()
    relation: str = ""

    @property
    def fraction(self) -> Fraction:
        """The value as a rational. Raises ``ValueError`` where there is none."""
        if self.value is None:
            raise ValueError(f"{self.text!r} has no value ({self.status})")
        return Fraction(self.value)

    @property
    def interval(self) -> tuple[Fraction, Fraction]:
        """All values that round to this one, ends included. Raises ``ValueError`` without value."""
        half = Fraction(1, 2 * 10**self.places)
        return self.fraction - half, self.fraction + half


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number inside prose: ``text[start:end]`` with its sign, ``%``, "por ciento", "mil" ….

    ``number.unit`` holds only those words; nouns that follow are the caller's to read. Numbers in
    words (``words``) are composed to their value: "ciento veinte millones" is 120000000.
    """

    start: int
    end: int
    number: Number
    words: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document writes its decimals: distinct numbers that show each sign beyond doubt."""

    dot: int = 0
    comma: int = 0

    @property
    def decimal(self) -> DecimalSign:
        """The document's evident decimal sign, or empty where nothing is evident."""
        if self.dot and self.dot >= MAJORITY * self.comma:
            return "."
        if self.comma >= COMMA_VOTES and self.comma >= MAJORITY * self.dot:
            return ","
        return ""

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Habits:
        """Count the distinct unambiguous numbers in texts, cells or prose.

        ``29.99``, ``.68`` and ``7,995,246`` speak for the dot; ``12,5`` and ``7.995.246`` for
        the comma; ``1.234`` and ``3,400`` for neither.
        """
        seen: set[str] = set()
        for text in texts:
            flat = text.translate(_SIGNS)
            seen.update(match["numeral"] for match in _IN_PROSE.finditer(flat))
        votes = [_vote(numeral) for numeral in seen]
        return cls(dot=votes.count("."), comma=votes.count(","))


def _vote(numeral: str) -> DecimalSign:
    """The decimal sign that one numeral shows beyond doubt."""
    grouped = _GROUPED.fullmatch(_close_up(numeral))
    if grouped is None:
        plain_decimal = _PLAIN_DECIMAL.fullmatch(numeral)
        return _decimal_sign(plain_decimal["point"]) if plain_decimal else ""
    if grouped["point"]:
        return _decimal_sign(grouped["point"])
    mark, count = grouped["mark"], grouped["groups"].count(grouped["mark"])
    if mark == " " or count == 1:
        return ""
    return "." if mark == "," else ","


def _decimal_sign(sign: str) -> DecimalSign:
    return "." if sign == "." else ","


# --- reading one number -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Numeral:
    """Digits and marks, read: a value, or the values they could have, or neither."""

    value: Decimal | None
    places: int = 0
    candidates: tuple[Decimal, ...] = ()


_UNREADABLE = _Numeral(None)


def _close_up(numeral: str) -> str:
    """``100, 000`` to ``100,000`` and the Mexican ``1'234,567`` to ``1,234,567``."""
    return _MILLIONS_APOSTROPHE.sub(r"\1,", _SPACED_COMMA.sub(",", numeral))


def _only(whole: str, decimals: str = "") -> _Numeral:
    return _Numeral(Decimal(f"{whole or 0}.{decimals}" if decimals else whole), len(decimals))


def _either(*readings: tuple[str, str]) -> _Numeral:
    values = [
        Decimal(f"{whole or 0}.{decimals}" if decimals else whole) for whole, decimals in readings
    ]
    return _Numeral(None, candidates=tuple(dict.fromkeys(values)))


def _read_numeral(numeral: str, sign: DecimalSign) -> _Numeral:
    """Read digits and marks where ``sign`` is the document's evident decimal sign."""
    closed = _close_up(numeral)
    if _DIGITS.fullmatch(closed):
        return _only(closed)
    grouped = _GROUPED.fullmatch(closed)
    if grouped:
        return _read_grouped(grouped, sign)
    plain_decimal = _PLAIN_DECIMAL.fullmatch(closed)
    if plain_decimal is None:
        return _UNREADABLE
    whole, point, decimals = plain_decimal.group("whole", "point", "decimals")
    if point == (sign or "."):
        return _only(whole, decimals)
    readings = [(whole, decimals)]
    if whole.strip("0"):
        readings.append((whole + decimals, ""))
    return _either(*readings)


def _read_grouped(match: re.Match[str], sign: DecimalSign) -> _Numeral:
    """Well-formed groups of three, perhaps with decimals after another mark."""
    groups, mark, point, decimals = match.group("groups", "mark", "point", "decimals")
    whole = groups.replace(mark, "")
    if point:
        european = point == ","
        contrary = sign != "" and sign != point
        if contrary or (european and (mark == " " or len(decimals) == 3) and sign != ","):
            readings = [(whole, decimals)]
            if len(decimals) == 3:
                readings.append((whole + decimals, ""))
            return _either(*readings)
        return _only(whole, decimals)
    if mark == " ":
        return _only(whole)
    first, _, rest = groups.partition(mark)
    if mark in rest:
        # Two groups and more can be no decimals, but a document that writes its decimals with
        # this very mark does not write its groups with it.
        return _either((whole, "")) if mark == sign == "." else _only(whole)
    if mark == ",":
        return _either((whole, ""), (first, rest)) if sign == "," else _only(whole)
    if sign == "":
        return _either((first, rest), (whole, ""))
    return _only(first, rest) if sign == "." else _only(whole)


@lru_cache(maxsize=16384)
def parse_number(text: str, habits: Habits = Habits()) -> Number:
    """Read the text of one cell as one number.

    Never raises. Text, dates, ranges, fractions, two numbers and malformed groups
    (``7,995,24``) are ``unreadable``.
    """
    printed = fold(text)
    if not printed:
        return Number(printed, "empty")
    flat = printed.translate(_SIGNS)
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
    numeral = _read_numeral(match["numeral"], habits.decimal)
    minus = bool(match["open"] or match["inner"] or (match["sign"] or "").startswith("-"))
    if (
        unit[:1].isalpha()
        and not match["tail"].startswith((" ", "%"))
        and not _CLOSE_UP.match(unit)
    ):
        numeral = _UNREADABLE
    return _number(
        printed,
        numeral,
        minus,
        Number(
            printed,
            "unreadable",
            percent=percent or _PERCENT_WORDS.match(unit) is not None,
            currency=match["money"] is not None,
            unit=unit,
            scale=_scale_of(unit),
            relation=relation or more,
        ),
    )


def _number(text: str, numeral: _Numeral, minus: bool, frame: Number) -> Number:
    """Put what the digits say into the frame of what stands around them."""
    if numeral.value is not None:
        value = -numeral.value if minus and numeral.value else numeral.value
        return replace(frame, text=text, status="number", value=value, places=numeral.places)
    if numeral.candidates:
        candidates = tuple(-each if minus else each for each in numeral.candidates)
        return replace(frame, text=text, status="ambiguous", candidates=candidates)
    return replace(frame, text=text, status="unreadable")


def _is_not_available(flat: str) -> bool:
    bare = _FOOTNOTE.sub("", flat).rstrip("*").strip(" ()[]")
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


# --- numbers inside prose -----------------------------------------------------------------------


def find_numbers(text: str, habits: Habits = Habits()) -> list[FoundNumber]:
    """All numbers in a text, in its order, in digits and in Spanish words.

    Years, ages and the digits of dates are numbers too: what counts is the caller's to decide.
    Digits that belong to a word (``COVID-19``) are none. ``start`` and ``end`` are offsets in the
    text as given.
    """
    flat = text.translate(_SIGNS)
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
        numeral = _Numeral(_composed(composite))
    else:
        numeral = _read_numeral(match["numeral"], habits.decimal)
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


# --- rounding and agreeing ----------------------------------------------------------------------


def _half_up(value: Fraction, places: int) -> Fraction:
    """Round half away from zero."""
    scaled = abs(value) * 10**places
    rounded = Fraction(int(scaled + Fraction(1, 2)), 10**places)
    return -rounded if value < 0 else rounded


def rounds_to(value: Fraction, printed: Number) -> bool:
    """Whether a value, rounded half up (away from zero) or half even, is the printed number.

    Raises ``ValueError`` where the printed number has no value.
    """
    stated = printed.fraction
    return _half_up(value, printed.places) == stated or round(value, printed.places) == stated


def truncates_to(value: Fraction, printed: Number) -> bool:
    """Whether a value gives the printed number cut off towards zero, and not by rounding.

    Raises ``ValueError`` where the printed number has no value.
    """
    cut = Fraction(int(value * 10**printed.places), 10**printed.places)
    return cut == printed.fraction and not rounds_to(value, printed)


def printed_agree(a: Number, b: Number) -> bool:
    """Whether two printed numbers say the same: the finer rounds to the coarser.

    ``95.0`` and ``95`` agree, ``94.6`` and ``95`` too. A scale in words (``152 mil``) is tried
    both ways, since the unit of the other may stand outside its cell.
    Raises ``ValueError`` where one has no value.
    """
    return _grained_agree(a, 0, b, 0) or (
        a.scale != b.scale and _grained_agree(a, a.scale, b, b.scale)
    )


def _grained_agree(a: Number, scale_a: int, b: Number, scale_b: int) -> bool:
    finer, coarser = (a, b) if a.places - scale_a >= b.places - scale_b else (b, a)
    shift = (scale_a - scale_b) if finer is a else (scale_b - scale_a)
    return rounds_to(finer.fraction * Fraction(10) ** shift, coarser)


# --- writing numbers ----------------------------------------------------------------------------

SHOWN_PLACES = 6
"""Decimals shown of a value that has more than it is worth printing."""
SHOWN_DIGITS = 4
"""Significant digits shown at least, however small the value."""
EXACT_PLACES = 10
"""A fraction with at most this many decimals is written exactly."""


def plain(value: Fraction | Decimal, places: int | None = None) -> str:
    """Plain decimal notation without grouping: ``-860``, ``29.998972``.

    With ``places``, rounded half up to so many. Without, a ``Decimal`` keeps all its digits and a
    fraction is exact where ten decimals suffice, else rounded to six (more for tiny values).
    """
    if places is None:
        if isinstance(value, Decimal):
            return format(value or abs(value), "f")
        places = _places_to_show(value)
    rounded = _half_up(Fraction(value), places)
    digits = str(abs(rounded.numerator * 10**places // rounded.denominator)).rjust(places + 1, "0")
    body = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{body}" if rounded < 0 else body


def grouped(value: Fraction | Decimal, places: int | None = None) -> str:
    """As :func:`plain`, with commas between thousands: ``7,995,246``."""
    whole, point, decimals = plain(value, places).partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole.strip("-0") else f"{whole}{point}{decimals}"


def _places_to_show(value: Fraction) -> int:
    for places in range(EXACT_PLACES + 1):
        if (value * 10**places).denominator == 1:
            return places
    small = abs(value)
    places = SHOWN_PLACES
    while small * 10**places < 10 ** (SHOWN_DIGITS - 1):
        places += 1
    return places
