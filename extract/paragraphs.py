"""Prose on a page of segments: the paragraphs that stand under, or beside, a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.geometry import Rect, share_x, share_y, union
from extract.segments import Segment
from extract.types import Printed
from extract.words import COLUMN_GAP, Word, block_piece, printed

FIRST = 3.0
"""Gap between a heading and its first line, in line heights."""
LEADING = 0.9
"""Gap between two lines of a paragraph, in line heights."""
APART = 1.6
"""Gap between two paragraphs of one section, in line heights."""
INDENT = 4.0
"""Line heights by which a paragraph's first line may begin left or right of its heading."""
WIDER = 2.5
"""Part of its column's width from which a line is none of the column."""
FOOTNOTE = re.compile(r"[*†‡¹²³⁴-⁹]")
"""How a footnote begins."""
SAME_SIZE = 0.1
"""Part by which the heights of two lines of one text differ at most."""
SAME_ROW = 0.5
"""Part of a line's height that segments of one row share."""

Paragraph = list[list[Segment]]
"""Rows of segments, from the top; the segments of a row from the left."""


def under(
    heading: Rect, segments: Sequence[Segment], height: float, others: Sequence[Segment] = ()
) -> list[Paragraph]:
    """The paragraphs below a heading, in its column.

    ``segments`` are those of the heading's page that may be prose, ``others`` the labels, values
    and headings, which end a text. ``height`` is that of a line.
    """
    first = [
        each
        for each in segments
        if heading.bottom - 0.4 * height <= each.rect.top < heading.bottom + FIRST * height
        and (share_x(heading, each.rect) > 0.2 or abs(each.rect.x0 - heading.x0) < INDENT * height)
        and each.rect.x0 < heading.x1
        and each.rect.x1 > heading.x0
    ]
    return _grow(first, segments, others)


def beside(
    label: Rect, segments: Sequence[Segment], height: float, others: Sequence[Segment] = ()
) -> list[Paragraph]:
    """The paragraphs to the right of a label, from its first line on."""
    right = [
        each
        for each in segments
        if each.rect.x0 >= label.x1 - 0.5 * height
        and each.rect.bottom > label.top
        and each.rect.top < label.bottom
    ]
    nearest = min((each.rect.x0 for each in right), default=0.0)
    first = [each for each in right if each.rect.x0 < nearest + INDENT * height]
    return _grow(first, segments, others)


def continued(
    text: Sequence[Paragraph], segments: Sequence[Segment], others: Sequence[Segment]
) -> list[Paragraph]:
    """The rest of a text that the end of its page cuts within a sentence, from the ``segments`` of
    the next page: it begins in small letters, in the same column and type, above all that is no
    part of it."""
    last = text[-1][-1]
    column = union(each.rect for row in text[-1] for each in row)
    height = last[0].height
    first = [
        each
        for each in segments
        if each.text[:1].islower()
        and abs(each.height - height) < SAME_SIZE * height
        and abs(each.rect.x0 - column.x0) < LEADING * height
        and each.rect.x1 < column.x1 + LEADING * height
    ]
    top = min((each.rect.top for each in first), default=0.0)
    if any(each.rect.top < top and share_x(each.rect, column) > 0 for each in others):
        return []
    return _grow([each for each in first if each.rect.top == top], segments, others)


def is_cut(text: Sequence[Paragraph], segments: Sequence[Segment]) -> bool:
    """Whether a text ends within a sentence where its page ends: of the page's ``segments`` at most
    the page's number stands below it."""
    last = text[-1][-1]
    bottom = max(each.rect.bottom for each in last)
    below = [each for each in segments if each.rect.top > bottom]
    numbers = all(each.text.strip(" -–—|").isdecimal() for each in below)
    return numbers and last[-1].text[-1] not in ".:;?!)”»"


def _grow(
    first: Sequence[Segment], segments: Sequence[Segment], others: Sequence[Segment]
) -> list[Paragraph]:
    """Paragraphs from their first line down, as far as lines follow each other in the column."""
    if not first:
        return []
    top = min(each.rect.top for each in first)
    row = _row([each for each in first if each.rect.top < top + SAME_ROW * each.height])
    rows, column = [row], union(each.rect for each in row)
    while True:
        below = _next_row(rows[-1], column, segments)
        if not below:
            break
        rows.append(below)
        column = union([column, *(each.rect for each in below)])
    return _parted([_whole(row, column, segments, others) for row in rows])


def _next_row(row: Sequence[Segment], column: Rect, segments: Sequence[Segment]) -> list[Segment]:
    """The row below; none where it is no text of this column."""
    last, height = union(each.rect for each in row), row[0].height
    below = [
        each
        for each in segments
        if each not in row
        and last.bottom - 0.4 * height <= each.rect.top < last.bottom + APART * height
        and share_x(column, each.rect) > SAME_ROW
    ]
    at = min((each.rect.top for each in below), default=0.0)
    found = _row([each for each in below if each.rect.top < at + SAME_ROW * height])
    limit = WIDER * max(column.width, FIRST * height)
    if any(each.rect.width >= limit or FOOTNOTE.match(each.text) for each in found):
        return []
    return found


def _whole(
    row: list[Segment], column: Rect, segments: Sequence[Segment], others: Sequence[Segment]
) -> list[Segment]:
    """A row with the parts that a wide space cut off: those in its column, and those behind its
    end that begin no line of another column."""
    whole = list(row)
    level = [
        each
        for each in segments
        if each not in row and share_y(union(part.rect for part in row), each.rect) > SAME_ROW
    ]
    for each in sorted(level, key=lambda each: each.rect.x0):
        rect = union(part.rect for part in whole)
        behind = 0 <= each.rect.x0 - rect.x1 < COLUMN_GAP * each.height
        inside = share_x(column, each.rect) > SAME_ROW and share_x(rect, each.rect) == 0
        if inside or (behind and not _begins_lines(each, [*segments, *others])):
            whole.append(each)
    return _row(whole)


def _begins_lines(each: Segment, segments: Sequence[Segment]) -> bool:
    """Whether a text begins where others above or below it begin, as the lines of a column do."""
    return any(
        other is not each
        and abs(other.rect.x0 - each.rect.x0) < LEADING * each.height
        and abs(other.rect.top - each.rect.top) < FIRST * each.height
        for other in segments
    )


def _parted(rows: Sequence[list[Segment]]) -> list[Paragraph]:
    """Rows as paragraphs: a wider gap parts two."""
    found: list[Paragraph] = [[rows[0]]]
    for above, row in pairwise(rows):
        gap = min(each.rect.top for each in row) - max(each.rect.bottom for each in above)
        if gap < LEADING * above[0].height:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _row(segments: Sequence[Segment]) -> list[Segment]:
    return sorted(segments, key=lambda each: each.rect.x0)


def as_printed(paragraph: Paragraph, reader: str) -> Printed:
    """A paragraph as one printed text, a box for each page."""
    pages = {row[0].page.number: row[0].page for row in paragraph}
    pieces = [
        block_piece(page, [_words(row) for row in paragraph if row[0].page.number == number])
        for number, page in pages.items()
    ]
    return printed(pieces, reader)


def _words(row: Sequence[Segment]) -> tuple[Word, ...]:
    return tuple(word for each in row for word in each.words)
