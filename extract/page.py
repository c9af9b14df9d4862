"""One page: characters with boxes and ruled edges, in reading space, from pdfium's raw API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from statistics import median
from typing import Any

from extract.calls import unchecked
from extract.characters import QUARTER, Characters, Ink
from extract.geometry import Edge, Frame, Rect
from extract.hyphens import CONTEXT, soft_hyphens
from extract.letters import letters_of
from extract.limits import uncollected
from extract.paths import read_paths
from extract.pdf import Pdf, open_text, unreadable
from extract.runs import Char as Char
from extract.runs import Word, chars_of, runs_of
from extract.spelt import may_be_spelt, spelling
from extract.tracked import may_be_tracked, tracked
from extract.types import Box

SAMPLE = 200
"""Characters of a page that are looked at for the direction and the size of its text."""
SMALL, USUAL, LARGE = 3.0, 5.0, 30.0
"""Points of a letter's longer side: below and above which a page's geometry is brought to a usual
size first, since lengths such as the gap between two cells are told in points of usual text."""
MOST = 50.0
"""By how much a page is enlarged at most: smaller text than 0.1 points is no text."""
LARGEST = 20_000.0
"""Points of a page's longer side; ISO 32000-1, Annex C, allows 14,400 (5 metres)."""
NEXT_LINE = 3.0
"""Line heights down to the line that a hyphen at the end of one goes on in."""


@dataclass(frozen=True)
class Page:
    """What is printed on a page, in the space of ``reading``: runs of characters in file order,
    ruled edges, areas (filled rectangles without a border)."""

    number: int
    runs: list[Word]
    edges: list[Edge]
    areas: list[Rect]
    reading: Frame
    displayed: Frame

    @cached_property
    def chars(self) -> list[Char]:
        """Its characters, in file order."""
        return chars_of(self.runs)

    def box(self, rect: Rect) -> Box:
        """A rectangle of reading space as the box on the displayed page."""
        shown = self.reading.into(self.displayed, rect)
        width, height = self.displayed.size
        return Box(
            self.number,
            round(max(shown.x0, 0.0), 3),
            round(max(shown.top, 0.0), 3),
            round(min(shown.x1, width), 3),
            round(min(shown.bottom, height), 3),
        )


@uncollected()
def read_page(pdf: Pdf, number: int, scale: float | None = None) -> Page:
    """Characters and ruled edges of a page (from 1).

    ``scale`` brings text to usual size; where pages are to be compared, that of the first goes for
    all.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import pypdfium2.raw as pdfium

    with open_text(pdf, number) as (page, text):
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        sides = (box.left, box.bottom, box.right, box.top)
        if max(box.right - box.left, box.top - box.bottom) > LARGEST:
            raise unreadable("page_failed", pdf.file_name, number)
        displayed = Frame(*sides, max(pdfium.FPDFPage_GetRotation(page), 0) % 4)
        letters = letters_of(text, pdfium)
        seen = [at for at in _sample(letters) if not letters[at].isspace()]
        turn = _turn(text, seen, pdfium)
        reading = Frame(*sides, turn, scale or _scale(text, seen, pdfium))
        drawn = read_paths(page, reading)
        found = Characters(text, reading, drawn)
        found.read(letters)
        return Page(
            number=number,
            runs=_by_geometry(_soften(pdf, number, found)),
            edges=[*drawn.edges, *_scanned_edges(pdf, number, reading, displayed)],
            areas=drawn.areas,
            reading=reading,
            displayed=displayed,
        )


def _scanned_edges(pdf: Pdf, number: int, reading: Frame, displayed: Frame) -> list[Edge]:
    return pdf.scans.edges(pdf, number, reading, displayed) if pdf.scans else []


def _sample(letters: str) -> range:
    return range(0, len(letters), max(1, len(letters) // SAMPLE))


def _turn(text: Any, positions: Sequence[int], pdfium: Any) -> int:
    """Quarter turns clockwise after which most of the text runs left to right."""
    angles = Counter(map(unchecked(pdfium.FPDFText_GetCharAngle), repeat(text), positions))
    turns: Counter[int] = Counter()
    for angle, count in angles.items():
        if angle >= 0:
            turns[-round(angle / QUARTER) % 4] += count
    return turns.most_common(1)[0][0] if turns else 0


def _scale(text: Any, positions: Sequence[int], pdfium: Any) -> float:
    """By how much to enlarge the text to common size: two pages printed on one sheet are small,
    plans may be huge."""
    angle_of, ink_of = unchecked(pdfium.FPDFText_GetCharAngle), Ink(text, pdfium)
    sides = (ink_of(position) for position in positions if angle_of(text, position) >= 0)
    sizes = [max(right - left, top - bottom) for left, bottom, right, top in sides]
    size = median(sizes) if sizes else 0.0
    return 1.0 if size <= 0 or SMALL < size < LARGE else min(USUAL / size, MOST)


def _by_geometry(runs: list[Word]) -> list[Word]:
    """The runs without spaces that only seem to part words. (On most pages none is suspect.)"""
    if not (may_be_tracked(runs) or may_be_spelt(runs)):
        return runs
    chars = chars_of(runs)
    joined = spelling(tracked(chars))
    return runs if joined == chars else runs_of(joined)


def _soften(pdf: Pdf, number: int, found: Characters) -> list[Word]:
    """The runs, soft hyphens as such. They are looked for between small letters, and where the
    line after the hyphen is on another page or in another column."""
    runs = found.runs
    if not any(_may_be_soft(runs, *place) for place in found.line_ends):
        return runs
    soft = soft_hyphens(pdf, number)
    if not soft:
        return runs
    chars = chars_of(runs)
    lengths = [len(run) for run in runs]
    for place in found.line_ends:
        if not _may_be_soft(runs, *place):
            continue
        at = sum(lengths[: place[0]]) + place[1]
        before = "".join(char.text for char in chars[max(0, at - CONTEXT) : at])
        if any(before.endswith(word) for word in soft):
            chars[at] = chars[at]._replace(text="\u00ad")
    return runs_of(chars)


def _may_be_soft(runs: Sequence[Word], place: int, at: int) -> bool:
    """Whether a hyphen stands behind a small letter, and the word may go on behind it."""
    chars = runs[place].chars
    before = chars[at - 1 : at] or (runs[place - 1].chars[-1:] if place else ())
    following = [*chars[at + 1 : at + 2], *(run.chars[0] for run in runs[place + 1 : place + 2])]
    return bool(before) and before[0].text.islower() and _goes_on(chars[at], following)


def _goes_on(hyphen: Char, following: Sequence[Char]) -> bool:
    """Whether a word may go on behind a hyphen: with a small letter, or out of sight."""
    if not following or following[0].text.islower():
        return True
    line = hyphen.rect
    return not 0 < following[0].rect.top - line.top < NEXT_LINE * (line.bottom - line.top)
