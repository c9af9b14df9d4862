"""A reader turns a PDF into a :class:`~extract.types.RawDocument`. This one is called ``pdfium``.

Another reader (OCR, another PDF library) is another class with the same two members; its name
stands in the ``reader`` of everything that it read.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from extract.families import FAMILIES, pages_of_all
from extract.limits import Limits, PageMap, one_by_one, seldom_collected
from extract.pdf import open_pdf, told, unreadable
from extract.scan import with_scans
from extract.spelt_text import doubt_spelt, known_page
from extract.types import Noticed, RawDocument, nobody
from extract.undecoded import doubt_undecoded


class Reader(Protocol):
    """What every reader offers. ``name`` goes into the provenance of its values."""

    name: str

    def read(
        self,
        path: Path,
        *,
        password: str | None = None,
        limits: Limits | None = None,
        pages: PageMap = one_by_one,
        noticed: Noticed = nobody,
    ) -> RawDocument:
        """Read one PDF. Raises :class:`~extract.types.UnreadableDocument`."""


class PdfiumReader:
    """Characters and paths by pdfium, ruled cells by their lines."""

    name = "pdfium"

    @seldom_collected()
    def read(
        self,
        path: Path,
        *,
        password: str | None = None,
        limits: Limits | None = None,
        pages: PageMap = one_by_one,
        noticed: Noticed = nobody,
    ) -> RawDocument:
        """Read one PDF: the first family that takes it parses the pages that it needs.

        Raises :class:`~extract.types.UnreadableDocument`.
        """
        with open_pdf(path, password, limits, pages, noticed) as pdf:
            seen = list(pages(partial(known_page, pdf), range(1, pdf.page_count + 1)))
            raw = RawDocument(
                sha256=pdf.sha256,
                file_name=pdf.file_name,
                source_uri=told(str(path)),
                family="otra",
                page_count=pdf.page_count,
                producer=pdf.producer,
            )
            with with_scans(pdf, seen, raw, pages_of_all) as (readable, known):
                if not any(text.strip() for text in known):
                    raise unreadable("no_text", pdf.file_name)
                for family in FAMILIES:
                    if family.read(readable, known, raw, self.name):
                        raw.family = family.FAMILY
                        break
                doubt_spelt(raw, known)
                doubt_undecoded(raw)
            return raw
