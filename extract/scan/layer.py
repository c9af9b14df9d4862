"""A layer of text under scanned pages, by ocrmypdf and Tesseract (Spanish)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.pdf import Pdf
from extract.scan.crops import LANGUAGE
from extract.scan.errors import failures_of

if TYPE_CHECKING:
    from extract.scan.image import Grey

QUALITY = 92
"""JPEG quality of the pictures that ocrmypdf is given and that the cells are read from."""
SECONDS = 120.0
"""Time for a page at most."""
AT_ONCE = 4
"""Pages that one run of ocrmypdf reads: it takes half a second to start."""


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Whether scans can be read here: the extra ``ocr``, Tesseract and its Spanish are there."""
    if importlib.util.find_spec("ocrmypdf") is None or shutil.which("tesseract") is None:
        return False
    command = ["tesseract", "--list-langs"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in told.stdout.split()


class Pictures:
    """Pictures of pages in a folder, each as a PDF of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, number: int, grey: Grey, dpi: float) -> None:
        from PIL import Image

        Image.fromarray(grey).save(self.path(number), resolution=dpi, quality=QUALITY)

    def path(self, number: int) -> Path:
        return self._folder / f"{number}.pdf"

    def layered(self, numbers: Sequence[int]) -> Path:
        """Some of the pages, with their text under them.

        Raises :class:`~extract.scan.errors.OcrError` where ocrmypdf does not run.
        """
        import pypdfium2

        source, target = (self._folder / f"{name}-{numbers[0]}.pdf" for name in ("bare", "read"))
        together = pypdfium2.PdfDocument.new()
        for number in numbers:
            together.import_pages(pypdfium2.PdfDocument(self.path(number)))
        together.save(str(source))
        _run(source, target, len(numbers))
        return target


def with_text(pdf: Pdf, pictures: Pictures, read: Mapping[int, bool]) -> Any:
    """pypdfium2's document with the same pages, those of ``pictures`` in place of theirs, and
    under each that is to be ``read`` its text.

    Raises :class:`~extract.scan.errors.OcrError` where ocrmypdf does not run.
    """
    import pypdfium2

    wanted = [number for number in read if read[number]]
    runs = [wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE)]
    layered: dict[int, tuple[Any, int]] = {}
    paths = pdf.pages(lambda at: pictures.layered(runs[at]), range(len(runs)), dear=True)
    for run, path in zip(runs, paths, strict=True):
        document = pypdfium2.PdfDocument(path.read_bytes())
        layered.update({number: (document, at) for at, number in enumerate(run)})
    whole = pypdfium2.PdfDocument.new()
    for number in range(1, pdf.page_count + 1):
        if number in layered:
            document, at = layered[number]
            whole.import_pages(document, [at])
        elif number in read:
            whole.import_pages(pypdfium2.PdfDocument(pictures.path(number)))
        else:
            whole.import_pages(pdf.raw, [number - 1])
    return whole


def _run(source: Path, target: Path, pages: int) -> None:
    command = [sys.executable, "-m", "ocrmypdf", "--language", LANGUAGE, "--output-type", "pdf"]
    command += ["--optimize", "0", "--jobs", "1", "--quiet", str(source), str(target)]
    with failures_of("ocrmypdf"):
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=SECONDS * pages,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
