"""The ink in a cell's picture: where it is, how many marks it makes, how wide it stands.

What Tesseract reads is held against it: a number of seven signs does not stand on the width of
six, and has no more separate marks than signs. This tells a sign that was overlooked (``.77`` read
as ``17``, ``338,364`` as ``38,364``) without asking Tesseract again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.scan.image import Grey

DARKER = 45
"""How much darker than its ground, of 255, ink is at least."""
GROUND = 25
"""How much darker than the middle brightness paper may be, by noise."""
MARGIN = 4.0
"""Points around the ink that are kept: a point or a minus may be too light to count as ink."""
SPECK = 1.2
"""Square points from which a dark spot is a part of a letter."""
FINE = 400.0
"""Dots per inch at which marks are counted, 6 dots of ink being one at least."""
LEAST = 6
MIDDLE = 128
"""Brightness, of 255, below which dots of a cleaned picture are ink."""
PALEST = 210
LEVELS = (MIDDLE, 150, 170, 190, PALEST, 110, 90)
"""Other such, in the order of their worth: hair lines break at the darkest, and neighbours touch at
the palest; a number falls apart into its signs at one of them."""
SMALL, ALONE = 0.3, 0.8
"""How large a speck is at most, and how far from all letters, in heights of the highest: no sign so
small stands so far from any other."""
OVERLAP = 0.5
"""Part of a mark's width that stands over another one: then they are pieces of one sign."""
SLACK, PART = 0.3, 0.04
"""How much a number's width may differ from that of its signs: widths of a digit, and a part."""
FLAT = 1.5, 9.0
"""Widths of a dash in its heights: more than a point's, though blur makes a short dash higher, less
than a piece of a rule."""
ENOUGH = 5
"""Numbers on a page from which the width of its digits is known."""

_NUMBER = re.compile(r"[-\d.,]+%?")
_MARK = re.compile(r"[a-hk-zA-Z./]{1,6}")
_WIDTHS = {"-": 0.6, ".": 0.5, ",": 0.5, "%": 1.6}
"""Widths of signs as parts of a digit's, in common type."""
RINGS = 2
"""Marks that a percent sign makes beyond one."""


Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a mark, in dots."""


def is_number(text: str) -> bool:
    """Whether a reading is of signs of which it is known how many marks they make."""
    return _NUMBER.fullmatch(text) is not None


def trimmed(picture: Grey, dpi: float) -> tuple[Grey, tuple[int, int]] | None:
    """The part of a picture that has ink, with a margin, and its left and top in the picture;
    ``None`` where there is no ink.

    Tesseract takes the specks of an empty cell for letters.
    """
    import cv2
    import numpy as np

    smooth = cv2.GaussianBlur(picture, (0, 0), 0.2 + 0.8 * dpi / 200)
    dark = (smooth < int(np.median(smooth)) - DARKER).astype(np.uint8)
    spots = _spots(dark, max(5.0, SPECK * (dpi / 72) ** 2))
    if not len(spots):
        return None
    margin = round(MARGIN * dpi / 72)
    x0, y0 = (max(int(spots[:, side].min()) - margin, 0) for side in (0, 1))
    x1 = int((spots[:, 0] + spots[:, 2]).max()) + margin
    y1 = int((spots[:, 1] + spots[:, 3]).max()) + margin
    part: Grey = picture[y0:y1, x0:x1]
    return part, (x0, y0)


def cleaned(picture: Grey, dpi: float) -> Grey:
    """A picture with white ground and black ink, whatever its shade and its noise."""
    import cv2
    import numpy as np

    grey: Any = picture.astype(np.float32)
    if dpi >= 200:  # coarser ones have no dots to spare
        grey = cv2.GaussianBlur(grey, (0, 0), 0.6 * dpi / 200)
    black = float(np.percentile(picture, 0.5))
    white = max(float(np.median(picture)) - GROUND, black + 1)
    clean: Grey = np.clip((grey - black) * 255 / (white - black), 0, 255).astype(np.uint8)
    return clean


def unspecked(picture: Grey) -> Grey:
    """A cleaned picture without the specks that stand apart from its letters."""
    import numpy as np

    spots = _spots((picture < PALEST).astype(np.uint8), 1)
    highest = spots[:, 3].max() if len(spots) else 0
    small = np.maximum(spots[:, 2], spots[:, 3]) <= SMALL * highest
    letters = spots[~small]
    found = picture.copy()
    for x, y, width, height, _ in spots[small]:
        across = np.maximum(letters[:, 0] - x - width, x - letters[:, 0] - letters[:, 2])
        down = np.maximum(letters[:, 1] - y - height, y - letters[:, 1] - letters[:, 3])
        if np.maximum(across, down).min() > ALONE * highest:
            found[max(y - 1, 0) : y + height + 1, max(x - 1, 0) : x + width + 1] = 255
    return found


def is_mark(text: str) -> bool:
    """Whether a reading is of a short mark (``n.d.``) of which each sign makes one mark."""
    return _MARK.fullmatch(text) is not None


def is_dash(ink: Ink) -> bool:
    """Whether a cell's ink is one short level stroke: Tesseract does not see a lone dash."""
    return ink.marks == 1 and FLAT[0] <= ink.width <= FLAT[1]


