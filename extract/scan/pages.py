"""Which pages of a document are scans: a picture of printed text, without visible text on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from extract.calls import unchecked
from extract.geometry import Rect
from extract.pdf import Pdf, open_text, text_of_page

COVER = 0.5
"""Part of a page from which pictures cover it: scanners leave margins, and cut pages in strips."""
STAMP = 3
"""Visible texts that a scan may have on it, such as a number or a seal put on later."""
MAX_FORM_DEPTH = 4
"""How deep form XObjects are followed; OCR programs put their layer in one."""


class Glance(NamedTuple):
    """A page's cheap text, and whether the page is a scan."""

    text: str
    is_scan: bool


def glance(pdf: Pdf, number: int) -> Glance:
    """What is asked of every page (from 1), which is loaded once for it.

    A scan is covered by pictures and has no visible text but a stamp. Invisible text, the layer of
    an earlier OCR, counts for nothing: it is another program's guess. Raises
    :class:`~extract.types.UnreadableDocument` as :func:`~extract.pdf.page_text` does.
    """
    with open_text(pdf, number) as (page, text):
        return Glance(text_of_page(pdf, number, page, text), _is_scan(page))


def _is_scan(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    frame = Rect(box.left, box.bottom, box.right, box.top)
    covered, visible = 0.0, 0
    for thing, kind in _objects(page, pdfium):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered += _covered(thing, frame, pdfium)
        elif _is_visible(thing, pdfium):
            visible += 1
            if visible > STAMP:
                return False
    return covered >= COVER


def _objects(page: Any, pdfium: Any) -> Iterator[tuple[Any, int]]:
    """The pictures and texts of a page, those in forms included."""
    object_at = unchecked(pdfium.FPDFPage_GetObject)
    kind_of = unchecked(pdfium.FPDFPageObj_GetType)
    for position in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _parts(object_at(page, position), kind_of, 0, pdfium)


def _parts(thing: Any, kind_of: Any, depth: int, pdfium: Any) -> Iterator[tuple[Any, int]]:
    kind = kind_of(thing)
    if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT):
        yield thing, kind
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        for position in range(pdfium.FPDFFormObj_CountObjects(thing)):
            inner = pdfium.FPDFFormObj_GetObject(thing, position)
            yield from _parts(inner, kind_of, depth + 1, pdfium)


def _is_visible(text: Any, pdfium: Any) -> bool:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    return bool(mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _covered(picture: Any, frame: Rect, pdfium: Any) -> float:
    """The part of the page that a picture covers. (That of a form is told in the form's space,
    which programs leave as the page's.)"""
    import ctypes

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(picture, left, bottom, right, top):
        return 0.0
    width = min(right.value, frame.x1) - max(left.value, frame.x0)
    height = min(top.value, frame.bottom) - max(bottom.value, frame.top)
    return max(width, 0.0) * max(height, 0.0) / max(frame.width * frame.height, 1.0)
