"""Letter-spaced words: set with more room between all letters, without any space in the file.

pdfium supplies a space where a gap is wide for the letters beside it, and so parts such words at
their narrow letters (``efecti va``). Between words the gap is wider than that between letters by
a whole space.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from extract.geometry import Rect

if TYPE_CHECKING:  # that module asks this one
    from extract.runs import Char, Word

NARROW = 0.17
"""Character heights that any font's space is wider than."""
TRACKED = 0.03
"""Character heights by which the letters of such words are apart at least."""
SPACE = 0.06
"""Character heights by which the gap between two words is wider than that, at least."""
NEAR, FEW = 8, 3
"""Letters at each side that tell how far letters are apart, and how many must."""


def may_be_tracked(runs: Sequence[Word]) -> bool:
    """Whether any space between two runs is narrow enough to be inside of such a word."""
    for before, run in pairwise(runs):
        if run.gap != " ":
            continue
        gap, told = run.rect.x0 - before.rect.x1, run.even and before.even
        # the gap of most runs is as wide as they say: their boxes need not be looked at
        if (told and gap <= 0.0) or gap >= NARROW * max(run.rect.height, 0.1):
            continue
        if 0.0 < _between(before.rect_at(-1), run.rect_at(0)) < NARROW:
            return True
    return False


def tracked(chars: Sequence[Char]) -> list[Char]:
    """The characters of a page (in file order), without spaces inside of such words."""
    suspects = [
        at
        for at, (_, _, _, gap) in enumerate(chars)
        if gap == " " and at and 0.0 < _gap(chars[at - 1], chars[at]) < NARROW
    ]
    usual = median(_small_gaps(chars)) if suspects else 0.0
    inside = {at for at in suspects if _is_inside(chars, at, usual)}
    if not inside:
        return list(chars)
    return [char._replace(gap="") if at in inside else char for at, char in enumerate(chars)]


def _gap(before: Char, char: Char) -> float:
    """The gap between two characters in heights of their type; wide where they are on two lines."""
    return _between(before.rect, char.rect)


def _between(before: Rect, rect: Rect) -> float:
    left, top, _, bottom = rect
    height = bottom - top
    if abs(bottom - before.bottom) > 0.3 * height:
        return 1.0
    return (left - before.x1) / max(height, 0.1)


def _small_gaps(chars: Sequence[Char]) -> list[float]:
    """The gaps that are no space of any font."""
    return [gap for before, char in pairwise(chars) if (gap := _gap(before, char)) < NARROW]


def _is_inside(chars: Sequence[Char], at: int, usual: float) -> bool:
    """Whether a gap is one between letters. ``usual`` is how far they are apart on its page, for
    texts too short to tell themselves."""
    gaps = _small_gaps(chars[max(at - NEAR, 0) : at + NEAR])
    if len(gaps) >= FEW:
        usual = median(gaps)
    return usual > TRACKED and _gap(chars[at - 1], chars[at]) < usual + SPACE
