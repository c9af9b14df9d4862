"""The pieces of lines that stand on a scanned page, found by their ink alone.

OCR programs take pages for columns of prose: what stands in small cells beside drawings they miss
or mix. Here marks as high as letters that stand close together on a level are a piece of a line,
and each is read by itself; drawings are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from extract.geometry import Rect, overlap

if TYPE_CHECKING:
    from extract.scan.image import Grey

INK = 150
"""Brightness, of 255, below which a spot of a flattened picture is ink."""
PALE, LEAST = 200, 2
"""Brightness below which a spot beside letters is a pale point or comma, and its dots at least."""
SPECK = 0.25
"""Square points from which a spot of ink is a mark."""
LETTER = 2.0, 16.0
"""Points of a letter's height: what is lower is a point or an accent, what is higher a drawing."""
FLAT = 0.45
"""Part of the common letter's height up to which a mark is a point, an accent or a dash."""
DRAWN = 7.0
"""Widths of a mark, in common letters' heights, from which it is drawn."""
TALL = 3.6
"""Heights of a mark, in common letters' heights, from which it is drawn."""
LONG, THIN = 2.2, 0.3
"""Length, and thickness on the average, in common letters' heights, of a stroke that is drawn."""
APART = 1.25
"""Gap, in heights of the higher mark, from which two marks on a level are two pieces."""
LEVEL = 0.35
"""Part of the lower one's height that two marks on a level share at least."""
ABOVE = 0.6
"""Gap, in common letters' heights, from an accent down to its letter at most."""
MARGIN = 2.5
"""Points of ground around a piece."""
REACH = 2.0
"""Dots by which a mark may reach over a rule."""
FAR = 1e9
"""Farther than anything on a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: its box in points, and its picture, without what is not its ink, with
    the place of that in points; ``gaps`` are those between its marks, from the left, where each
    begins and ends, in points."""

    rect: Rect
    picture: Grey
    place: Rect
    gaps: tuple[tuple[float, float], ...] = ()


