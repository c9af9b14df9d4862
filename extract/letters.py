"""The letters of a page, one for each of pdfium's characters."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

from extract.calls import unchecked
from extract.undecoded import UNREAD, is_unmapped

SAMPLE = 200
"""Characters of a page by which its text is compared with its characters."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What may be no character: not CR, LF and TAB. U+0002 is a hyphen where the font does not deny."""
_LONE = re.compile("[\ud800-\udfff]")
"""Half of a character's two units, without the other."""


def letters_of(text: Any, pdfium: Any) -> str:
    """The characters of pdfium's text page, one for each of its positions; :data:`UNREAD` stands
    for what is none, or is not told by the font."""
    letters = _letters(text, pdfium)
    unmapped = [
        found.start()
        for found in _CONTROL.finditer(letters)
        if is_unmapped(text, found.start(), pdfium)
    ]
    for at in unmapped:
        letters = letters[:at] + UNREAD + letters[at + 1 :]
    return letters


def _letters(text: Any, pdfium: Any) -> str:
    """The characters that pdfium's text page has codes for.

    All are asked for at once; where that gives another number of them than one by one (it leaves
    out some, and gives two units for some), one by one.
    """
    count = pdfium.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, units) if count > 0 else 1
    one_of = unchecked(pdfium.FPDFText_GetUnicode)
    if written == count + 1 and all(
        units[at] == one_of(text, at) for at in range(0, count, max(1, count // SAMPLE))
    ):
        letters = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(letters) == count:
            return _LONE.sub(UNREAD, letters)
        codes: Sequence[int] = units[:count]
    else:
        codes = [one_of(text, at) for at in range(count)]
    return "".join(
        chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else UNREAD for code in codes
    )
