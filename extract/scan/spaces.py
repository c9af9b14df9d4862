"""White space in numbers: ``9 61%`` is no 961 %, and ``1, 6%`` no 1.6 %.

Tesseract sees words by their look, and joins or parts what stands in a narrow cell. The gaps
between the marks of a number tell where it is parted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.grid import Cell
from extract.scan.lines import Piece
from extract.words import Word

SPACE = 0.26
"""Gap, in sizes of type, from which two signs are parted: more than stands beside a 1."""
CAPITAL = 0.72
"""Height of a digit in sizes of type."""
_SIGNS = re.compile(r"[\d.,%()/*+-]+")


def part_by_gaps(cell: Cell, piece: Piece, scale: float) -> None:
    """Part the words of a cell that holds numbers where its piece has gaps; where these cannot be
    told from each other, the cell is in doubt. ``scale``: of the cell's space to points."""
    words = [word for line in cell.lines for word in line]
    text = "".join(word.text for word in words)
    if len(cell.lines) != 1 or len(text) < 2 or not _SIGNS.fullmatch(text):
        return
    least = SPACE * piece.rect.height / CAPITAL
    wide = [at for at, (start, end) in enumerate(piece.gaps) if end - start >= least]
    if len(piece.gaps) + 1 == len(text):
        cuts = [at + 1 for at in wide]
        cell.agreed &= len(cuts) == len(words) - 1
    elif len(wide) == len(words) - 1:
        return
    else:
        cell.agreed = False
        if len(wide) < len(words):  # ink reaches over a gap
            return
        cuts = _nearest(words, [piece.gaps[at] for at in wide], scale)
    chars = [char for word in words for char in word.chars]
    ends = [0, *cuts, len(chars)]
    parts = [chars[start:end] for start, end in pairwise(ends)]
    cell.lines = [tuple(Word(tuple(part)) for part in parts if part)]


def _nearest(words: Sequence[Word], gaps: Sequence[tuple[float, float]], scale: float) -> list[int]:
    """Behind how many characters each gap most probably stands."""
    starts = [char.rect.x0 for word in words for char in word.chars]
    middles = [(start + end) / 2 * scale for start, end in gaps]
    return sorted(
        {min(range(1, len(starts)), key=lambda at: abs(starts[at] - middle)) for middle in middles}
    )
