"""Whether what was put into the cells of a ficha without rules agrees with the order of the file.

Producers write cell after cell, each label before its value, or all of it backwards. Where most of
a ficha is written so, a cell that is not in one piece, or comes before its label, has a line that
is not its own: it is doubtful, and so is the cell that the line follows in the file. Whatever the
order, no cut between rows goes through a printed number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from extract.chunks import ALIGNED, Chunk
from extract.geometry import share_x
from extract.strip import Slot

FEW = 3
"""Cells of several lines that tell whether a file goes cell by cell, at least."""
MOST = 0.75
"""Part of them that is in one piece where it does."""
SELDOM = 0.02
"""Part of the steps of a file up to which it is no cell's that goes back up."""
LEVEL = 0.5
"""Leadings by which the heights of texts on one line may differ."""
NEAR = 1.5
"""Leadings within which a line under a cell that is in none may belong to it."""

_PIECE = re.compile(r"[\d.,]*\d[\d.,]*")
"""A line of a number that may go on in the next one."""
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Placed:
    """The chunks of a label or a value. ``slot`` is a value's, ``label`` are those of its label."""

    chunks: tuple[Chunk, ...]
    slot: Slot | None = None
    label: tuple[Chunk, ...] = ()


_Written = tuple[Chunk, int]
"""A chunk and the position of its cell."""


def doubt_order(cells: Sequence[Placed], others: Sequence[Chunk], leading: float) -> None:
    """Mark the values unsure that the order of the file speaks against.

    ``others`` are chunks that are in no cell: one may be a line of the cell that it follows.
    """
    way = _way(cells)
    written = sorted(_written(cells, others), key=lambda pair: way * pair[0].order)
    broken = _broken(written, _without_value(cells), leading)
    if _goes_by_lines(written, leading) or not _goes_by_cells(cells, broken):
        return
    for before, (chunk, at) in pairwise(written):
        if at >= len(cells):
            _doubt_loose(chunk, before, cells, leading)
            continue
        cell = cells[at]
        if cell.slot is None or before[1] == at:
            continue
        early = any(
            chunk.page is part.page and way * chunk.order < way * part.order for part in cell.label
        )
        if early or at in broken:
            cell.slot.unsure = True
            _doubt(before, cells, cell.label)


def doubt_parted_numbers(cells: Sequence[Placed], leading: float) -> None:
    """Mark two values unsure where one ends, and the other begins, with lines that make one number:
    it goes on in its column, and what either has of it is no number by itself, or the file has one
    right after the other."""
    pieces = [
        (chunk, cell)
        for cell in cells
        if cell.slot is not None
        for chunk in cell.chunks
        if _PIECE.fullmatch(chunk.text.rstrip("%"))
    ]
    for end, upper in pieces:
        for start, lower in pieces:
            # the cells of a series share their label: a value stands under its year
            if upper.label == lower.label or not _is_next(end, start, leading):
                continue
            if _part_a_number((end, upper), (start, lower)):
                for cell in (upper, lower):
                    if cell.slot is not None:
                        cell.slot.unsure = True


def _is_next(upper: Chunk, lower: Chunk, leading: float) -> bool:
    """Whether a chunk stands in the next line of a column."""
    step = lower.level - upper.level
    return 0 < step < NEAR * leading and share_x(upper.rect, lower.rect) > 0


def _part_a_number(above: tuple[Chunk, Placed], below: tuple[Chunk, Placed]) -> bool:
    (end, upper), (start, lower) = above, below
    first, second = _digits(end, reversed(upper.chunks)), _digits(start, lower.chunks)
    if not _NUMBER.fullmatch(first + second):
        return False
    follows = end.order + sum(len(word.chars) for word in end.words) == start.order
    return follows or not (_NUMBER.fullmatch(first) and _NUMBER.fullmatch(second))


def _digits(chunk: Chunk, column: Iterable[Chunk]) -> str:
    """What a cell's column has of a number, from a chunk of it on, down or, reversed, up."""
    same = [other for other in column if share_x(other.rect, chunk.rect) > 0]
    lines = [other.text.rstrip("%") for other in same[same.index(chunk) :]]
    pieces = list(takewhile(_PIECE.fullmatch, lines))
    up = len(same) > 1 and same[0].level > same[-1].level
    return "".join(reversed(pieces) if up else pieces)


