"""Changes the pages of a PDF that is printed: their turn, their visible part, their unit."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium


def turned(path: Path, content: int, rotate: int) -> None:
    """Turn the content by quarter turns counter-clockwise and set /Rotate to degrees.

    The content becomes a form XObject.
    """
    document = pypdfium2.PdfDocument(path.read_bytes())
    result = pypdfium2.PdfDocument.new()
    for index in range(len(document)):
        width, height = document[index].get_size()
        size = (height, width) if content % 2 else (width, height)
        page = result.new_page(*size)
        form = pdfium.FPDF_NewXObjectFromPage(result.raw, document.raw, index)
        thing = pdfium.FPDF_NewFormObjectFromXObject(form)
        matrix = {
            0: (1, 0, 0, 1, 0, 0),
            1: (0, 1, -1, 0, height, 0),
            2: (-1, 0, 0, -1, width, height),
            3: (0, -1, 1, 0, 0, width),
        }[content]
        pdfium.FPDFPageObj_SetMatrix(thing, pdfium.FS_MATRIX(*matrix))
        pdfium.FPDFPage_InsertObject(page.raw, thing)
        page.set_rotation(rotate)
        page.gen_content()
        pdfium.FPDF_CloseXObject(form)
    result.save(str(path))


def cropped(path: Path, margin: float) -> None:
    """Set a CropBox that leaves out a margin at all sides."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        width, height = page.get_size()
        page.set_cropbox(margin, margin, width - margin, height - margin)
    document.save(str(path))


def enlarged(path: Path, unit: float) -> None:
    """Set /UserUnit, which tells viewers how large a unit of the page is."""
    import pikepdf

    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for page in document.pages:
            page.obj["/UserUnit"] = unit
        document.save(path, deterministic_id=True)


def unmapped(path: Path) -> None:
    """Take away what tells the letters of the fonts' glyphs: /ToUnicode."""
    import pikepdf

    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
                del each["/ToUnicode"]
        document.save(path, deterministic_id=True)
