"""Texts behind a label that their column breaks to several lines: an indicator's name, its unit."""

from __future__ import annotations

from collections.abc import Sequence

from extract.geometry import overlap, share_x, share_y
from extract.labelled import LEADING, LEVEL, Found
from extract.segments import Segment
from extract.words import text_of

SAME_SIZE = 0.1
"""Part by which the heights of two lines of one text differ at most."""
MARGIN = 1.0
"""Line heights by which lines of one text begin out of line at most."""


def text_lines(label: Found, segments: Sequence[Segment], labels: Sequence[Found]) -> list[Segment]:
    """A label's value with all its lines: those of its cell, or those that follow it closely at
    its margin, or its label's, up to another label."""
    value = label.value
    if value is None:
        return []
    parts = {id(each) for other in labels for each in other.segments}
    parts |= {id(other.value) for other in labels if other is not label and other.value}
    free = [each for each in segments if each.page is value.page and id(each) not in parts]
    if value.cell is not None:
        own = [each for each in free if each.cell == value.cell and each is not value]
    else:
        own = _grown(label, value, free, labels)
    return sorted([*own, value], key=lambda each: (each.rect.top, each.rect.x0))


def text_of_lines(lines: Sequence[Segment]) -> str:
    """The lines as one text."""
    return text_of(([each.words for each in lines], None))


def _grown(
    label: Found, value: Segment, free: Sequence[Segment], labels: Sequence[Found]
) -> list[Segment]:
    """The lines of a text without a cell: below the first one where that stands behind its label,
    above and below it where it stands beside."""
    margins = [value.rect.x0] if label.inline is None else [value.rect.x0, label.rect.x0]
    own: list[Segment] = []
    for step in (1,) if label.inline is not None else (1, -1):
        line = value
        while (following := _next(line, step, margins, free, label, labels)) is not None:
            own.append(following)
            line = following
    return own


def _next(
    line: Segment,
    step: int,
    margins: Sequence[float],
    free: Sequence[Segment],
    label: Found,
    labels: Sequence[Found],
) -> Segment | None:
    """The line right below (``step`` 1) or above (-1) another of one text."""
    height = line.height
    for each in free:
        above, below = (line, each) if step == 1 else (each, line)
        gap = below.rect.top - above.rect.bottom
        if (
            each is not line
            and each.cell is None
            and -LEVEL * height < gap < LEADING * height
            and (below.rect.top - above.rect.top) > LEVEL * height
            and abs(each.height - height) <= SAME_SIZE * height
            and any(abs(each.rect.x0 - margin) <= MARGIN * height for margin in margins)
            and not _is_of_another(each, label, labels)
        ):
            return each
    return None


def _is_of_another(each: Segment, label: Found, labels: Sequence[Found]) -> bool:
    """Whether a line stands beside, or in the text of, another label."""
    return any(
        other is not label
        and other.segments[0].page is each.page
        and other.rect.x0 < each.rect.x1
        and share_y(other.rect, each.rect) > LEVEL
        and (other.rect.x1 <= each.rect.x0 or share_x(other.rect, each.rect) > 0)
        and overlap(other.rect.top, other.rect.bottom, label.rect.top, label.rect.bottom) == 0
        for other in labels
    )