def doubt_empty(cells: Sequence[Placed], leading: float) -> None:
    """Mark empty values unsure that are near one which is: that may have their text."""
    doubtful = [cell.slot.rect for cell in cells if cell.slot and cell.slot.unsure and cell.chunks]
    for cell in cells:
        if cell.slot is not None and not cell.chunks:
            top, bottom = (
                cell.slot.rect.top - NEAR * leading,
                cell.slot.rect.bottom + NEAR * leading,
            )
            cell.slot.unsure |= any(rect.top < bottom and rect.bottom > top for rect in doubtful)


def _written(cells: Sequence[Placed], others: Sequence[Chunk]) -> list[_Written]:
    """All chunks; those in no cell count as cells of their own."""
    loose = [(chunk, len(cells) + at) for at, chunk in enumerate(others)]
    placed = [(chunk, at) for at, cell in enumerate(cells) for chunk in cell.chunks]
    return [*placed, *loose]


def _way(cells: Sequence[Placed]) -> int:
    """-1 where the file has most labels behind their values (some programs write what is on top
    first), else 1."""
    behind = [
        cell.chunks[0].order < cell.label[0].order
        for cell in cells
        if cell.label and cell.chunks and cell.chunks[0].page is cell.label[0].page
    ]
    return -1 if sum(behind) > MOST * len(behind) else 1


def _goes_by_lines(written: Sequence[_Written], leading: float) -> bool:
    """Whether a file hardly ever goes back up, as from the last line of a cell to the first one of
    the next: written line by line, it tells nothing of cells."""
    steps = [b.level - a.level for (a, _), (b, _) in pairwise(written) if a.page is b.page]
    return sum(step < -LEVEL * leading for step in steps) <= SELDOM * len(steps)


def _goes_by_cells(cells: Sequence[Placed], broken: set[int]) -> bool:
    """Whether most labels of several lines, of which it is sure what is theirs, are in one piece;
    where there are few, most values."""
    for labels in (True, False):
        several = [
            at not in broken
            for at, cell in enumerate(cells)
            if (cell.slot is None) == labels and _of_one_page(cell.chunks)
        ]
        if len(several) >= FEW:
            return sum(several) >= MOST * len(several)
    return False


def _of_one_page(chunks: Iterable[Chunk]) -> bool:
    """Whether a cell has several chunks, and some of them on one page."""
    pages = [chunk.page.number for chunk in chunks]
    return len(set(pages)) < len(pages)


def _without_value(cells: Sequence[Placed]) -> set[int]:
    """The labels that have no text for a value."""
    bare = [cell.label for cell in cells if cell.slot is not None and not cell.chunks]
    return {at for at, cell in enumerate(cells) if cell.slot is None and cell.chunks in bare}


def _broken(written: Sequence[_Written], bare: set[int], leading: float) -> set[int]:
    """The cells that are in several pieces on one page.

    pdfium puts texts on one line that follow each other into their order on the page: what stands
    level with a line of a cell does not part it from the others, unless it is a label without
    value (``bare``).
    """
    last: dict[tuple[int, int], int] = {}
    broken: set[int] = set()
    for at, (chunk, cell) in enumerate(written):
        place = cell, chunk.page.number
        before = last.get(place)
        last[place] = at
        if before is None:
            continue
        ends = (written[before][0].level, chunk.level)
        if any(
            label in bare or all(abs(other.level - end) > LEVEL * leading for end in ends)
            for other, label in written[before + 1 : at]
        ):
            broken.add(cell)
    return broken


def _doubt_loose(chunk: Chunk, before: _Written, cells: Sequence[Placed], leading: float) -> None:
    """Doubt the values that a chunk stands under: where it follows them in the file, or begins
    where they do."""
    for at, cell in enumerate(cells):
        if cell.slot is not None and any(
            0 < chunk.level - other.level < NEAR * leading
            and share_x(other.rect, chunk.rect) > 0
            and (at == before[1] or abs(other.rect.x0 - chunk.rect.x0) <= ALIGNED)
            for other in cell.chunks
        ):
            cell.slot.unsure = True


def _doubt(before: _Written, cells: Sequence[Placed], label: Sequence[Chunk]) -> None:
    """Doubt a value that a line follows in the file which may be its own; of a label, unless it is
    the line's, its value."""
    if before[1] >= len(cells):
        return
    cell = cells[before[1]]
    if cell.slot is not None:
        cell.slot.unsure = True
    elif cell.chunks != tuple(label):
        for other in cells:
            if other.slot is not None and other.label == cell.chunks:
                other.slot.unsure = True
