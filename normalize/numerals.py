"""Digits and their marks: which is the decimal sign, which separates groups.

Mexico writes dot decimals and comma groups; documents also print spaces between groups, commas
with a space after them, the apostrophe of millions, and now and then decimal commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DecimalSign = Literal[".", ",", ""]

COMMA_VOTES = 2
"""Distinct numbers that must show a decimal comma before it counts as a document's habit: Mexican
usage is the dot (though NOM-008-SCFI-2002, as amended in 2009, allows both), and one slip is no
habit."""
MAJORITY = 4
"""How many times more often than the other a decimal sign must stand to be the habit."""

# One character for one, so that offsets in a text stay true.
SIGNS = str.maketrans(
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

_RUN = re.compile(r"(?<![0-9.,'])[.,]?[0-9]+(?:[.,'][0-9]+)*")


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
            flat = text.translate(SIGNS)
            seen.update(match[0] for match in _RUN.finditer(flat))
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


@dataclass(frozen=True, slots=True)
class Numeral:
    """Digits and marks, read: a value, or the values they could have, or neither."""

    value: Decimal | None
    places: int = 0
    candidates: tuple[Decimal, ...] = ()


UNREADABLE = Numeral(None)


def _close_up(numeral: str) -> str:
    """``100, 000`` to ``100,000`` and the Mexican ``1'234,567`` to ``1,234,567``."""
    return _MILLIONS_APOSTROPHE.sub(r"\1,", _SPACED_COMMA.sub(",", numeral))


def _only(whole: str, decimals: str = "") -> Numeral:
    return Numeral(Decimal(f"{whole or 0}.{decimals}" if decimals else whole), len(decimals))


def _either(*readings: tuple[str, str]) -> Numeral:
    values = [
        Decimal(f"{whole or 0}.{decimals}" if decimals else whole) for whole, decimals in readings
    ]
    return Numeral(None, candidates=tuple(dict.fromkeys(values)))


def read_numeral(numeral: str, sign: DecimalSign) -> Numeral:
    """Read digits and marks where ``sign`` is the document's evident decimal sign."""
    closed = _close_up(numeral)
    if _DIGITS.fullmatch(closed):
        return _only(closed)
    grouped = _GROUPED.fullmatch(closed)
    if grouped:
        return _read_grouped(grouped, sign)
    plain_decimal = _PLAIN_DECIMAL.fullmatch(closed)
    if plain_decimal is None:
        return UNREADABLE
    whole, point, decimals = plain_decimal.group("whole", "point", "decimals")
    if point == (sign or "."):
        return _only(whole, decimals)
    readings = [(whole, decimals)]
    if whole.strip("0"):
        readings.append((whole + decimals, ""))
    return _either(*readings)


def _read_grouped(match: re.Match[str], sign: DecimalSign) -> Numeral:
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
