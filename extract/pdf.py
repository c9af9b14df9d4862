"""Opens a PDF and says plainly when it cannot be read. The only module that knows file errors.

pdfium repairs a truncated file in silence, so the bytes are looked at first.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, Any

from extract.inflated import inflates_beyond
from extract.limits import Limits, PageMap, one_by_one
from extract.second import SecondPages
from extract.types import Noticed, UnreadableDocument, UnreadableReason, nobody

if TYPE_CHECKING:
    from extract.scan.reading import Scans

HEAD = 1024
"""Bytes at the start among which ``%PDF-`` must stand (ISO 32000-2, 7.5.2, and every viewer)."""
TAIL = 2048
"""Bytes at the end among which ``%%EOF`` must stand; viewers take 1024, mailers append lines."""

KEPT = 25_000_000
"""Bytes of memory that pages which stay open may take; a page of print takes a quarter million."""
EMPTY = 32
"""Bytes that the compressed form of no content at all may have."""

_LINEARIZED = re.compile(rb"/Linearized\s+[\d.]+.{0,200}?/L\s+(\d+)", re.DOTALL)
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s*%%EOF")

_BARE_REFERENCE = re.compile(rb"\bobj\s+\d+\s+\d+\s+R\s+endobj")
"""An object that is only a reference, perhaps to itself: pdfminer would follow it for ever."""

MESSAGES: dict[UnreadableReason, tuple[str, str]] = {
    "not_found": (
        "no existe o no se puede abrir; revise la ruta y los permisos",
        "does not exist or cannot be opened; check the path and the permissions",
    ),
    "not_pdf": (
        "no es un PDF (no empieza con %PDF-); revise qué archivo es",
        "is not a PDF (it does not begin with %PDF-); check what file it is",
    ),
    "empty": (
        "está vacío (0 bytes); descárguelo otra vez",
        "is empty (0 bytes); download it again",
    ),
    "encrypted": (
        "está cifrado con contraseña; guárdelo sin ella (p. ej. qpdf --decrypt) y repita",
        "is encrypted with a password; save it without one (e.g. qpdf --decrypt) and repeat",
    ),
    "truncated": (
        "está incompleto (el archivo se corta antes de su final); descárguelo otra vez",
        "is incomplete (the file is cut before its end); download it again",
    ),
    "damaged": (
        "está dañado y no se puede abrir; descárguelo otra vez o repárelo, p. ej. con qpdf",
        "is damaged and cannot be opened; download it again or repair it, e.g. with qpdf",
    ),
    "no_text": (
        "no tiene texto en ninguna página, ni imágenes de texto impreso que el OCR lea: está en "
        "blanco o solo tiene dibujos o fotografías; si en pantalla se ve texto, páselo antes por "
        "ocrmypdf --force-ocr",
        "has no text on any page, nor pictures of printed text that OCR reads: it is blank, or "
        "has only drawings or photographs; if text is seen on the screen, run ocrmypdf "
        "--force-ocr on it first",
    ),
    "no_ocr": (
        "solo tiene páginas escaneadas y falta el OCR; para leerlas instale "
        "cuadra[ocr] y los paquetes tesseract-ocr, tesseract-ocr-spa y ghostscript (p. ej. pip "
        "install 'cuadra[ocr]'; apt-get install tesseract-ocr tesseract-ocr-spa ghostscript)",
        "has only scanned pages, and OCR is missing; to read them install cuadra[ocr] and the "
        "packages tesseract-ocr, tesseract-ocr-spa and ghostscript (e.g. pip install "
        "'cuadra[ocr]'; apt-get install tesseract-ocr tesseract-ocr-spa ghostscript)",
    ),
    "ocr_failed": (
        "el OCR de sus páginas escaneadas no terminó; repita, o páselo antes por ocrmypdf",
        "the OCR of its scanned pages did not finish; repeat, or run ocrmypdf on it first",
    ),
    "page_failed": (
        "la página {page} no se puede leer; repare el archivo, p. ej. con qpdf",
        "page {page} cannot be read; repair the file, e.g. with qpdf",
    ),
    "too_many_pages": (
        "tiene más páginas que el límite (--max-pages)",
        "has more pages than the limit (--max-pages)",
    ),
    "inflates": (
        "ocupa, descomprimido, más que el límite (--max-inflated)",
        "takes more, when decompressed, than the limit (--max-inflated)",
    ),
}


def unreadable(
    reason: UnreadableReason, file_name: str, page: int | None = None
) -> UnreadableDocument:
    """The error for one reason, its messages naming the file (and page, from 1) and a remedy."""
    spanish, english = (message.format(page=page) for message in MESSAGES[reason])
    return UnreadableDocument(
        reason, file_name, f"{file_name}: {spanish}", f"{file_name}: {english}", page
    )


class OpenPages:
    """The pages of a document that stay open, since families read again what was glanced at:
    pdfium parses a page's content whenever it is opened."""

    def __init__(self) -> None:
        self._handles: dict[int, tuple[Any, Any]] = {}
        self._most = _peak() + KEPT

    def get(self, number: int) -> tuple[Any, Any] | None:
        """pdfium's handles of a page (from 1) and of its text, if they are kept."""
        return self._handles.get(number)

    def keep(self, number: int, page: Any, text: Any) -> None:
        """Keep the handles of a page, or close it where this process has taken :data:`KEPT`
        bytes of memory more than it ever had before."""
        if number in self._handles or _peak() > self._most:
            _close(page, text)
        else:
            self._handles[number] = page, text

    def close(self) -> None:
        for page, text in self._handles.values():
            _close(page, text)
        self._handles.clear()


