"""The signs of numbers held against each other: a page's own type tells what Tesseract confuses.

Two readings of a cell come from one picture and may fail alike (``17.1`` for ``77.7``, ``30,5`` for
``30.5``). But the same type stands in other cells, where ``1`` and ``7`` were read as well: a sign
is what it looks most like among them. A comma is told from a point by the page's other ones, or, as
Tesseract may take all for commas, by how deep its ink lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extract.scan.ink import LEVELS, PALEST, Box, enlarged, marks_of

if TYPE_CHECKING:
    from extract.scan.image import Grey

UNSURE = "?"
"""Stands for a sign of which the ink does not say what it is."""
TALL = 0.7
"""Height of a digit at least, in heights of the highest mark."""
HALF = 0.35
"""Width of a half of a zero at most, and of what is between the two, in heights of a digit."""
HEIGHT, ABOVE, BELOW, WIDTH, SOFT = 20, 3, 9, 26, 1.0
"""Dots of a digit in a sign's picture, above it, below it and across, and the blur."""
KNOWN = 2
"""Signs of a kind in other cells from which it is known, and those nearest that are looked at."""
ALIKE, VERY, APART = 0.90, 0.97, 0.012
"""How like its kind a sign is at least (cosine) where all ten digits are known and where some are
not, and how much more than any other kind."""
DISTINCT, NEARER = 0.97, 0.03
"""How like points and commas of a page are at most, and how much nearer to one a sign is than to
the other."""
POINT, COMMA = (0.21, 0.04, -0.062), (0.23, 0.06, -0.050)
"""Height, reach below the line and depth of the ink's middle (see :class:`Sign`) of a point at
most, and of a comma at least."""
DASH = 0.3, -0.7, -0.2
"""Height of a minus at most, and between what depths its middle is."""
MOST = 2000
"""Signs that are kept; those of the last pages."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a number: its picture as a unit vector; in heights of a digit, its height, how
    far it reaches below the line, and how far below the line the middle of its ink is."""

    shape: Any
    height: float
    tail: float
    depth: float


