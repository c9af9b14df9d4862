"""Lines of two texts that a third one, set to another height beside them, has made one line.

Lines are told by the height of their characters, over the whole page. Where a heading in another
column stands between two lines, level with both, these come together and their letters mixed. They
are parted again by the runs that they are written in: what follows each other in the file on one
line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from extract.geometry import Rect, union
from extract.runs import Char, chars_of
from extract.words import COLUMN_GAP, SAME_LINE, Line, are_overlaid, is_level, lines_of

OFF = 0.25
"""Part of their height by which the middles of runs of one line are apart at most."""


def untangled(lines: Iterable[Line]) -> list[Line]:
    """Lines from the top, those parted in which the letters of several are mixed; what is printed
    over another text on its own line stays so."""
    found: list[Line] = []
    for line in lines:
        found += _parted(line) if are_overlaid([line]) else [line]
    return sorted(found, key=lambda line: _middle([word.rect for word in line]))


def _parted(line: Line) -> Iterator[Line]:
    levels: list[list[list[Char]]] = []
    for run in sorted(_runs(chars_of(line)), key=_height):
        last = levels[-1][0] if levels else run
        off = _height(run) - _height(last)
        if levels and off <= OFF * min(_size(run), _size(last)):
            levels[-1].append(run)
        else:
            levels.append([run])
    for level in levels:
        yield from lines_of(sorted((char for run in level for char in run), key=_order))


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters that follow each other in the file, on one line; a raised mark is level too."""
    runs: list[list[Char]] = []
    for char in sorted(chars, key=_order):
        before = runs[-1][-1] if runs else None
        if before is not None and char.order == before.order + 1:
            gap = (char.rect.x0 - before.rect.x1) / max(char.rect.height, 0.1)
            if is_level(before.rect, char.rect) and -SAME_LINE <= gap <= COLUMN_GAP:
                runs[-1].append(char)
                continue
        runs.append([char])
    return runs


def _order(char: Char) -> int:
    return char.order


def _size(run: Sequence[Char]) -> float:
    return median(char.rect.height for char in run)


def _height(run: Sequence[Char]) -> float:
    return _middle([char.rect for char in run])


def _middle(rects: Sequence[Rect]) -> float:
    rect = union(rects)
    return (rect.top + rect.bottom) / 2
