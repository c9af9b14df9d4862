"""Scanned pages: pages that are pictures, read by OCR (the optional extra ``ocr``).

``pages`` tells which pages are scans, ``upright`` which way up they lie; ``image`` renders one and
straightens it; ``layer`` puts a layer of text under it (ocrmypdf, Tesseract); ``rules`` finds its
ruled lines (camelot's raster detection); ``crops`` reads pictures of cells (Tesseract), ``reading``
each cell at two scales, so that the readers of all families see a page with characters and edges
like any other; ``glyphs`` holds the signs of numbers against each other, and ``verdict`` tells
which reading holds. ``marks`` takes what they read back to the page as displayed, and marks it: its
reader is ``ocr``. Pages whose text cannot be decoded are read like scans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from extract import limits
from extract.page import Page, read_page
from extract.pdf import Pdf, page_text, unreadable
from extract.scan.errors import OcrError
from extract.scan.pages import Glance
from extract.types import Problem
from extract.undecoded import is_suspect, is_undecoded

if TYPE_CHECKING:
    from extract.types import RawDocument, UnreadableReason


@contextmanager
def with_scans(
    pdf: Pdf,
    pages: Sequence[Glance],
    raw: RawDocument,
    matter: Callable[[Sequence[str]], Collection[int]],
) -> Iterator[tuple[Pdf, Sequence[str]]]:
    """The document and the text of its ``pages``, scanned ones read by OCR; of many only those that
    ``matter`` (from 1) by the texts of all.

    What is put into ``raw`` meanwhile is marked and takes its boxes back to the page as displayed
    at the end. Where scans cannot be read, ``raw`` says which pages, and what would help.
    Raises :class:`~extract.types.UnreadableDocument` (``no_ocr``, ``ocr_failed``,
    ``page_failed``).
    """
    texts = [page.text for page in pages]
    covered = [number for number, page in enumerate(pages, start=1) if page.is_scan]
    suspects = [number for number, text in enumerate(texts, start=1) if is_suspect(text)]
    undecoded = [number for number in suspects if is_undecoded(pdf, number)]
    if undecoded:
        raw.problems.append(illegible(undecoded))
        covered = sorted({*covered, *undecoded})
    if not covered:
        yield pdf, texts
        return
    from extract.scan.image import is_printed
    from extract.scan.layer import is_available
    from extract.scan.marks import mark
    from extract.scan.reading import opened

    def choose(looked: Mapping[int, str]) -> Collection[int]:
        return matter([looked.get(n, text) for n, text in enumerate(texts, start=1)])

    scanned = [n for n in covered if n in undecoded or is_printed(pdf, n)]
    with ExitStack() as stack:
        readable, failed = pdf, _NOT_THERE
        if scanned and is_available():
            limits.scans_ahead(len(scanned))
            try:
                readable = stack.enter_context(opened(pdf, scanned, choose))
            except OcrError as error:
                failed = error.message_es, error.message_en
        if scanned and readable.scans is None:
            if not any(text.strip() for text in texts):
                reason: UnreadableReason = "no_ocr" if failed is _NOT_THERE else "ocr_failed"
                raise unreadable(reason, pdf.file_name)
            raw.problems.append(unread(scanned, failed))
        try:
            yield readable, [_text(readable, n, text) for n, text in enumerate(texts, start=1)]
        except OcrError as error:
            raise unreadable("ocr_failed", pdf.file_name) from error
        if readable.scans is not None:
            mark(raw, readable.scans)


def read_pages(pdf: Pdf, numbers: Sequence[int], *, alike: bool = True) -> Iterator[Page]:
    """Some pages (from 1) in their order, ``alike`` in the scale of the first one; scanned ones
    with each piece of their lines read by itself.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``) and
    :class:`~extract.scan.errors.OcrError`.
    """
    scans = pdf.scans
    if scans is None or not any(number in scans for number in numbers):
        yield from _typed_pages(pdf, numbers, alike)
        return
    from extract.scan.free import SeenPieces, judge_pieces, look_at_pieces

    scale = read_page(pdf, numbers[0]).reading.scale if alike else None

    def look(number: int) -> Page | SeenPieces:
        page = read_page(pdf, number, scale)
        upright = page.reading.turn == page.displayed.turn
        return look_at_pieces(pdf, page, scans) if number in scans and upright else page

    for seen in pdf.pages(look, numbers, dear=True):
        yield judge_pieces(seen, scans) if isinstance(seen, SeenPieces) else seen


def _typed_pages(pdf: Pdf, numbers: Sequence[int], alike: bool) -> Iterator[Page]:
    scale = None
    for number in numbers:
        page = read_page(pdf, number, scale)
        scale = page.reading.scale if alike else None
        yield page


def _text(pdf: Pdf, number: int, text: str) -> str:
    return page_text(pdf, number) if pdf.scans and number in pdf.scans else text


_NOT_THERE = (
    "falta el OCR: instale cuadra[ocr] y los paquetes tesseract-ocr, tesseract-ocr-spa y "
    "ghostscript («make ocr»)",
    "OCR is missing: install cuadra[ocr] and the packages tesseract-ocr, tesseract-ocr-spa and "
    "ghostscript (“make ocr”)",
)


def illegible(numbers: Sequence[int]) -> Problem:
    """Says which pages have text that cannot be told from their fonts."""
    pages = ", ".join(map(str, numbers))
    return Problem(
        "REA03",
        "",
        f"El texto de las páginas {pages} no se puede descifrar (sus fuentes no dicen qué letras "
        "imprimen); se leen por OCR, si lo hay.",
        f"The text of pages {pages} cannot be decoded (their fonts do not say what letters they "
        "print); they are read by OCR, if there is one.",
    )


def unread(numbers: Sequence[int], reason: tuple[str, str]) -> Problem:
    """Says which pages are scans that were not read, and why (in Spanish and English)."""
    pages = ", ".join(map(str, numbers))
    return Problem(
        "REA01",
        "",
        f"Páginas escaneadas que no se leyeron: {pages}; {reason[0]}.",
        f"Scanned pages that were not read: {pages}; {reason[1]}.",
    )
