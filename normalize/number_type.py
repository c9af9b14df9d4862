"""What a printed number is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

NumberStatus = Literal["number", "not_available", "empty", "ambiguous", "unreadable"]


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
        return _rational(self.value)

    @property
    def interval(self) -> tuple[Fraction, Fraction]:
        """All values that round to this one, ends included. Raises ``ValueError`` without value."""
        value, half = self.fraction, Fraction(1, 2 * 10**self.places)
        return value - half, value + half


@lru_cache(maxsize=4096)
def _rational(value: Decimal) -> Fraction:
    """Rules ask for the same few numbers again and again."""
    return Fraction(value)


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
