"""Which line-end hyphens are soft (U+00AD), told by a second library.

pdfium reports every hyphen at the end of a line as U+0002, whatever the file says. A hyphen that a
writer typed belongs to the text (``IMSS-BIENESTAR``), one that a typesetter put in does not.
"""

from __future__ import annotations

import re
from io import BytesIO

from extract.pdf import Pdf

CONTEXT = 6
"""Letters before a hyphen by which it is found again."""

SOFT = 0xAD
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_HYPHENS = re.compile(rf"(?P<before>\w{{2,{CONTEXT}}})(?P<sign>[-\u00ad\u2010])")


def soft_hyphens(pdf: Pdf, number: int) -> set[str]:
    """The letters (up to :data:`CONTEXT`, white space left out) before each soft hyphen of a page
    (from 1); without those that stand before another hyphen as well."""
    if not _may_have_any(pdf, number):
        return set()
    found: dict[str, set[str]] = {"\u00ad": set(), "-": set(), "\u2010": set()}
    for match in _HYPHENS.finditer(_content(pdf, number)):
        found[match["sign"]].add(match["before"])
    return found["\u00ad"] - found["-"] - found["\u2010"]


def _may_have_any(pdf: Pdf, number: int) -> bool:
    """Whether a font of a page says that one of its characters is a soft hyphen, or does not say
    what they are. (Fonts are looked up in a tenth of the time that the page's content takes.)"""
    from pdfminer.pdftypes import resolve1

    try:
        fonts = resolve1(pdf.second[number].resources.get("Font", {})).values()
        maps = [resolve1(resolve1(font).get("ToUnicode")) for font in fonts]
        return any(each is None or _maps_soft_hyphen(each.get_data()) for each in maps) or not maps
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        return True


def _maps_soft_hyphen(mapping: bytes) -> bool:
    """Whether a /ToUnicode map has U+00AD among its values, alone or inside a range."""
    if b"00ad" in mapping.lower():
        return True
    ranges = (
        tuple(int(part, 16) for part in found)
        for block in _RANGES.findall(mapping)
        for found in _RANGE.findall(block)
    )
    return any(start <= SOFT <= start + last - first for first, last, start in ranges)


def _content(pdf: Pdf, number: int) -> str:
    """The characters of a page in the order of its content, without white space."""
    from pdfminer.high_level import extract_text_to_fp

    written = BytesIO()
    try:
        extract_text_to_fp(
            BytesIO(pdf.data),
            written,
            laparams=None,
            page_numbers=[number - 1],
            password=pdf.password or "",
        )
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        return ""
    return "".join(written.getvalue().decode("utf-8", "replace").split())
