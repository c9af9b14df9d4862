"""Printed text: folding white space, joining lines, taking keys and enumerators off, comparing.

Everything here keeps the document's own spelling; only ``match_key`` and ``slug`` change words,
and their results are for comparing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

LINE_END_HYPHENS = "\x02\ufffe"
"""What pdfium writes for a hyphen at the end of a line."""

_YEARS = re.compile(r"\b(?:19|20)\d{2}\b(?:\s*(?:[-–—/]|al?)\s*(?:(?:19|20)\d{2}|\d{2})\b)?")
_ACRONYM = re.compile(r"\(\s*[A-ZÁÉÍÓÚÑ\-\s]{2,}\)")
_INVISIBLE = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_WRITTEN_OUT = {**_INVISIBLE, **_LIGATURES}
_UNCLEAN = re.compile(f"[{''.join(_WRITTEN_OUT)}]")
_LINE_END_HYPHEN = re.compile(rf"[{LINE_END_HYPHENS}]\s*")
_BROKEN_AFTER_HYPHEN = re.compile(
    r"([\-\u2010\u2011–—])(?:(?<=[^\s.\-\u2010\u2011][\-\u2010\u2011])[^\S\n]*\n\s*"
    r"|(?<=\d[–—])[^\S\n]*\n\s*(?=\d))"
)
_DASH = re.compile("[-\u2010\u2011–—]")
"""What every expression for a broken line has: few cells do."""
_BROKEN_AFTER_MINUS = re.compile(r"([=(\[{+*/×÷:;,]\s?-)[^\S\n]*\n\s*(?=[\d.])")
_PARENTHESIS = re.compile(
    r"(?<=[^\S\n])-(?P<open>\s*\n\s*)?(?P<inner>[^\W\d_][^\-\n]*(?:\n[^\-\n]*){0,3}?\w)-"
    r"(?P<close>[^\S\n]*\n\s*|(?=[\s,.;:)]))"
)
_BROKEN_AFTER_SOFT_HYPHEN = re.compile("\u00ad[^\\S\\n]*\\n\\s*")

_KEY = re.compile(
    r"""\s*
    (?:(?:metas?\s+(?:para\s+el|del|de)\s+bienestar|par[aá]metro|indicador)\s*:?\s+)?
    (?P<key>
        \d{1,2}(?:\.\ ?\d{1,3})+(?:\.?[a-z](?=[\s.):\-]|$))?   # 1.1  1.10  2.1.3  2.1.a
      | \d{1,2}(?=\s*(?:\.\s*[-–]|[.)])\s)                      # 1.-  1.  1)
    )
    (?!\s*(?:\d|%|por\s+ciento\b|mil\b|millones\b))
    \s*(?:\.\s*[-–—]|[.):]|[-–—](?=\s))?\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENUMERATOR = re.compile(
    r"""\s*(?:
        \d{1,2}\s*(?:\.\s*[-–—]|[.)]|[-–—](?=\s))(?!\d)   # 1.-  1.  1)  1 -
      | [a-z]\s*(?:\.\s*[-–—]|\))                          # a)  a.-
      | [ivx]{1,4}\s*(?:\.\s*[-–—]|\))                     # II)  iv.-
      | [•·▪●■◦\-–—]\s                                     # bullets
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?:\b\w\.){2,}$")
_NOT_A_WORD = re.compile(r"[\W_]+")
_SIGNS = re.compile(r"[^\x00-\x7f\w]+")
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}
"""ASCII without its letters and digits: looked up faster than the expression finds them."""


def fold(text: str) -> str:
    """NFC with white space folded, line breaks included.

    A line break after a hyphen that is attached to the word before it goes and the hyphen stays
    (``IMSS-⏎BIENESTAR`` is ``IMSS-BIENESTAR``), but not in ``50.-⏎Instituto``, nor at the end of a
    remark -between hyphens-⏎inside a sentence; a soft hyphen goes with its line break; typographic
    ligatures are written out, since they belong to the font and not to the spelling.
    """
    if text.isascii() and "\n" not in text and "\x02" not in text:
        return " ".join(text.split())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x02" in text or "\ufffe" in text:
        text = _LINE_END_HYPHEN.sub("-\n", text)
    if "\u00ad" in text:
        text = _BROKEN_AFTER_SOFT_HYPHEN.sub("", text).replace("\u00ad", "")
    if "\n" in text and _DASH.search(text):
        text = _BROKEN_AFTER_MINUS.sub(r"\1", _PARENTHESIS.sub(_close_up, text))
        text = _BROKEN_AFTER_HYPHEN.sub(r"\1", text)
    text = _UNCLEAN.sub(lambda sign: _WRITTEN_OUT[sign[0]], text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _close_up(match: re.Match[str]) -> str:
    """A remark between hyphens, a space after it; unless both its hyphens end a line: then they
    may as well be others."""
    opens, closes = match["open"], match["close"]
    if opens and closes:
        return match[0]
    return f"-{match['inner']}-{' ' if closes else ''}"


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of one cell, top to bottom, by the rule of :func:`fold`.

    >>> join_lines(["Programa IMSS-", "BIENESTAR, 2019 -", "2024"])
    'Programa IMSS-BIENESTAR, 2019 - 2024'
    """
    return fold("\n".join(lines))


def strip_final_stop(text: str) -> str:
    """Take off a final stop; an ellipsis and the stops of ``S.A.`` stay.

    >>> strip_final_stop("Programa IMSS-BIENESTAR.")
    'Programa IMSS-BIENESTAR'
    """
    text = text.rstrip()
    if not text.endswith(".") or text.endswith("...") or _ABBREVIATION.search(text):
        return text
    return text.rstrip(". ")


def key_of(name: str) -> tuple[str | None, str]:
    """The printed key of an indicator and its name without key and final stop.

    >>> key_of("1.10.- Porcentaje de niños atendidos.")
    ('1.10', 'Porcentaje de niños atendidos')
    """
    folded = fold(name)
    match = _KEY.match(folded)
    if match is None:
        return None, strip_final_stop(folded)
    return match["key"].replace(" ", ""), strip_final_stop(folded[match.end() :])


def enumerator_of(text: str) -> int | None:
    """The number that a text is headed with (``3`` of ``3.- Ingresos``), if any."""
    match = _ENUMERATOR.match(text)
    digits = re.match(r"\s*(\d+)", match[0]) if match else None
    return int(digits[1]) if digits else None


def strip_enumerator(text: str) -> str:
    """Take off the enumerator of a list.

    >>> strip_enumerator("1.- Población adscrita")
    'Población adscrita'
    """
    match = _ENUMERATOR.match(text)
    return text[match.end() :] if match else text


@lru_cache(maxsize=2048)
def match_key(text: str) -> str:
    """A text for comparing: no case, accents or punctuation, spaces folded.

    >>> match_key("Fuente de Información, variable 1")
    'fuente de informacion variable 1'
    """
    if not text.isascii():
        text = text.replace("\u00ad", "")
        text = _SIGNS.sub(" ", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    text = text.casefold()
    words = text.translate(_SPACED) if text.isascii() else _NOT_A_WORD.sub(" ", text)
    return " ".join(words.split())


def slug(text: str) -> str:
    """A text as an identifier: ``programa-institucional-del-imss``."""
    return match_key(text).replace(" ", "-")


def programme_id_of(title: str | None) -> str | None:
    """The programme's identifier: its title without years and bracketed acronyms, as a slug.

    >>> programme_id_of("Programa Institucional del IMSS (PIIMSS) 2020-2024")
    'programa-institucional-del-imss'
    """
    return slug(_ACRONYM.sub(" ", _YEARS.sub(" ", title))) or None if title else None
