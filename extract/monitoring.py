"""The family ``ficha_monitoreo_programa``: CONEVAL's Ficha de Monitoreo of a derived programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.identity import (
    blocks,
    line_by_line,
    named_institution,
    running_text,
    words_within,
)
from extract.page import Page, read_page
from extract.pdf import Pdf
from extract.types import RawDocument
from normalize.text import match_key

if TYPE_CHECKING:
    from normalize.schema import Family

FAMILY: Family = "ficha_monitoreo_programa"

HEADING = "fichademonitoreo"
"""Stands on every one of them, letters only."""
_CARD_ROWS = (
    re.compile(r"cumplimiento(?:de)?(?:las?)?metas?intermedias?"),
    re.compile(r"avance(?:dela|de|en)?metas?sexenal(?:es)?"),
)
"""The two coloured rows of every card, letters only."""
_PLAN = re.compile(
    r"\b(?:PND|Plan\s+Nacional\s+de\s+Desarrollo)\s*,?\s*"
    r"(?P<start>20\d\d)\s*[-–—]\s*(?P<end>20\d\d)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"Programa\s+(?:Institucional|Sectorial|Especial|Regional|Nacional)\b[^.:;]{3,300}",
    re.IGNORECASE,
)


def read(pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
    """Fill ``raw`` from a Ficha de Monitoreo; False where the document is none.

    Raises :class:`~extract.types.UnreadableDocument`.
    """
    if not is_kind(texts):
        return False
    pages = [read_page(pdf, number) for number in range(1, pdf.page_count + 1)]
    _identify(pages, raw, reader)
    return True


def is_kind(texts: Sequence[str]) -> bool:
    """Whether the cheap text of a document is that of a Ficha de Monitoreo of a programme: its
    heading, and the rows that every strip of cards repeats."""
    letters = match_key(" ".join(texts)).replace(" ", "")
    return HEADING in letters and all(row.search(letters) for row in _CARD_ROWS)


def _identify(pages: Sequence[Page], raw: RawDocument, reader: str) -> None:
    """Title and institution, and the years of the plan that the programme is derived from."""
    for page in pages:
        for words in blocks(page):
            text, starts = running_text(words)
            if raw.title is None and _TITLE.fullmatch(text.strip()):
                raw.title = line_by_line(page, [words], reader)
                raw.institution = named_institution(raw.title, reader)
            plan = _PLAN.search(text)
            if raw.period is None and plan and int(plan["start"]) < int(plan["end"]):
                years = words_within(words, starts, plan.start("start"), plan.end("end"))
                raw.period = int(plan["start"]), int(plan["end"])
                raw.period_printed = line_by_line(page, [years], reader)
