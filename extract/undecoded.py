"""Pages whose fonts do not say what letters they print.

A font without a usable /ToUnicode map prints well and reads as nonsense. pdfium knows which
characters it could not map (ISO 32000-2, 9.10.2); control characters among the text betray them.
"""

from __future__ import annotations

import re
from typing import Any

from extract.pdf import Pdf, open_text

SAMPLE = 200
"""Characters of a page that are asked about."""
MUCH = 0.25
"""Part of them from which the page cannot be read."""
_NONE = re.compile(r"[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffd]")
"""What is no character: not CR, LF, TAB and U+0002, which pdfium writes of its own accord."""


def is_suspect(text: str) -> bool:
    """Whether a page's text has characters that are none."""
    return _NONE.search(text) is not None


def is_unmapped(text: Any, position: int, pdfium: Any) -> bool:
    """Whether the font does not say what a character of pdfium's text page is."""
    return bool(pdfium.FPDFText_HasUnicodeMapError(text, position) == 1)


def is_undecoded(pdf: Pdf, number: int) -> bool:
    """Whether much of a page's text (from 1) cannot be told from its fonts.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import pypdfium2.raw as pdfium

    with open_text(pdf, number) as (_, text):
        count = pdfium.FPDFText_CountChars(text)
        asked = range(0, count, max(1, count // SAMPLE))
        unmapped = sum(is_unmapped(text, position, pdfium) for position in asked)
        return unmapped > MUCH * max(len(asked), 1)
