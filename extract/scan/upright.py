"""Which way up scanned pages lie, by Tesseract's orientation detection."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.pdf import Pdf
from extract.scan.crops import LANGUAGE
from extract.scan.errors import failures_of
from extract.scan.image import COARSE, most_dpi, render

if TYPE_CHECKING:
    from extract.scan.image import Grey

SURE = 1.5
"""Confidence from which Tesseract is believed; it gives 3 and more to a page of text."""
CLEARLY = 1.5
"""How many times the letters a turned page must give: Tesseract finds pages of fixed-width type
upside down that are not."""
WORD, READ = 4, 80.0
"""Letters of a word, and Tesseract's confidence in it, from which it counts."""
SECONDS = 60.0
"""Time for a page at most."""
_TOLD = re.compile(r"Rotate: (\d+).*?Orientation confidence: ([\d.]+)", re.DOTALL)


def quarters(pdf: Pdf, numbers: Sequence[int]) -> dict[int, int]:
    """The quarter turns, clockwise, after which each page (from 1) is upright.

    A page with too little text to tell lies as the others do where they all lie alike.
    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``), and
    :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    told = dict(zip(numbers, pdf.pages(partial(_quarter, pdf), numbers, dear=True), strict=True))
    sure = {quarter for quarter in told.values() if quarter is not None}
    other = sure.pop() if len(sure) == 1 else 0
    return {number: other if quarter is None else quarter for number, quarter in told.items()}


def _quarter(pdf: Pdf, number: int) -> int | None:
    import numpy as np

    grey = render(pdf, number, min(COARSE, most_dpi(pdf.raw[number - 1])))
    quarter = read_answer(_tesseract(grey, "--psm", "0"))
    if not quarter:
        return quarter
    turned = np.ascontiguousarray(np.rot90(grey, -quarter))
    return quarter if _letters(turned) > CLEARLY * _letters(grey) else 0


def _letters(grey: Grey) -> int:
    """The letters of all words of a picture that Tesseract is sure of."""
    rows = _tesseract(grey, "-l", LANGUAGE, "--psm", "6", "tsv").splitlines()
    cells = (row.split("\t") for row in rows[1:])
    return sum(
        len(row[-1])
        for row in cells
        if len(row[-1]) >= WORD and row[-1].isalpha() and float(row[-2]) >= READ
    )


def _tesseract(grey: Grey, *options: str) -> str:
    """What Tesseract says of a picture; a page without text is none of its successes."""
    import cv2

    with failures_of("tesseract"), tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        path = Path(folder) / "page.pgm"
        cv2.imwrite(str(path), grey)
        done = subprocess.run(
            ["tesseract", str(path), "stdout", "--dpi", str(COARSE), *options],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return done.stdout


def read_answer(text: str) -> int | None:
    """The quarter turns that Tesseract asks for; ``None`` where it says nothing or is not sure."""
    found = _TOLD.search(text)
    if found is None or float(found[2]) < SURE:
        return None
    return int(found[1]) // 90 % 4