def _peak() -> int:
    """The most bytes of memory that this process had so far: told in a microsecond."""
    peak = getrusage(RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


@dataclass(frozen=True)
class Pdf:
    """An open PDF. ``raw`` is pypdfium2's document; ``producer`` the file's own word, if any.

    ``pages(function, numbers)`` asks something dear of several pages, on the cores that are free.
    ``noticed`` is told of each ficha while others are still to be read. ``scans`` are the
    pages that OCR has read, if any.
    """

    raw: Any
    data: bytes
    password: str | None
    file_name: str
    sha256: str
    page_count: int
    producer: str | None
    pages: PageMap = one_by_one
    noticed: Noticed = nobody
    scans: Scans | None = None
    opened: OpenPages = field(default_factory=OpenPages)

    @cached_property
    def second(self) -> SecondPages:
        """Its pages as a second library has them."""
        return SecondPages(self.data, self.password)


def told(name: str) -> str:
    """A file's name as text: bytes of it that are no UTF-8 become the replacement character."""
    return os.fsencode(name).decode("utf-8", "replace")


def check_bytes(data: bytes, file_name: str) -> None:
    """Raise :class:`UnreadableDocument` where the bytes are no whole PDF."""
    if not data:
        raise unreadable("empty", file_name)
    start = data.find(b"%PDF-", 0, HEAD)
    if start < 0:
        raise unreadable("not_pdf", file_name)
    ended = data.rstrip(b"\x00 \t\r\n\f")
    linearized = _LINEARIZED.search(data, start, start + HEAD)
    if b"%%EOF" not in ended[-TAIL:] or (linearized and len(data) < int(linearized[1])):
        raise unreadable("truncated", file_name)
    references = _STARTXREF.findall(ended[-TAIL:])
    if not references or int(references[-1]) >= len(data):
        raise unreadable("truncated", file_name)


@contextmanager
def open_pdf(
    path: Path,
    password: str | None = None,
    limits: Limits | None = None,
    pages: PageMap = one_by_one,
    noticed: Noticed = nobody,
) -> Iterator[Pdf]:
    """Open a PDF for reading and close it again.

    Raises :class:`UnreadableDocument` (``not_found``, ``empty``, ``not_pdf``, ``truncated``,
    ``encrypted``, ``damaged``, and beyond the limits ``too_many_pages``, ``inflates``). A file
    with an empty user password opens without one.
    """
    import pypdfium2

    name = told(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable("not_found", name) from error
    check_bytes(data, name)
    limits = limits or Limits()
    if inflates_beyond(data, limits.inflated_bytes):
        raise unreadable("inflates", name)
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise unreadable(_reason(error), name) from error
    try:
        count = len(document)
        if count == 0:
            raise unreadable("damaged", name)
        if count > limits.pages:
            raise unreadable("too_many_pages", name)
        pdf = Pdf(
            raw=document,
            data=data,
            password=password,
            file_name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            page_count=count,
            producer=document.get_metadata_value("Producer") or None,
            pages=pages,
            noticed=noticed,
        )
        try:
            yield pdf
        finally:
            pdf.opened.close()
    finally:
        document.close()


def _reason(error: Exception) -> UnreadableReason:
    import pypdfium2.raw as pdfium

    locked = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
    return "encrypted" if getattr(error, "err_code", None) in locked else "damaged"


@contextmanager
def open_text(pdf: Pdf, number: int) -> Iterator[tuple[Any, Any]]:
    """pdfium's handles of a page (from 1) and of its text, for as long as the context.

    Raises :class:`UnreadableDocument` with reason ``page_failed``.
    """
    import pypdfium2.raw as pdfium

    handles = pdf.opened.get(number)
    if handles is not None:
        yield handles
        return
    page = pdfium.FPDF_LoadPage(pdf.raw.raw, number - 1)
    if not page:
        raise unreadable("page_failed", pdf.file_name, number)
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        pdfium.FPDF_ClosePage(page)
        raise unreadable("page_failed", pdf.file_name, number)
    try:
        yield page, text
    finally:
        pdf.opened.keep(number, page, text)


def _close(page: Any, text: Any) -> None:
    import pypdfium2.raw as pdfium

    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)


def page_text(pdf: Pdf, number: int) -> str:
    """The cheap text of a page (from 1) in file order: a few milliseconds, no boxes.

    Raises :class:`UnreadableDocument` (``page_failed``), also where pdfium takes a page for blank
    whose content it could not decode.
    """
    with open_text(pdf, number) as (page, text):
        return text_of_page(pdf, number, page, text)


def text_of_page(pdf: Pdf, number: int, page: Any, text: Any) -> str:
    """What :func:`page_text` gives, of a page that is open: pdfium's handles of it and its text."""
    import ctypes

    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        if not pdfium.FPDFPage_CountObjects(page) and is_garbled(pdf, number):
            raise unreadable("page_failed", pdf.file_name, number)
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    read = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    # Where a page has few texts pdfium may put a line break after every character.
    scattered = 2 * read.count("\r\n") > len(read.replace("\r\n", ""))
    return read.replace("\r\n", "") if scattered else read


def is_garbled(pdf: Pdf, number: int) -> bool:
    """Whether a page (from 1) has content that cannot be decoded, told by a second library."""
    if _BARE_REFERENCE.search(pdf.data):
        return True
    try:
        return any(not _decodes(stream) for stream in pdf.second[number].contents)
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        return True


def _decodes(stream: Any) -> bool:
    from pdfminer.pdftypes import resolve1

    content = resolve1(stream)
    return bool(content.get_data()) or len(content.get_rawdata() or b"") <= EMPTY
