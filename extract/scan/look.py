"""A quick look at the pages of a long scan: which of them are worth reading.

A page is read in five seconds and more, and looked at in one. That is enough for the words that
tell what it is about; what it does not make out is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.geometry import Edge
from extract.scan.crops import read_pictures
from extract.scan.rules import find_rules

if TYPE_CHECKING:
    from extract.scan.image import Grey

DPI = 120.0
"""Dots per inch at which a page is looked at."""
FRONT = 4
"""Pages at the start where a programme says whose it is."""
TABLE = 2
"""Ruled lines in each direction from which a page has a table, or the rest of one."""
WORD, WORDS = 4, 5
"""Letters of a word, and words on a page, from which its text has been made out."""


class Look(NamedTuple):
    """Whether a page has a ruled table, and roughly its text."""

    ruled: bool
    text: str


def look_at(grey: Grey, dpi: float) -> Look:
    """What a straightened page is about.

    Raises :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    import cv2

    scale = DPI / dpi
    small: Any = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    [lines] = read_pictures([small], 1.0)
    text = "\n".join(" ".join(word.text for word in line) for line in lines)
    return Look(_has_table(find_rules(grey, dpi)[0]), text)


def _has_table(edges: Sequence[Edge]) -> bool:
    level = sum(edge.orientation == "h" for edge in edges)
    return level >= TABLE and len(edges) - level >= TABLE


def worth_reading(
    looks: Mapping[int, Look], choose: Callable[[Mapping[int, str]], Collection[int]]
) -> set[int]:
    """The first pages, those of which a family makes something by their texts, those with a table,
    and those whose text was not made out; all where none has a table nor a family's words."""
    chosen = set(choose({number: look.text for number, look in looks.items()}))
    chosen |= {number for number, look in looks.items() if look.ruled}
    if not chosen:
        return set(looks)
    unclear = {number for number, look in looks.items() if not _is_clear(look.text)}
    return {number for number in looks if number <= FRONT or number in chosen | unclear}


def _is_clear(text: str) -> bool:
    return sum(word.isalpha() and len(word) >= WORD for word in text.split()) >= WORDS