def signs_of(picture: Grey, dpi: float) -> list[list[Sign]]:
    """The signs in a cleaned picture of one line, from left to right, as each level parts them."""
    large = enlarged(picture, dpi)
    parted = [marks_of(large, level) for level in LEVELS]
    joined = [other for boxes in parted if (other := _joined(boxes)) not in parted]
    return [_signs(large, boxes) for boxes in (*parted, *joined)]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Marks in which both sides of a broken zero are one: tall ones, narrow ones, near each
    other."""
    highest = max((bottom - top for _, top, _, bottom in boxes), default=0)
    found: list[Box] = []
    last = False
    for box in boxes:
        half = box[3] - box[1] >= TALL * highest and box[2] - box[0] <= HALF * highest
        if half and last and box[0] - found[-1][2] <= HALF * highest:
            x0, top, _, bottom = found.pop()
            found.append((x0, min(top, box[1]), box[2], max(bottom, box[3])))
            half = False
        else:
            found.append(box)
        last = half
    return found


def _signs(large: Grey, boxes: Sequence[Box]) -> list[Sign]:
    import numpy as np

    if not boxes:
        return []
    highest = max(bottom - top for _, top, _, bottom in boxes)
    tall = [box for box in boxes if box[3] - box[1] >= TALL * highest]
    top, line = (float(np.median([box[side] for box in tall])) for side in (1, 3))
    ends = [0.0, *((a[2] + b[0]) / 2 for a, b in pairwise(boxes)), float(large.shape[1])]
    return [
        _sign(large, box, (max(left, box[0] - 3), min(right, box[2] + 3)), (top, line))
        for box, (left, right) in zip(boxes, pairwise(ends), strict=True)
    ]


def _sign(
    large: Grey,
    box: Box,
    sides: tuple[float, float],
    span: tuple[float, float],
) -> Sign:
    """The sign in a box, with the ink between two sides; ``span`` is where digits begin and end."""
    import cv2
    import numpy as np

    x0, y0, x1, y1 = box
    left, right = map(round, sides)
    top, line = span
    unit = HEIGHT / (line - top)
    dark: Any = 255.0 - large[:, left:right].astype(np.float32)
    across = WIDTH / 2 - ((x0 + x1) / 2 - left) * unit
    move = np.array([[unit, 0, across], [0, unit, ABOVE - top * unit]])
    soft = cv2.GaussianBlur(dark, (0, 0), 0.4 / unit)
    small = cv2.warpAffine(soft, move, (WIDTH, ABOVE + HEIGHT + BELOW))
    shape = cv2.GaussianBlur(small, (0, 0), SOFT).ravel()
    first = max(y0 - 2, 0)
    rows = dark[first : y1 + 2].sum(axis=1)
    middle = first + 0.5 + float(rows @ np.arange(len(rows))) / max(float(rows.sum()), 1.0)
    tall = line - top
    length = max(float(np.linalg.norm(shape)), 1.0)
    return Sign(shape / length, (y1 - y0) / tall, (y1 - line) / tall, (middle - line) / tall)


def _alignments(text: str, parted: Sequence[Sequence[Sign]]) -> list[Sequence[Sign]]:
    """The ways in which ink falls apart into as many signs as a number has, a percent sign being up
    to three marks; none where faint ink makes more of them."""
    most = len(text) + (2 if text.endswith("%") else 0)
    palest = parted[LEVELS.index(PALEST) :][:1]  # none, where a piece has no ink of its own
    faint = any(len(signs) > most for signs in palest)
    return [] if faint else [signs for signs in parted if len(text) <= len(signs) <= most]


class Type:
    """The signs of a document's numbers, by what they were read as."""

    def __init__(self) -> None:
        self._known: list[tuple[str, object]] = []
        self._shapes: list[Any] = []

    def learn(self, text: str, parted: Sequence[Sequence[Sign]], cell: object) -> None:
        """Take the signs of a cell's number where each has its mark."""
        for signs in _alignments(text, parted[: len(LEVELS)])[:1]:
            for name, sign in zip(text.removesuffix("%"), signs, strict=False):
                self._known.append((name, cell))
                self._shapes.append(sign.shape)
        del self._known[:-MOST], self._shapes[:-MOST]

    def read(self, text: str, parted: Sequence[Sequence[Sign]], cell: object) -> str:
        """What the ink of a cell says where a number was read: the same number, another one, or
        :data:`UNSURE` in place of signs that it does not tell."""
        best = UNSURE * len(text)
        for signs in _alignments(text, parted):
            seen = self._seen(text, signs, cell)
            if seen == text:
                return seen
            if seen.count(UNSURE) < best.count(UNSURE):
                best = seen
        return best

    def _seen(self, text: str, signs: Sequence[Sign], cell: object) -> str:
        bare = text.removesuffix("%")
        names = [self._name(sign, cell) for sign in signs[: len(bare)]]
        if bare != text:
            digits = any(self._digit(sign, cell) for sign in signs[len(bare) :])
            names.append(UNSURE if digits else "%")
        return "".join(name or UNSURE for name in names)

    def _name(self, sign: Sign, cell: object) -> str:
        if sign.height >= TALL:
            return self._digit(sign, cell)
        if sign.height <= DASH[0] and DASH[1] <= sign.depth <= DASH[2]:
            return "-"
        return self.separator(sign, cell)

    def _alike(self, cell: object) -> dict[str, list[int]]:
        """The known signs of other cells, by what they are."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, (name, where) in enumerate(self._known):
            if where != cell:
                found[name].append(at)
        return {name: places for name, places in found.items() if len(places) >= KNOWN}

    def _digit(self, sign: Sign, cell: object) -> str:
        """The digit that is nearest, surely nearer than any other; else nothing."""
        import numpy as np

        known = {name: at for name, at in self._alike(cell).items() if name.isdigit()}
        if not known:
            return ""
        alike = np.asarray(self._shapes) @ sign.shape
        scores = {
            name: float(np.sort(alike[places])[-KNOWN:].mean()) for name, places in known.items()
        }
        best = max(scores, key=lambda name: scores[name])
        other = max((score for name, score in scores.items() if name != best), default=0.0)
        least = ALIKE if len(scores) == 10 else VERY
        return best if scores[best] >= max(least, other + APART) else ""

    def separator(self, sign: Sign, cell: object) -> str:
        """A point or a comma, where it is sure; else nothing."""
        own = _by_depth(sign)
        near = self._nearer(sign, cell)
        return near if not own or own == near else own if not near else ""

    def _nearer(self, sign: Sign, cell: object) -> str:
        """What the separators of other cells say, where points and commas among them differ."""
        import numpy as np

        means = {}
        for name, places in self._alike(cell).items():
            if name in ".,":
                mean = np.mean([self._shapes[at] for at in places], axis=0)
                means[name] = mean / np.linalg.norm(mean)
        if len(means) < 2 or float(means["."] @ means[","]) > DISTINCT:
            return ""
        nearer = float((means["."] - means[","]) @ sign.shape)
        return "." if nearer >= NEARER else "," if nearer <= -NEARER else ""


def _by_depth(sign: Sign) -> str:
    measures = sign.height, sign.tail, sign.depth
    if all(own <= most for own, most in zip(measures, POINT, strict=True)):
        return "."
    return "," if all(own >= least for own, least in zip(measures, COMMA, strict=True)) else ""
