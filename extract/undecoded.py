"""Pages whose fonts do not say what letters they print.

A font without a usable /ToUnicode map prints well and reads as nonsense. pdfium knows which
characters it could not map (ISO 32000-2, 9.10.2); control characters among the text betray them.
"""

from __future__ import annotations

import re
from typing import Any

from extract.pdf import Pdf, open_text
from extract.types import Printed, Problem, RawDocument

SAMPLE = 200
"""Characters of a page that are asked about."""
MUCH = 0.25
"""Part of them from which the page cannot be read."""
LETTERS = 3
"""Such characters inside of words from which it cannot be read either: a letter is lost, and not
the sign of a list."""
_NONE = re.compile(r"[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffd]")
"""What is no character: not CR, LF, TAB and U+0002, which pdfium writes of its own accord."""
_INSIDE = re.compile(r"(?<=[^\W\d_])[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd](?=[^\W\d_])")
"""What may be none between two letters, U+0002 among it."""
UNREAD = "\ufffd"
"""Stands for a character of which the font does not say what it is."""


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
        if unmapped > MUCH * max(len(asked), 1):
            return True
        codes = [pdfium.FPDFText_GetUnicode(text, position) for position in range(count)]
        letters = "".join(chr(code) if code < 0xD800 else "\ufffd" for code in codes)
        inside = (found.start() for found in _INSIDE.finditer(letters))
        return sum(is_unmapped(text, position, pdfium) for position in inside) >= LETTERS


def doubt_undecoded(raw: RawDocument) -> None:
    """Say of each text of a card, figure or statement that characters of it cannot be told."""
    for card in raw.cards:
        for name, text in card.fields.items():
            if UNREAD in text.text:
                card.problems.append(_doubt(name, text))
    for figure in raw.figures:
        if UNREAD in figure.value.text + figure.subject:
            path = f"figures.{figure.figure}.{figure.year}.{figure.subject}"
            raw.problems.append(_doubt(path, figure.value))
    texts = [each.text for each in raw.statements]
    texts += [text for text in (raw.title, raw.institution) if text is not None]
    raw.problems += [_doubt("", text) for text in texts if UNREAD in text.text]
    cells = [each.value for each in raw.cells]
    raw.problems += [_doubt("distributions", each) for each in cells if UNREAD in each.text]


def _doubt(field: str, text: Printed) -> Problem:
    return Problem(
        "REA03",
        field,
        f"En «{text.text}» hay caracteres que su fuente no dice cuáles son (�).",
        f"In “{text.text}” there are characters of which the font does not say what they are (�).",
        text.pieces,
    )
