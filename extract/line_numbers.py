"""Numbers of lines in a page's margin, as drafts have them: they belong to no table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.geometry import Rect

LEAST = 8
"""Numbers one under the other from which they count lines."""
ALIGNED = 1.5
"""Points by which the sides of such numbers may differ."""

_NUMBER = re.compile(r"\d{1,4}")


def line_numbers(texts: Sequence[tuple[str, Rect]]) -> set[int]:
    """Which of a page's texts (with their places) count its lines: a column of numbers beside all
    other text, from the top in equal steps."""
    numbers = [at for at, (text, _) in enumerate(texts) if _NUMBER.fullmatch(text)]
    if len(numbers) < LEAST:
        return set()
    others = [rect for text, rect in texts if not _NUMBER.fullmatch(text)]
    for left in (True, False):
        inner = (
            min((rect.x0 for rect in others), default=0.0)
            if left
            else max((rect.x1 for rect in others), default=0.0)
        )
        column = [
            at for at in numbers if (texts[at][1].x1 < inner if left else texts[at][1].x0 > inner)
        ]
        if _counts(sorted(column, key=lambda at: texts[at][1].top), texts):
            return set(column)
    return set()


def _counts(column: Sequence[int], texts: Sequence[tuple[str, Rect]]) -> bool:
    if len(column) < LEAST:
        return False
    rects = [texts[at][1] for at in column]
    sides = ([rect.x0 for rect in rects], [rect.x1 for rect in rects])
    aligned = any(max(side) - min(side) <= ALIGNED for side in sides)
    steps = {int(texts[b][0]) - int(texts[a][0]) for a, b in pairwise(column)}
    return aligned and len(steps) == 1 and min(steps) > 0
