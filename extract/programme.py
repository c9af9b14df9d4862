"""The family ``programa_derivado``: a programme with one ficha per indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.columns import columns
from extract.family import candidate_pages
from extract.fichas import read_ficha
from extract.grid import Grid, read_grid
from extract.identity import identify
from extract.labels import Matcher
from extract.page import read_page
from extract.pdf import Pdf
from extract.strip import build_strips
from extract.template import TEMPLATES
from extract.types import RawDocument, RawFicha

if TYPE_CHECKING:
    from normalize.schema import Family

FAMILY: Family = "programa_derivado"


def read(pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
    """Fill ``raw`` with the programme's fichas; only pages that can hold one are parsed.

    False where there is none. Raises :class:`~extract.types.UnreadableDocument`.
    """
    raw.fichas = _fichas(pdf, texts, reader)
    if not raw.fichas:
        return False
    identity = identify(pdf, texts, raw.fichas, reader)
    raw.title = identity.title
    raw.institution = identity.institution
    raw.period = identity.period
    raw.period_printed = identity.period_printed
    return True


def _fichas(pdf: Pdf, texts: Sequence[str], reader: str) -> list[RawFicha]:
    """The fichas of the first template that has any in this document."""
    for template in TEMPLATES:
        matcher = Matcher(template)
        grids = _grids(pdf, candidate_pages(texts, template))
        fichas = [read_ficha(strip, matcher, reader) for strip in build_strips(grids, matcher)]
        if fichas:
            return fichas
    return []


def _grids(pdf: Pdf, numbers: Sequence[int]) -> Iterator[Grid]:
    """The cells of some pages, column by column, all in the first one's scale."""
    if not numbers:
        return
    first = read_page(pdf, numbers[0])
    yield from columns(read_grid(first))

    def read_columns(number: int) -> list[Grid]:
        return list(columns(read_grid(read_page(pdf, number, first.reading.scale))))

    for grids in pdf.pages(read_columns, numbers[1:]):
        yield from grids
