"""Rounding, agreeing and writing numbers, exactly.

A printed number stands for all values that round to it (the stand of XBRL Calculations 1.1).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from normalize.number_type import Number

SHOWN_PLACES = 6
"""Decimals shown of a value that has more than it is worth printing."""
SHOWN_DIGITS = 4
"""Significant digits shown at least, however small the value."""
EXACT_PLACES = 10
"""A fraction with at most this many decimals is written exactly."""


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
