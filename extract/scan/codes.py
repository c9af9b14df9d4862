"""Budget keys (``E012``, ``50E011``) as they are formed: a letter before three digits.

Tesseract sees an O and a zero in one sign (``EO012``), or a digit in the letter (``50011``). A word
that is no key, but by its signs can only be one, is that key, and in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.scan.crops import Seen

_KEY = re.compile(r"\d{0,3}[A-Z]\d{3}")
_NEARLY = re.compile(
    r"(?P<before>\W*\d{0,3})(?P<letter>[A-Z])(?P<digits>[\dOo]{2,6})(?P<after>\W*)"
)
_DIGITS = re.compile(r"\d{4,7}")


def with_codes(taken: Sequence[Sequence[Seen]], readings: Sequence[str]) -> list[list[Seen]] | None:
    """The words that were taken, with the keys that they can only be; ``None`` where all stand as
    they were read. ``readings``: those of the same ink, and the layer's."""
    found = [[replace(word, text=_code(word.text, readings)) for word in line] for line in taken]
    return found if found != [list(line) for line in taken] else None


def _code(text: str, readings: Sequence[str]) -> str:
    if _DIGITS.fullmatch(text):
        return next(_lettered(text, readings), text)
    nearly = _NEARLY.fullmatch(text)
    if nearly is None or "O" not in nearly["digits"].upper():
        return text
    digits = re.sub("[Oo]", "", nearly["digits"])
    if len(digits) != 3:
        digits = re.sub("[Oo]", "0", nearly["digits"])
    if len(digits) != 3:
        return text
    return f"{nearly['before']}{nearly['letter']}{digits}{nearly['after']}"


def _lettered(digits: str, readings: Sequence[str]) -> Iterator[str]:
    """The keys that another reading has in place of digits: these without the letter, or with a
    digit in its place."""
    for reading in readings:
        at = len(reading) - 4
        if _KEY.fullmatch(reading):
            before, behind = reading[:at], reading[at + 1 :]
            other = digits[at : len(digits) - len(behind)]
            if digits == before + other + behind and len(other) <= 1:
                yield reading
