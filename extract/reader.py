"""A reader turns a PDF into a :class:`~extract.types.RawDocument`. This one is called ``pdfium``.

Another reader (OCR, another PDF library) is another class with the same two members; its name
stands in the ``reader`` of everything that it read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from extract.columns import columns
from extract.family import candidate_pages
from extract.fichas import read_ficha
from extract.grid import Grid, read_grid
from extract.identity import Identity, identify
from extract.labels import Matcher
from extract.page import read_page
from extract.pdf import Pdf, open_pdf, page_text, unreadable
from extract.strip import build_strips
from extract.template import TEMPLATES
from extract.types import RawDocument, RawFicha


class Reader(Protocol):
    """What every reader offers. ``name`` goes into the provenance of its values."""

    name: str

    def read(self, path: Path, *, password: str | None = None) -> RawDocument:
        """Read one PDF. Raises :class:`~extract.types.UnreadableDocument`."""


class PdfiumReader:
    """Ruled cells from pdfium's characters and paths, by pdfplumber's table finder."""

    name = "pdfium"

    def read(self, path: Path, *, password: str | None = None) -> RawDocument:
        """Read one PDF; only pages that can hold a ficha are parsed.

        Raises :class:`~extract.types.UnreadableDocument`.
        """
        with open_pdf(path, password) as pdf:
            texts = [page_text(pdf, number) for number in range(1, pdf.page_count + 1)]
            if not any(text.strip() for text in texts):
                raise unreadable("no_text", pdf.file_name)
            fichas = self._fichas(pdf, texts)
            identity = identify(pdf, texts, fichas, self.name) if fichas else Identity()
            return RawDocument(
                sha256=pdf.sha256,
                file_name=pdf.file_name,
                source_uri=str(path),
                family="programa_derivado" if fichas else "otra",
                page_count=pdf.page_count,
                producer=pdf.producer,
                title=identity.title,
                institution=identity.institution,
                period=identity.period,
                period_printed=identity.period_printed,
                fichas=fichas,
            )

    def _fichas(self, pdf: Pdf, texts: Sequence[str]) -> list[RawFicha]:
        """The fichas of the first template that has any in this document."""
        for template in TEMPLATES:
            matcher = Matcher(template)
            pages = candidate_pages(texts, template)
            grids = _grids(pdf, pages)
            fichas = [
                read_ficha(strip, matcher, self.name) for strip in build_strips(grids, matcher)
            ]
            if fichas:
                return fichas
        return []


def _grids(pdf: Pdf, numbers: Sequence[int]) -> Iterator[Grid]:
    """The cells of some pages, column by column, all in one scale."""
    scale: float | None = None
    for number in numbers:
        page = read_page(pdf, number, scale)
        scale = page.reading.scale
        yield from columns(read_grid(page))
