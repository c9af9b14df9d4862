"""A layer of text under scanned pages, by ocrmypdf and Tesseract (Spanish)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
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
        self.numbers: list[int] = []

    def add(self, number: int, grey: Grey, dpi: float) -> None:
        from PIL import Image

        self.numbers.append(number)
        Image.fromarray(grey).save(self.path(number), resolution=dpi, quality=QUALITY)

    def path(self, number: int) -> Path:
        return self._folder / f"{number}.pdf"


def with_text(pdf: Pdf, pictures: Pictures, read: Mapping[int, bool]) -> Any:
    """pypdfium2's document with the same pages, those of ``pictures`` in place of theirs, and
    under each that is to be ``read`` its text.

    Raises :class:`~extract.scan.errors.OcrError` where ocrmypdf does not run.
    """
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    wanted = [number for number in pictures.numbers if read[number]]
    layered = _layered(pictures, wanted)
    for number in range(1, pdf.page_count + 1):
        if number in wanted:
            whole.import_pages(layered, [wanted.index(number)])
        elif number in pictures.numbers:
            whole.import_pages(pypdfium2.PdfDocument(pictures.path(number)))
        else:
            whole.import_pages(pdf.raw, [number - 1])
    return whole


def _layered(pictures: Pictures, numbers: list[int]) -> Any:
    import pypdfium2

    with tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        source, target = Path(folder) / "pictures.pdf", Path(folder) / "read.pdf"
        together = pypdfium2.PdfDocument.new()
        for number in numbers:
            together.import_pages(pypdfium2.PdfDocument(pictures.path(number)))
        together.save(str(source))
        _run(source, target, len(numbers))
        return pypdfium2.PdfDocument(target.read_bytes())


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
