"""Numbers of which Tesseract overlooked a point, or took the percent sign for a letter.

The ink of a number has a mark for each of its points, however pale: ``13`` of three marks, the
middle one low, is ``1.3``; and a percent sign falls apart into more marks than letters do. What is
mended so is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.scan.glyphs import DASH, TALL, UNSURE, Sign, Type
from extract.scan.ink import LEVELS, PALEST

LOW = 0.45, DASH[2]
"""Height of a point or comma at most, and depth of its middle at least (see
:class:`~extract.scan.glyphs.Sign`)."""
PIECES = 3
"""Marks of a percent sign at most."""
_NUMBER = re.compile(r"(?P<digits>-?[\d.,]*\d[.,]*)(?P<end>%|[A-Za-z*/]{1,2})?")
_GROUPED = re.compile(r"\d{1,3}\.\d{3}(?!\d)")


def is_numeric(reading: str) -> bool:
    """Whether a reading is a number, or one with a letter or two behind it."""
    return _NUMBER.fullmatch(reading) is not None


def mended(reading: str, parted: Sequence[Sequence[Sign]], kind: Type, cell: object) -> str:
    """The number that a reading should have been as its ink has more points and commas, or more
    marks at its end than letters make; empty where nothing is missing, or the ink does not bear
    out the digits. ``parted``: the ink's signs, as each level parts them."""
    number = _NUMBER.fullmatch(reading)
    if number is None:
        return ""
    text, end = number["digits"], number["end"] or ""
    least, most = (0, 0) if not end else (1 if end == "%" else len(end) + 1, PIECES)
    marks = len(text) - len(_inked(text))
    palest = parted[LEVELS.index(PALEST) :][:1]  # none, where a piece has no ink of its own
    for signs in parted:
        if any(len(faint) > len(signs) for faint in palest):
            continue  # some mark is too pale for this level
        woven = _woven(_inked(text), signs, kind, cell)
        rest = len(signs) - len(woven)
        points = sum(sign in f".,{UNSURE}" for sign in woven)
        if not (woven and least <= rest <= most) or points < marks:
            continue
        if points == marks and end in ("", "%"):
            return ""
        found = woven.replace(UNSURE, ".") if points > marks else text
        if UNSURE in woven and _GROUPED.search(found):
            continue
        told = kind.read(found, [signs[: len(found)]], cell)
        if all(own == sign or not sign.isdigit() for own, sign in zip(told, found, strict=True)):
            return found + "%" * bool(end)
    return ""


def _inked(text: str) -> str:
    """A number without its points and commas."""
    return text.replace(".", "").replace(",", "")


def _woven(digits: str, signs: Sequence[Sign], kind: Type, cell: object) -> str:
    """Digits among the low marks of their ink, each of these what it surely is, or
    :data:`~extract.scan.glyphs.UNSURE`; empty where the marks are others than digits and such."""
    found: list[str] = []
    left = list(digits)
    for sign in signs:
        if not left:
            break
        if sign.height <= LOW[0] and sign.depth >= LOW[1]:
            found.append(kind.separator(sign, cell) or UNSURE)
        elif (left[0] == "-") == (sign.height < TALL):
            found.append(left.pop(0))
        else:
            return ""
    return "" if left else "".join(found)
