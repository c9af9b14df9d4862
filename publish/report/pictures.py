"""Pictures of pages: rendered by pdfium, small, named by content, never made twice.

Text pages are few greys: a PNG of 32 colours is crisper, smaller and quicker than WebP or JPEG. A
page of photographs is the reverse, and becomes WebP.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from normalize.schema import Document
from publish.files import beside, digest, publish_file

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "pages"
SCALE = 1.75
"""Pixels per point (126 dpi): 10-point type stays legible when zoomed."""
MAX_SIDE = 2200
"""Pixels of a picture's longer side; larger sheets are rendered at a smaller scale."""
COLOURS = 32
LARGE_PNG = 150_000
"""Bytes from which WebP is tried as well."""

Size = tuple[float, float]


@dataclass
class Pages:
    """What is known of a document's pages (from 1): sizes in points as displayed, the file names
    of their pictures, and whether the PDF was needed and could not be had."""

    sizes: dict[int, Size] = field(default_factory=dict)
    pictures: dict[int, str] = field(default_factory=dict)
    source_gone: bool = False


def complete(
    report: Path, document: Document, known: Pages, pictured: Iterable[int], sized: Iterable[int]
) -> Pages:
    """Render what is missing of the pages that are shown.

    ``pictured`` pages get a picture, ``sized`` ones at least their size. Pictures that are there
    already are kept. The PDF is opened only where something is missing; if it is gone, or is
    another file now, what is there has to do. Raises ``OSError`` (the folder cannot be written).
    """
    folder = report / FOLDER
    present = {page: name for page, name in known.pictures.items() if (folder / name).is_file()}
    pages = Pages(dict(known.sizes), present)
    missing = sorted(set(pictured) - set(present))
    unsized = sorted(set(sized) - set(pages.sizes))
    if not missing and not unsized:
        return pages
    with _opened(document) as pdf:
        if pdf is None:
            pages.source_gone = bool(missing)
            return pages
        folder.mkdir(parents=True, exist_ok=True)
        for number in sorted({*missing, *unsized}):
            _complete_page(pdf, number, number in missing, document, folder, pages)
    return pages


def _complete_page(
    pdf: Any, number: int, pictured: bool, document: Document, folder: Path, pages: Pages
) -> None:
    import pypdfium2

    if not 1 <= number <= len(pdf):
        return
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        pages.sizes[number] = (round(width, 2), round(height, 2))
        if pictured and min(width, height) > 0:
            scale = min(SCALE, MAX_SIDE / max(width, height))
            suffix, content = encoded(page.render(scale=scale).to_pil())
            name = f"{document.sha256[:16]}-{number}.{suffix}"
            beside(folder / name).write_bytes(content)
            publish_file(folder / name)
            pages.pictures[number] = name
    except pypdfium2.PdfiumError:
        return  # a page that the reader survived may still not render: it goes without a picture


def encoded(image: Image) -> tuple[str, bytes]:
    """A picture's file suffix and its bytes, as small as text stays crisp."""
    from PIL.Image import Dither, Quantize

    few = image.convert("RGB").quantize(COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    png = io.BytesIO()
    few.save(png, "PNG")
    if png.tell() < LARGE_PNG:
        return "png", png.getvalue()
    webp = io.BytesIO()
    image.convert("RGB").save(webp, "WEBP", quality=60, method=2)
    return ("webp", webp.getvalue()) if webp.tell() < png.tell() else ("png", png.getvalue())


@contextmanager
def _opened(document: Document) -> Iterator[Any]:
    """The document's PDF, if it is still where it was read and still the same file; else None."""
    import pypdfium2

    path = local_path(document.source_uri)
    pdf = None
    try:
        if path is not None and path.is_file() and digest(path) == document.sha256:
            pdf = pypdfium2.PdfDocument(path)
    except (OSError, pypdfium2.PdfiumError):
        pdf = None
    try:
        yield pdf
    finally:
        if pdf is not None:
            pdf.close()


def local_path(uri: str) -> Path | None:
    """The file that a stored source names, ``None`` where it is on another machine.

    >>> local_path("file:///a/b%20c.pdf"), local_path("a/b.pdf"), local_path("s3://a/b.pdf")
    (PosixPath('/a/b c.pdf'), PosixPath('a/b.pdf'), None)
    """
    if uri.startswith("file:"):
        return Path(unquote(urlsplit(uri).path))
    return None if "://" in uri else Path(uri)