@dataclass(frozen=True, slots=True)
class Ink:
    """The marks in a cleaned picture: how many, and how wide they stand together, in heights of the
    highest."""

    marks: int
    width: float


def measure(picture: Grey, dpi: float, level: int = MIDDLE) -> Ink:
    """Count and measure the marks of a cleaned picture of one line, darker than a level."""
    boxes = marks_of(enlarged(picture, dpi), level)
    if not boxes:
        return Ink(0, 0.0)
    width = max(box[2] for box in boxes) - boxes[0][0]
    return Ink(len(boxes), width / max(box[3] - box[1] for box in boxes))


def enlarged(picture: Grey, dpi: float) -> Grey:
    """A picture at :data:`FINE` dots per inch."""
    import cv2

    scale = FINE / dpi
    large: Any = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    found: Grey = large
    return found


def marks_of(large: Grey, level: int) -> list[Box]:
    """The marks of an enlarged picture that are darker than a level, from left to right. Pieces
    that stand over each other, as those of a digit whose hair lines broke, are one mark."""
    import numpy as np

    spots = _spots((large < level).astype(np.uint8), LEAST)
    found: list[Box] = []
    for left, top, width, height in sorted(tuple(map(int, spot[:4])) for spot in spots):
        right, bottom = left + width, top + height
        if found:
            x0, y0, x1, y1 = found[-1]
            if min(x1, right) - left >= OVERLAP * min(width, x1 - x0):
                found[-1] = x0, min(y0, top), max(x1, right), max(y1, bottom)
                continue
        found.append((left, top, right, bottom))
    return found


def _spots(dark: Any, least: float) -> Any:
    """The connected spots of a mask that have some area: left, top, width, height and area."""
    import cv2

    _, _, spots, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return spots[1:][spots[1:, 4] >= least]


class Widths:
    """How wide the digits of a page are, learned from its numbers."""

    def __init__(self, numbers: Sequence[tuple[str, Ink]]) -> None:
        ratios = [
            ink.width / _units(text) for text, ink in numbers if len(text) > 3 and "%" not in text
        ]
        self._digit = median(ratios) if len(ratios) >= ENOUGH else None

    def fits(self, text: str, ink: Ink) -> bool:
        """Whether a number may be what makes these marks."""
        if ink.marks > len(text) + RINGS * text.count("%"):
            return False
        if self._digit is None or len(text) < 2:
            return True
        wanted = self._digit * _units(text)
        return abs(ink.width - wanted) <= SLACK * self._digit + PART * wanted


def _units(text: str) -> float:
    """The width of a number in widths of a digit."""
    return sum(map(width_of, text))


def width_of(sign: str) -> float:
    """The width of a sign of a number in widths of a digit."""
    return _WIDTHS.get(sign, 1.0)
