"""Lines in the cell that broke them: its room, and what each line leaves of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from extract.geometry import Rect
from extract.runs import Word

SLACK = 1.0
"""Points by which a full line may miss what its cell could hold, rounding and kerning apart."""
WIDEST = 0.35
"""Heights of its type that a space is wide at most; what is more justifies the line."""

Lines = Sequence[Sequence[Word]]


class Measured:
    """Lines in their cell, measured where that is asked for. (Most breaks are told without: many
    producers write the space at which they break a line, and then there is no doubt.)"""

    def __init__(self, lines: Lines, frame: Rect) -> None:
        self.lines = lines
        self.frame = frame

    @cached_property
    def room(self) -> float:
        """The width that the cell gives to a line: its own without the padding that is seen."""
        starts = [line[0].start for line in self.lines]
        left = min(starts) - self.frame.x0
        right = self.frame.x1 - max([line[-1].end for line in self.lines])
        padding = left if max(starts) - min(starts) < SLACK else min(left, right)
        return self.frame.width - 2 * max(padding, 0.0)

    @cached_property
    def left(self) -> list[float]:
        """What is left of the room by each line, without what is added to its spaces to justify
        it."""
        return [self.room - width for width in _widths(self.lines)]

    def full(self) -> tuple[int, int]:
        """How many lines end where the cell does, and how many there are, the last left out."""
        pairs = zip(self.left, self.lines, self.lines[1:], strict=False)
        full = [is_full(*each) for each in pairs]
        return sum(full), len(full)


def _widths(lines: Lines) -> list[float]:
    spaces = [[b.start - a.end for a, b in pairwise(line)] for line in lines]
    usual = max(
        WIDEST * lines[0][0].rect_at(0).height,
        min([gap for gaps in spaces for gap in gaps], default=0),
    )
    return [
        line[-1].end - line[0].start - sum([gap - usual for gap in gaps if gap > usual])
        for line, gaps in zip(lines, spaces, strict=True)
    ]


def is_full(left: float, above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether no letter more fits on a line. Letters may be set apart, each with room behind it."""
    x0, x1 = below[0].sides_at(0)
    return left < x1 - x0 + 2 * apart(above) + SLACK


def apart(line: Sequence[Word]) -> float:
    """The room between the letters of a line's last word that has several."""
    for word in reversed(line):
        if len(word) > 1:
            return max(word.sides_at(-1)[0] - word.sides_at(-2)[1], 0.0)
    return 0.0
