"""Turns a PDF into what a scanner makes of its printed pages: grey pictures, a little askew.

Everything is drawn from one seed: the same arguments give the same pictures.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

SOFTNESS = 0.5
"""Blur of the lens in dots, at 200 dots per inch."""
CONTRAST, BLACK = 0.88, 20
"""What is left of the paper's contrast, and how bright black is, of 255."""


def scan(
    source: Path,
    target: Path,
    *,
    dpi: int,
    seed: int,
    pages: Sequence[int] | None = None,
    skew: float = 2.0,
    noise: float = 8.0,
    quality: int = 60,
    light: float = 1.0,
    quarters: Sequence[int] = (0,),
    softness: float = SOFTNESS,
    paper: float = 1.0,
    specks: int = 0,
) -> Path:
    """Scan pages (from 1; all unless given) and return the path.

    ``skew``: degrees by which a page is askew at most, to either side; ``noise``: standard
    deviation of a dot's brightness, of 255; ``quality``: of the JPEG pictures; ``light``: of the
    lamp, 1 being enough; ``quarters``: quarter turns, clockwise, by which the pages lie, by turns;
    ``softness``: blur of the lens in dots, at 200 dots per inch; ``paper``: its brightness, white
    being 1; ``specks``: spots and stains on each page.
    """
    rng = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(source)
    pictures = []
    for at, number in enumerate(pages or range(1, len(document) + 1)):
        bitmap = document[number - 1].render(scale=dpi / 72, grayscale=True)
        grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).astype(np.float32)
        middle = (bitmap.width / 2, bitmap.height / 2)
        turn = cv2.getRotationMatrix2D(middle, rng.uniform(-skew, skew), 1.0)
        grey = cv2.warpAffine(grey, turn, (bitmap.width, bitmap.height), borderValue=255)
        grey = np.minimum(grey, 255 * paper)
        _stain(grey, specks, dpi, np.random.default_rng((seed, at)))
        grey = cv2.GaussianBlur(grey, (0, 0), softness * dpi / 200)
        grey = (grey * CONTRAST + BLACK) * light + rng.normal(0, noise, grey.shape)
        grey = np.rot90(grey, -quarters[at % len(quarters)])
        packed = io.BytesIO()
        picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
        picture.save(packed, "JPEG", quality=quality)
        pictures.append(Image.open(packed))
    document.close()
    pictures[0].save(
        target, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=quality
    )
    return target


def _stain(grey: Any, count: int, dpi: int, rng: np.random.Generator) -> None:
    """Specks of dust and, one in ten, pale stains of up to a centimetre."""
    height, width = grey.shape
    for _ in range(count):
        middle = int(rng.integers(width)), int(rng.integers(height))
        if rng.random() < 0.9:
            cv2.circle(grey, middle, round(rng.uniform(0.1, 0.6) * dpi / 72), 60.0, -1)
        else:
            pale = grey.copy()
            cv2.circle(pale, middle, round(rng.uniform(4, 15) * dpi / 72), 0.0, -1)
            grey[:] = np.where(pale < grey, grey * rng.uniform(0.75, 0.9), grey)
