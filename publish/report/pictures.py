"""Pictures of pages: rendered by pdfium, small, named by content, never made twice.

Text pages are few greys: a PNG of 32 colours is crisper, smaller and quicker than WebP or JPEG. A
page of photographs is the reverse, and becomes WebP.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
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
Missing = Literal["", "gone", "failed"]
"""Why pictures are missing: the PDF is gone (or another file now), or would not be drawn."""


@dataclass
class Pages:
    """What is known of a document's pages (from 1): sizes in points as displayed, the file names
    of their pictures, and why some pictures are missing."""

    sizes: dict[int, Size] = field(default_factory=dict)
    pictures: dict[int, str] = field(default_factory=dict)
    missing: Missing = ""


class Job(NamedTuple):
    """What is to be known of a document: ``pictured`` pages need a picture, ``sized`` ones at least
    their size; ``known`` is what the last report had."""

    folder: Path
    document: Document
    known: Pages
    pictured: frozenset[int]
    sized: frozenset[int]

    @property
    def present(self) -> Pages:
        """What is there already: pictures are named by content and never made twice."""
        pictures = {
            page: name
            for page, name in self.known.pictures.items()
            if (self.folder / name).is_file()
        }
        return Pages(dict(self.known.sizes), pictures)

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        present = self.present
        return self.pictured <= present.pictures.keys() and self.sized <= present.sizes.keys()

    @property
    def failed(self) -> Pages:
        """What there is to show where the pages could not be drawn."""
        present = self.present
        present.missing = "failed"
        return present


Draw = Callable[[Sequence[Job]], Iterable[Pages]]
"""Does jobs, in their order."""


def one_by_one(jobs: Sequence[Job]) -> Iterator[Pages]:
    """The :data:`Draw` of a single process."""
    return map(complete, jobs)


def complete(job: Job) -> Pages:
    """Render what is missing. The PDF is opened only then; if it is gone, or is another file now,
    what is there has to do. Raises ``OSError`` (the folder cannot be written).
    """
    pages = job.present
    wanted = (job.pictured - pages.pictures.keys()) | (job.sized - pages.sizes.keys())
    if not wanted:
        return pages
    with _opened(job.document) as pdf:
        if isinstance(pdf, str):
            if job.pictured - pages.pictures.keys():
                pages.missing = "gone" if pdf == "gone" else "failed"
            return pages
        job.folder.mkdir(parents=True, exist_ok=True)
        for number in sorted(wanted):
            _complete_page(pdf, number, job, pages)
    if job.pictured - pages.pictures.keys():
        pages.missing = "failed"
    return pages


def _complete_page(pdf: Any, number: int, job: Job, pages: Pages) -> None:
    import pypdfium2

    if not 1 <= number <= len(pdf):
        return
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        pages.sizes[number] = (round(width, 2), round(height, 2))
        drawn = number in job.pictured and number not in pages.pictures
        if drawn and min(width, height) > 0:
            scale = min(SCALE, MAX_SIDE / max(width, height))
            suffix, content = encoded(page.render(scale=scale).to_pil())
            name = f"{job.document.sha256[:16]}-{number}.{suffix}"
            beside(job.folder / name).write_bytes(content)
            publish_file(job.folder / name)
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
    """The document's PDF, if it is still where it was read and still the same file; else why not
    (a :data:`Missing`)."""
    import pypdfium2

    path = local_path(document.source_uri)
    try:
        if path is None or not path.is_file() or digest(path) != document.sha256:
            yield "gone"
            return
        pdf = pypdfium2.PdfDocument(path)
    except OSError:
        yield "gone"
        return
    except pypdfium2.PdfiumError:
        yield "failed"  # it may need a password, which is not kept
        return
    try:
        yield pdf
    finally:
        pdf.close()


def local_path(uri: str) -> Path | None:
    """The file that a stored source names, ``None`` where it is on another machine.

    >>> local_path("file:///a/b%20c.pdf"), local_path("a/b.pdf"), local_path("s3://a/b.pdf")
    (PosixPath('/a/b c.pdf'), PosixPath('a/b.pdf'), None)
    """
    if uri.startswith("file:"):
        return Path(unquote(urlsplit(uri).path))
    return None if "://" in uri else Path(uri)
