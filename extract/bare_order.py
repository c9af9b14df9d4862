"""Whether what was put into the cells of a ficha without rules agrees with the order of the file.

Producers write cell after cell, each label before its value. Where most of a ficha is written so, a
cell that is not in one piece, or comes before its label, has a line that is not its own: it is
doubtful, and so is the cell that the line follows in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.chunks import ALIGNED, Chunk
from extract.geometry import share_x
from extract.strip import Slot

FEW = 3
"""Cells of several lines that tell whether a file goes cell by cell, at least."""
MOST = 0.75
"""Part of them that is in one piece where it does."""
LEVEL = 0.5
"""Leadings by which the heights of texts on one line may differ."""
NEAR = 1.5
"""Leadings within which a line under a cell that is in none may belong to it."""


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
    written = _written(cells, others)
    broken = _broken(written, _without_value(cells), leading)
    if not _goes_by_cells(cells, broken):
        return
    for before, (chunk, at) in pairwise(written):
        if at >= len(cells):
            _doubt_loose(chunk, before, cells, leading)
            continue
        cell = cells[at]
        if cell.slot is None or before[1] == at:
            continue
        early = any(chunk.page is part.page and chunk.order < part.order for part in cell.label)
        if early or at in broken:
            cell.slot.unsure = True
            _doubt(before, cells, cell.label)


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
    """All chunks in the order of the file; those in no cell count as cells of their own."""
    loose = [(chunk, len(cells) + at) for at, chunk in enumerate(others)]
    placed = [(chunk, at) for at, cell in enumerate(cells) for chunk in cell.chunks]
    return sorted([*placed, *loose], key=lambda pair: pair[0].order)


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
