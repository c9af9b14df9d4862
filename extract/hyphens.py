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

_HYPHENS = re.compile(rf"(?P<before>\w{{2,{CONTEXT}}})(?P<sign>[-\u00ad\u2010])")


def soft_hyphens(pdf: Pdf, number: int) -> set[str]:
    """The letters (up to :data:`CONTEXT`, white space left out) before each soft hyphen of a page
    (from 1); without those that stand before another hyphen as well."""
    found: dict[str, set[str]] = {"\u00ad": set(), "-": set(), "\u2010": set()}
    for match in _HYPHENS.finditer(_content(pdf, number)):
        found[match["sign"]].add(match["before"])
    return found["\u00ad"] - found["-"] - found["\u2010"]


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