def find_pieces(flat: Grey, dpi: float, uprights: Sequence[Rect] = ()) -> list[Piece]:
    """The pieces of lines of a flattened picture without its rules; none goes over an upright
    rule (``uprights``, boxes in points)."""
    import cv2
    import numpy as np

    unit = dpi / 72
    mask = (flat < INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes = stats.tolist()
    counted = stats[:, 4] >= max(SPECK * unit**2, 3)
    marks = {
        at: Rect(x, y, x + width, y + height)
        for at, (x, y, width, height, _) in enumerate(boxes)
        if at and counted[at]
    }
    heights = [m.height for m in marks.values() if LETTER[0] <= m.height / unit <= LETTER[1]]
    if not heights:
        return []
    common = median(heights)
    marks = {at: mark for at, mark in marks.items() if not _is_drawn(mark, boxes[at][4], common)}
    fences = [Rect(*(side * unit for side in each)) for each in uprights]
    pieces = []
    for group in _groups(marks, common, fences):
        own = [marks[at] for at in group]
        if any(mark.height > FLAT * common for mark in own) or _is_dash(own, common):
            pieces.append(_piece(flat, labels, counted, group, own, unit))
    return pieces


def _is_drawn(mark: Rect, area: int, common: float) -> bool:
    """Whether a mark is no letter, nor letters that touch: too large, or one thin long stroke."""
    if mark.height > TALL * common or mark.width > DRAWN * common:
        return True
    if mark.width > LONG * common and area < THIN * common * mark.width:
        return True
    return mark.height > 2 * common and area < THIN * common * mark.height


def _is_dash(marks: Sequence[Rect], common: float) -> bool:
    """Whether flat marks without a letter may be text: a dash, or points."""
    return len(marks) == 1 and 0.3 * common <= marks[0].width <= 2.0 * common


def _piece(
    flat: Grey, labels: Any, counted: Any, group: Sequence[int], marks: Sequence[Rect], unit: float
) -> Piece:
    """A group of marks with its picture, from which all other marks are left out; ``counted`` are
    the labels that are marks, and no specks, which may be a letter's point."""
    import cv2
    import numpy as np

    box = _around(marks)
    height, width = flat.shape
    margin = round(MARGIN * unit)
    x0, y0 = max(int(box.x0) - margin, 0), max(int(box.top) - margin, 0)
    x1, y1 = min(int(box.x1) + margin, width), min(int(box.bottom) + margin, height)
    part = labels[y0:y1, x0:x1]
    strange = (~np.isin(part, (0, *group)) & counted[part]).astype(np.uint8)
    far = cv2.dilate(strange, np.ones((3, 3), np.uint8)) == 0
    picture = np.where(far | np.isin(part, group), flat[y0:y1, x0:x1], 255).astype(np.uint8)
    rect = Rect(*(side / unit for side in box))
    place = Rect(x0 / unit, y0 / unit, x1 / unit, y1 / unit)
    inside = picture[int(box.top) - y0 : int(box.bottom) - y0, int(box.x0) - x0 : int(box.x1) - x0]
    gaps = [(start + box.x0, end + box.x0) for start, end in _gaps(inside, unit)]
    return Piece(rect, picture, place, tuple((start / unit, end / unit) for start, end in gaps))


def _gaps(picture: Grey, unit: float) -> Iterator[tuple[int, int]]:
    """The columns of dots, from and to, where no ink is, pale one of points and commas included:
    a piece of a picture begins and ends with ink."""
    import cv2
    import numpy as np

    faint = (picture < PALE).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
    counted = stats[:, 4] >= max(SPECK * unit**2, LEAST)
    counted[0] = False
    inked = np.flatnonzero(counted[labels].any(axis=0))
    for left, right in pairwise(inked.tolist()):
        if right > left + 1:
            yield left + 1, right


def _around(marks: Sequence[Rect]) -> Rect:
    return Rect(
        min(mark.x0 for mark in marks),
        min(mark.top for mark in marks),
        max(mark.x1 for mark in marks),
        max(mark.bottom for mark in marks),
    )


def _groups(marks: dict[int, Rect], common: float, fences: Sequence[Rect]) -> Iterator[list[int]]:
    """The marks that stand close together on a level, with the accents above them."""
    home = {at: at for at in marks}

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    small = {at for at, mark in marks.items() if mark.height <= FLAT * common}
    alone = set(small)
    loose: dict[int, tuple[float, int]] = {}
    for one, other in _near(marks, APART * TALL * common):
        left, right = marks[one], marks[other]
        if one in small and other in small:
            continue
        if _is_level(left, right, common) and not _fenced(left, right, fences):
            home[root(other)] = root(one)
            alone -= {one, other}
        elif (one in small) != (other in small):
            point, letter = (one, other) if one in small else (other, one)
            off = _above(marks[point], marks[letter], common)
            loose[point] = min(loose.get(point, (off, letter)), (off, letter))
    for point in alone:
        off, letter = loose.get(point, (FAR, point))
        if off < FAR:
            home[root(point)] = root(letter)
    groups: dict[int, list[int]] = {}
    for at in marks:
        groups.setdefault(root(at), []).append(at)
    yield from groups.values()


def _near(marks: dict[int, Rect], reach: float) -> Iterator[tuple[int, int]]:
    """The pairs of marks, left one first, with a gap between them of ``reach`` at most."""
    before: list[int] = []
    for at in sorted(marks, key=lambda each: marks[each].x0):
        left = marks[at].x0
        before = [other for other in before if marks[other].x1 + reach >= left]
        for other in before:
            yield other, at
        before.append(at)


def _is_level(left: Rect, right: Rect, common: float) -> bool:
    """Whether two marks, left one first, are neighbours on a line."""
    shared = overlap(left.top, left.bottom, right.top, right.bottom)
    gap = right.x0 - left.x1
    highest = max(left.height, right.height, common)
    return gap <= APART * highest and shared >= LEVEL * min(left.height, right.height)


def _above(point: Rect, letter: Rect, common: float) -> float:
    """How far a low mark is above (or below) the letter that it may be of; else :data:`FAR`."""
    beside = 0.2 * common
    if overlap(point.x0, point.x1, letter.x0 - beside, letter.x1 + beside) <= 0:
        return FAR
    off = max(letter.top - point.bottom, point.top - letter.bottom)
    return off if off <= ABOVE * max(common, letter.height) else FAR


def _fenced(left: Rect, right: Rect, fences: Sequence[Rect]) -> bool:
    """Whether an upright rule stands between two marks, left one first."""
    top, bottom = min(left.top, right.top), max(left.bottom, right.bottom)
    return any(
        left.x1 - REACH <= fence.x0 <= right.x0 + REACH
        and overlap(fence.top, fence.bottom, top, bottom) > 0
        for fence in fences
    )
