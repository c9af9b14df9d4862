"""Which way up scanned pages lie, by Tesseract's orientation detection."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extract.pdf import Pdf
from extract.scan.errors import failures_of
from extract.scan.image import COARSE, most_dpi, render

SURE = 1.5
"""Confidence from which Tesseract is believed; it gives 3 and more to a page of text."""
SECONDS = 60.0
"""Time for a page at most."""
_TOLD = re.compile(r"Rotate: (\d+).*?Orientation confidence: ([\d.]+)", re.DOTALL)


def quarters(pdf: Pdf, numbers: Sequence[int]) -> dict[int, int]:
    """The quarter turns, clockwise, after which each page (from 1) is upright.

    A page with too little text to tell lies as the others do where they all lie alike.
    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``), and
    :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    told = {number: _quarter(pdf, number) for number in numbers}
    sure = {quarter for quarter in told.values() if quarter is not None}
    other = sure.pop() if len(sure) == 1 else 0
    return {number: other if quarter is None else quarter for number, quarter in told.items()}


def _quarter(pdf: Pdf, number: int) -> int | None:
    import cv2

    grey = render(pdf, number, min(COARSE, most_dpi(pdf.raw[number - 1])))
    with failures_of("tesseract"), tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        path = Path(folder) / "page.pgm"
        cv2.imwrite(str(path), grey)
        done = subprocess.run(
            ["tesseract", str(path), "stdout", "--psm", "0", "--dpi", str(COARSE)],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return read_answer(done.stdout)


def read_answer(text: str) -> int | None:
    """The quarter turns that Tesseract asks for; ``None`` where it says nothing or is not sure."""
    found = _TOLD.search(text)
    if found is None or float(found[2]) < SURE:
        return None
    return int(found[1]) // 90 % 4
