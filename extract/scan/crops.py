"""Reads small pictures by Tesseract, many in one process: its model is loaded once."""

from __future__ import annotations

import csv
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.geometry import Rect
from extract.scan.errors import failures_of

if TYPE_CHECKING:
    from extract.scan.image import Grey

LANGUAGE = "spa"
BLOCK = "6"
"""Tesseract's page segmentation mode for one block of text of one size."""
BORDER = 30
"""Dots of bare ground around a picture: Tesseract misses letters at the very edge."""
SECONDS = 20.0
"""Time for a picture at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that Tesseract sees, with its box as parts (0 to 1) of the picture's sides."""

    text: str
    rect: Rect


def read_pictures(pictures: Sequence[Grey], scale: float) -> list[list[list[Seen]]]:
    """The lines of words in each picture, enlarged by ``scale`` first.

    Raises :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    if not pictures:
        return []
    with failures_of("tesseract"), tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        sizes = _write(pictures, scale, Path(folder))
        command = ["tesseract", "list.txt", "out", "-l", LANGUAGE, "--psm", BLOCK, "tsv"]
        subprocess.run(
            command,
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=SECONDS * len(pictures),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        table = (Path(folder) / "out.tsv").read_text(encoding="utf-8")
    return _lines(table, sizes)


def _write(pictures: Sequence[Grey], scale: float, folder: Path) -> list[tuple[int, int]]:
    """Write the pictures and their list; the width and height of each, border apart."""
    import cv2
    import numpy as np

    sizes: list[tuple[int, int]] = []
    names: list[str] = []
    for number, picture in enumerate(pictures):
        large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        sizes.append((large.shape[1], large.shape[0]))
        sides = (BORDER, BORDER, BORDER, BORDER)
        ground = int(np.median(large))
        framed = cv2.copyMakeBorder(large, *sides, cv2.BORDER_CONSTANT, value=ground)
        names.append(f"{number}.pgm")
        cv2.imwrite(str(folder / names[-1]), framed)
    (folder / "list.txt").write_text("\n".join(names) + "\n", encoding="ascii")
    return sizes


def _lines(table: str, sizes: Sequence[tuple[int, int]]) -> list[list[list[Seen]]]:
    found: list[dict[tuple[str, str, str], list[Seen]]] = [{} for _ in sizes]
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != "5" or not row["text"].strip():
            continue
        number = int(row["page_num"]) - 1
        width, height = sizes[number]
        x0, top = int(row["left"]) - BORDER, int(row["top"]) - BORDER
        x1, bottom = x0 + int(row["width"]), top + int(row["height"])
        rect = Rect(x0 / width, top / height, x1 / width, bottom / height)
        key = row["block_num"], row["par_num"], row["line_num"]
        found[number].setdefault(key, []).append(Seen(row["text"].strip(), rect))
    return [list(lines.values()) for lines in found]
