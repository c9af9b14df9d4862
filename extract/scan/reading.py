"""Scanned pages as pages like any other: characters, edges, and each cell read by itself.

The layer of text tells what a page is about and gives the lines outside of tables. What stands in
a cell is read from the cell's own picture, and again at another scale where it holds digits:
Tesseract errs rarely there, and hardly ever twice in the same way. Where the two differ, the cell
says so.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extract.geometry import Edge, Frame, Rect, overlap, union
from extract.grid import Cell, Grid, TextLine
from extract.page import Char
from extract.pdf import OpenPages, Pdf
from extract.scan.codes import with_codes
from extract.scan.crops import Seen, read_pictures
from extract.scan.glyphs import Type
from extract.scan.image import Turn, render, straighten
from extract.scan.ink import cleaned, is_dash, measure, trimmed, unspecked
from extract.scan.layer import Pictures, with_text
from extract.scan.look import Look, look_at, worth_reading
from extract.scan.rules import find_rules
from extract.scan.upright import quarters
from extract.scan.verdict import Inked, Judge, has_digits
from extract.types import Box
from extract.words import Line, Word, text_of

if TYPE_CHECKING:
    from extract.scan.image import Grey

SCALES = (400.0, 300.0, 350.0)
"""Dots per inch to which a cell's picture is enlarged for the first, second and third reading."""
ALL = 40
"""Scanned pages up to which all are read without a look at them first."""
LEVEL = 0.5
"""Part of a line's height that a place shares with it that has its text."""
RULE_SIGNS = frozenset("|[]lI!¡ ")
"""What OCR takes an upright rule for."""
ON = 2.0
"""Points within which text stands on a rule."""
_WHOLE = Rect(0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scanned page made ready: its straight picture without rules, and the rules in points."""

    bare: Grey
    edges: list[Edge]


class Scans:
    """The scanned pages of a document that was opened by :func:`opened`."""

    def __init__(self, turns: dict[int, Turn]) -> None:
        self.turns = turns
        self.kind = Type()
        self._last: tuple[int, Prepared] | None = None
        self._noted: dict[int, list[tuple[Rect, bool]]] = {}

    def note(self, box: Box, agreed: bool) -> None:
        """Note a place on a straightened page of which the readings agree, or do not."""
        rect = Rect(box.x0, box.top, box.x1, box.bottom)
        self._noted.setdefault(box.page, []).append((rect, agreed))

    def agree_on(self, box: Box) -> bool:
        """Whether what was read in a place, before it is taken back, has been read more than once,
        and always alike."""
        found = [
            agreed
            for rect, agreed in self._noted.get(box.page, [])
            if overlap(rect.x0, rect.x1, box.x0, box.x1) > 0
            and overlap(rect.top, rect.bottom, box.top, box.bottom) > LEVEL * rect.height
        ]
        return bool(found) and all(found)

    def __contains__(self, number: int) -> bool:
        return number in self.turns

    def edges(self, pdf: Pdf, number: int, reading: Frame, displayed: Frame) -> list[Edge]:
        """The ruled edges of a page (from 1) in its reading space; none unless it is a scan."""
        if number not in self.turns or reading.turn != displayed.turn:
            return []
        scale = reading.scale / displayed.scale
        return [
            Edge(edge.orientation, edge.at * scale, edge.start * scale, edge.end * scale)
            for edge in self.prepared(pdf, number).edges
        ]

    def prepared(self, pdf: Pdf, number: int) -> Prepared:
        """A page (from 1) made ready; the last one is kept."""
        if self._last is None or self._last[0] != number:
            dpi = self.turns[number].dpi
            edges, bare = find_rules(render(pdf, number, dpi), dpi)
            self._last = number, Prepared(bare, edges)
        return self._last[1]


@contextmanager
def opened(
    pdf: Pdf, numbers: Sequence[int], choose: Callable[[Mapping[int, str]], Collection[int]]
) -> Iterator[Pdf]:
    """The document with its scanned pages (from 1) straightened and with text under them.

    More than :data:`ALL` are looked at first: ``choose`` tells by what that makes of their texts
    which of them matter.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``), and
    :class:`~extract.scan.errors.OcrError` where the OCR does not run.
    """
    import cv2

    cv2.setNumThreads(1)  # its threads would not be there in a forked process that waits for them
    with tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        pictures = Pictures(Path(folder))
        quarter = quarters(pdf, numbers)

        def picture(number: int) -> tuple[Turn, Look | None]:
            grey, turn = straighten(pdf, number, quarter[number])
            pictures.add(number, grey, turn.dpi)
            return turn, look_at(grey, turn.dpi) if len(numbers) > ALL else None

        seen = dict(zip(numbers, pdf.pages(picture, numbers, dear=True), strict=True))
        turns = {number: turn for number, (turn, _) in seen.items()}
        looks = {number: look for number, (_, look) in seen.items() if look}
        wanted = worth_reading(looks, choose) if looks else turns.keys()
        document = with_text(pdf, pictures, {number: number in wanted for number in turns})
    readable = replace(pdf, raw=document, scans=Scans(turns), opened=OpenPages())
    try:
        yield readable
    finally:
        readable.opened.close()
        document.close()


def look_at_cells(pdf: Pdf, grid: Grid) -> tuple[Grid, CellReading | None]:
    """The grid, and where its page is a scan what its cells' pictures say, still to be judged.

    That may be in any process. Raises :class:`~extract.scan.errors.OcrError` where Tesseract does
    not run.
    """
    scans, number = pdf.scans, grid.page.number
    if scans is None or number not in scans:
        return grid, None
    bare = scans.prepared(pdf, number).bare
    dpi = scans.turns[number].dpi
    reading = CellReading(dpi)
    for table in grid.tables:
        for cell in table.cells:
            reading.add(cell, _picture(cell.rect, grid, bare, dpi / 72))
    reading.look()
    grid.lines = [line for line in grid.lines if not is_rule_read(line, grid.page.edges)]
    return grid, reading


def judge_cells(pdf: Pdf, seen: tuple[Grid, CellReading | None]) -> Grid:
    """The grid with the text of every cell as its own picture says; page after page, since each is
    judged by the type of those before it.

    Raises :class:`~extract.scan.errors.OcrError` where Tesseract does not run.
    """
    grid, reading = seen
    if reading is not None and pdf.scans is not None:
        reading.judge(pdf.scans.kind)
    return grid


class CellReading:
    """The readings of the cells of a page. Plain data, which may go from process to process."""

    def __init__(self, dpi: float) -> None:
        self._dpi = dpi
        self._inked: list[Inked] = []

    def add(self, cell: Cell, part: tuple[Grey, Rect]) -> None:
        picture, place = part
        trim = trimmed(picture, self._dpi)
        if trim is None:
            _say(cell, [], place)
            return
        ink, (left, top) = trim
        height, width = picture.shape
        across, down = place.width / width, place.height / height
        place = Rect(
            place.x0 + left * across,
            place.top + top * down,
            place.x0 + (left + ink.shape[1]) * across,
            place.top + (top + ink.shape[0]) * down,
        )
        self._inked.append(Inked(cell, place, unspecked(cleaned(ink, self._dpi)), _ink(cell.text)))

    def look(self) -> None:
        """Read all; those with digits, and those that the layer has otherwise, a second time."""
        self._read(self._inked, SCALES[0])
        self._read([each for each in self._inked if _is_open(each)], SCALES[1])

    def judge(self, kind: Type) -> None:
        """Read numbers that are still open a third time, and put what holds into the cells."""
        again = [each for each in self._inked if len(each.readings) > 1]
        judge = Judge(again, self._dpi, kind)
        self._read([each for each in again if judge.is_open(each)], SCALES[2])
        for each in self._inked:
            self._decide(each, judge)

    def _read(self, cells: Sequence[Inked], dpi: float) -> None:
        """One more reading of some cells, enlarged to a resolution in dots per inch."""
        read = read_pictures([each.picture for each in cells], dpi / self._dpi)
        for each, lines in zip(cells, read, strict=True):
            each.lines.append(lines)
            each.readings.append(_ink(_text(lines)))

    def _decide(self, each: Inked, judge: Judge) -> None:
        """Put a reading into its cell, and say what speaks against it."""
        if not any(each.readings):
            self._say_unread(each)
            return
        found = judge.decide(each)
        each.cell.agreed, each.cell.otherwise = found.agreed, found.otherwise
        lines = each.lines[found.taken]
        if found.number not in ("", each.readings[found.taken]):
            lines = [[Seen(found.number, union(word.rect for words in lines for word in words))]]
        codes = with_codes(lines, (*each.readings, each.layer))
        each.cell.agreed &= codes is None
        _say(each.cell, codes or lines, each.place)

    def _say_unread(self, each: Inked) -> None:
        """Say of ink in which Tesseract sees no letter that it is a dash, or not read."""
        inside = each.cell.rect.top < each.place.top and each.place.bottom < each.cell.rect.bottom
        dash = inside and is_dash(measure(each.picture, self._dpi))
        each.cell.otherwise = "" if dash else each.layer
        each.cell.agreed = False
        _say(each.cell, [[Seen("-", _WHOLE)]] if dash else [], each.place)


def _is_open(each: Inked) -> bool:
    """Whether a second reading is needed."""
    return each.readings[0] != each.layer or has_digits(each.readings[0])


def is_rule_read(line: TextLine, edges: Sequence[Edge]) -> bool:
    """Whether text that the layer has outside of all cells is a rule that it took for signs."""
    rect = line.rect
    return set(line.text) <= RULE_SIGNS and any(
        rect.x0 - ON <= edge.at <= rect.x1 + ON and edge.start - ON <= rect.middle <= edge.end + ON
        for edge in edges
        if edge.orientation == "v"
    )


def _picture(rect: Rect, grid: Grid, bare: Grey, unit: float) -> tuple[Grey, Rect]:
    """A cell's part of the picture, and where exactly that is in reading space; ``unit`` is the
    number of dots in a point."""
    page = grid.page
    shown = page.reading.into(page.displayed, rect)
    height, width = bare.shape
    x0, x1 = (min(max(round(x * unit), 0), width - 1) for x in (shown.x0, shown.x1))
    y0, y1 = (min(max(round(y * unit), 0), height - 1) for y in (shown.top, shown.bottom))
    x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
    place = Rect(x0 / unit, y0 / unit, x1 / unit, y1 / unit)
    return bare[y0:y1, x0:x1], page.displayed.into(page.reading, place)


def _say(cell: Cell, lines: Sequence[Sequence[Seen]], place: Rect) -> None:
    """Put what was read in a place into a cell, instead of what the layer has there."""
    cell.lines = [_line(words, place) for words in lines]
    cell.text = text_of((cell.lines, cell.rect)) if cell.lines else ""
    cell.crossed, cell.overlaid = [], False


def _line(words: Sequence[Seen], frame: Rect) -> Line:
    return tuple(_word(word, frame, order) for order, word in enumerate(words))


def _word(word: Seen, frame: Rect, order: int) -> Word:
    """A word with its letters, each as wide as the others: Tesseract gives the boxes of words."""
    x0, top, x1, bottom = word.rect
    left, right = frame.x0 + x0 * frame.width, frame.x0 + x1 * frame.width
    high, low = frame.top + top * frame.height, frame.top + bottom * frame.height
    step = (right - left) / len(word.text)
    chars = [
        Char(letter, Rect(left + at * step, high, left + (at + 1) * step, low), order, "")
        for at, letter in enumerate(word.text)
    ]
    return Word((chars[0]._replace(gap=" "), *chars[1:]))


def _text(lines: Sequence[Sequence[Seen]]) -> str:
    return " ".join(word.text for line in lines for word in line)


def _ink(text: str) -> str:
    """What is printed, without white space and with one kind of dash."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", "".join(text.split()))
