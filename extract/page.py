"""One page: characters with boxes and ruled edges, in reading space, from pdfium's raw API."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress, repeat
from operator import ge, or_
from statistics import median
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from extract.calls import Buffer, unchecked
from extract.geometry import Edge, Frame, Rect, rects
from extract.hyphens import CONTEXT, soft_hyphens
from extract.limits import uncollected
from extract.paths import Drawn, read_paths
from extract.pdf import Pdf, open_text, unreadable
from extract.spelt import spelling
from extract.tracked import tracked
from extract.types import Box
from extract.undecoded import UNREAD, is_unmapped

QUARTER = math.pi / 2
SAMPLE = 200
"""Characters of a page that are looked at for the direction and the size of its text."""
SMALL, USUAL, LARGE = 3.0, 5.0, 30.0
"""Points of a letter's longer side: below and above which a page's geometry is brought to a usual
size first, since lengths such as the gap between two cells are told in points of usual text."""
MOST = 50.0
"""By how much a page is enlarged at most: smaller text than 0.1 points is no text."""
LARGEST = 20_000.0
"""Points of a page's longer side; ISO 32000-1, Annex C, allows 14,400 (5 metres)."""
ASKEW = 0.06
"""Quarter turns (5 degrees) from which a character is no part of the running text."""

WORD_GAP = 0.15
"""Gap between two words, in character heights, where the file's order cannot tell."""
RAISED, RISE = 0.85, 0.15
"""Size of a raised mark's type, and how far its baseline is raised, in sizes of the type that it
follows: at most, at least."""
TOUCHING = 0.2
"""Gap between a mark and what it follows, in the height of that, up to which it touches it."""
NEXT_LINE = 3.0
"""Line heights down to the line that a hyphen at the end of one goes on in."""
SCAN = 0.5
"""Part of a page from which pictures on it are a scan of it."""

ABOVE, BELOW = 0.9, 0.22
"""How far type reaches above and below its baseline, in font sizes (as in common text fonts)."""

SUPERSCRIPTS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
Ends = tuple[float, float, float, float]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What may be no character: not CR, LF and TAB. U+0002 is a hyphen where the font does not deny."""
_RUN = re.compile(r"[^\s\x00\x01\x03-\x1f]+")
"""Characters without white space between them."""
_COMBINING = "\u0300"
"""The first combining accent."""
_LINE_END_HYPHENS = "\x02\ufffe"
"""What pdfium puts in the place of a hyphen at the end of a line."""


class Char(NamedTuple):
    """A visible character in reading space.

    ``order`` counts visible characters in file order; ``gap`` is the white space before it in that
    order: "" for none, a space, or a line break that no space precedes. (The boxes of spaces that
    pdfium supplies are not to be trusted.)
    """

    text: str
    rect: Rect
    order: int
    gap: str


@dataclass(frozen=True)
class Page:
    """What is printed on a page, in the space of ``reading``: characters, ruled edges, areas
    (filled rectangles without a border)."""

    number: int
    chars: list[Char]
    edges: list[Edge]
    areas: list[Rect]
    reading: Frame
    displayed: Frame

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
        letters = _letters(text, pdfium)
        turn, own_scale = _turn_and_scale(text, letters, pdfium)
        reading = Frame(*sides, turn, scale or own_scale)
        drawn = read_paths(page, reading)
        found = _Characters(text, reading, drawn)
        found.read(letters)
        return Page(
            number=number,
            chars=spelling(tracked(_soften(pdf, number, found))),
            edges=[*drawn.edges, *_scanned_edges(pdf, number, reading, displayed)],
            areas=drawn.areas,
            reading=reading,
            displayed=displayed,
        )


def _scanned_edges(pdf: Pdf, number: int, reading: Frame, displayed: Frame) -> list[Edge]:
    return pdf.scans.edges(pdf, number, reading, displayed) if pdf.scans else []


def _turn_and_scale(text: Any, letters: str, pdfium: Any) -> tuple[int, float]:
    """Quarter turns clockwise after which most of the text runs left to right, and by how much to
    enlarge it to common size: two pages printed on one sheet are small, plans may be huge."""
    angle_of, ink_of = unchecked(pdfium.FPDFText_GetCharAngle), _Ink(text, pdfium)
    turns: Counter[int] = Counter()
    sizes: list[float] = []
    for position in range(0, len(letters), max(1, len(letters) // SAMPLE)):
        angle = angle_of(text, position)
        if angle < 0 or letters[position].isspace():
            continue
        turns[-round(angle / QUARTER) % 4] += 1
        left, bottom, right, top = ink_of(position)
        sizes.append(max(right - left, top - bottom))
    if not turns:
        return 0, 1.0
    return turns.most_common(1)[0][0], _scale(median(sizes))


def _scale(size: float) -> float:
    return 1.0 if size <= 0 or SMALL < size < LARGE else min(USUAL / size, MOST)


class _Characters:
    """One pass over the characters of a page: those that are seen, in file order, their boxes as
    high as the font (or the glyph, if turned)."""

    def __init__(self, text: Any, frame: Frame, drawn: Drawn) -> None:
        import pypdfium2.raw as pdfium

        self.chars: list[Char] = []
        self.line_ends: list[int] = []
        """Positions in ``chars`` of the hyphens that pdfium took for those at the end of a line."""
        self._accented: list[int] = []
        self._text, self._frame, self._pdfium = text, frame, pdfium
        self._ink = _Ink(text, pdfium)
        self._grounds = drawn.grounds
        self._white, self._tilted = drawn.white, drawn.tilted
        self._invisible = set() if _is_scan(frame, drawn) else drawn.invisible

    def read(self, letters: str) -> None:
        """``letters`` are those of the page's positions, as :func:`_letters` gives them."""
        runs = list(_RUN.finditer(letters))
        boxes = iter(self._boxes([at for run in runs for at in range(*run.span())]))
        hides, tilted = bool(self._invisible or self._white), self._tilted
        width, height = self._frame.size
        char_of = partial(tuple.__new__, Char)  # at half the price, for tens of thousands
        base, base_height = 0, 0.0  # the last character that is not raised
        last = Rect(0.0, 0.0, 0.0, 0.0)
        order, gap, ended = 0, "\n", 0
        for run in runs:
            gap = gap or ("\n" if letters[ended] in "\r\n" else " ")
            supposed, ended = range(ended, run.start()), run.end()
            # the range ends first, so that the boxes of the next run are left
            for position, letter, rect in zip(range(*run.span()), run[0], boxes, strict=False):
                if letter >= _COMBINING and combining(letter):
                    self._accent(letter, order)
                    continue
                if tilted and self._is_slanted(position):
                    continue
                x0, top, x1, bottom = rect
                if x1 <= x0 and bottom <= top:
                    rect = Rect(last.x1, last.top, last.x1, last.bottom)
                    x0, top, x1, bottom = rect
                if gap == " " and top > last.middle and self._is_supposed(supposed):
                    gap = "\n"
                last = rect
                if hides and self._is_hidden(position, rect):
                    continue
                if 0 <= (x0 + x1) / 2 <= width and 0 <= (top + bottom) / 2 <= height:
                    if letter in _LINE_END_HYPHENS:
                        self.line_ends.append(len(self.chars))
                        letter = "-"
                    small = letter in SUPERSCRIPTS and bottom - top <= RAISED * base_height
                    if small and self._is_raised(position, base, x0):
                        letter = SUPERSCRIPTS[letter]
                        if self._is_touching(supposed, x0, base_height):
                            gap = ""
                    else:
                        base, base_height = position, bottom - top
                    self.chars.append(char_of((letter, rect, order, gap)))
                order, gap = order + 1, ""
        self._part_accented()

    def _part_accented(self) -> None:
        """Part words behind an accent that is a character by itself: its box, of which pdfium
        thinks, hides the gap behind its letter."""
        for at in self._accented:
            if at >= len(self.chars) or self.chars[at].gap:
                continue
            before, rect = self.chars[at - 1].rect, self.chars[at].rect
            if rect.x0 - before.x1 > WORD_GAP * max(rect.height, before.height):
                self.chars[at] = self.chars[at]._replace(gap=" ")

    def _is_touching(self, between: range, x0: float, height: float) -> bool:
        """Whether the space before a mark is pdfium's own, at the end of letters set apart."""
        close = bool(self.chars) and x0 - self.chars[-1].rect.x1 < TOUCHING * height
        return close and self._is_supposed(between)

    def _is_supposed(self, between: range) -> bool:
        """Whether the one space between two lines is pdfium's own, which stands for the break."""
        return len(between) == 1 and self._pdfium.FPDFText_IsGenerated(self._text, between[0]) == 1

    def _accent(self, mark: str, order: int) -> None:
        """A combining accent belongs to the letter before it; its own box tells nothing."""
        if self.chars and self.chars[-1].order == order - 1:
            char = self.chars[-1]
            self.chars[-1] = char._replace(text=normalize("NFC", char.text + mark))
            self._accented.append(len(self.chars))

    def _is_raised(self, position: int, base: int, x0: float) -> bool:
        """Whether a digit whose box is small is a mark: of smaller type, on a higher baseline than
        what it follows. (Boxes may be those of the ink.) ``29.99¹`` is no 29.991."""
        _, size, baseline = self._type(position)
        x, base_size, base_line = self._type(base)
        rise = base_line - baseline
        near = 0 <= x0 - x < 1.5 * base_size
        return near and size < RAISED * base_size and RISE * base_size < rise < base_size

    def _type(self, position: int) -> tuple[float, float, float]:
        """Where a character begins, the size of its type and its baseline, in reading space."""
        pdfium, text, matrix = self._pdfium, self._text, self._pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, position, x, y)
        left, baseline = self._frame.point(x.value, y.value)
        size = pdfium.FPDFText_GetFontSize(text, position) * self._frame.scale
        if pdfium.FPDFText_GetMatrix(text, position, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        return left, size, baseline

    def _is_hidden(self, position: int, rect: Rect) -> bool:
        """Whether a character puts no ink on the page, or white ink on white paper."""
        thing = self._pdfium.FPDFText_GetTextObject(self._text, position)
        if not thing:
            return False
        address = ctypes.addressof(thing.contents)
        if address in self._invisible:
            return True
        if address not in self._white:
            return False
        x, y = (rect.x0 + rect.x1) / 2, (rect.top + rect.bottom) / 2
        return not any(ground.holds(x, y) for ground in self._grounds)

    def _is_slanted(self, position: int) -> bool:
        """Whether a character stands askew, as those of a watermark across the page do."""
        turns = self._pdfium.FPDFText_GetCharAngle(self._text, position) / QUARTER
        return bool(abs(turns - round(turns)) > ASKEW)

    def _boxes(self, positions: Sequence[int]) -> list[Rect]:
        if self._frame.turn:
            return [self._turned_box(position) for position in positions]
        return self._upright_boxes(positions)

    def _upright_boxes(self, positions: Sequence[int]) -> list[Rect]:
        """The boxes of some characters, as wide as the font says and as high."""
        box_of, box = unchecked(self._pdfium.FPDFText_GetLooseCharBox), self._pdfium.FS_RECTF
        boxes = (box * len(positions))()
        offsets = range(0, ctypes.sizeof(boxes), ctypes.sizeof(box))
        pointers = map(ctypes.byref, repeat(boxes), offsets)
        list(map(box_of, repeat(self._text), positions, pointers))
        sides: Any = memoryview(boxes).cast("B").cast("f").tolist()
        lefts, tops, rights, bottoms = (sides[side::4] for side in range(4))
        empty = map(or_, map(ge, lefts, rights), map(ge, bottoms, tops))
        for at in compress(range(len(positions)), empty):
            lefts[at], bottoms[at], rights[at], tops[at] = self._ink(positions[at])
        left, top, scale = self._frame.left, self._frame.top, self._frame.scale
        return rects(
            [(x - left) * scale for x in lefts],
            [(top - y) * scale for y in tops],
            [(x - left) * scale for x in rights],
            [(top - y) * scale for y in bottoms],
        )

    def _turned_box(self, position: int) -> Rect:
        """The box of a character of turned text, for which pdfium has no box as high as the font:
        as wide as its ink, as high as type is above and below the baseline."""
        ink = self._frame.rect(*self._ink(position))
        _, size, baseline = self._type(position)
        return Rect(
            ink.x0,
            min(ink.top, baseline - ABOVE * size),
            ink.x1,
            max(ink.bottom, baseline + BELOW * size),
        )


def _is_scan(frame: Frame, drawn: Drawn) -> bool:
    """Whether pictures cover the page: its invisible text is then what OCR read in them."""
    width, height = frame.size
    return sum(image.width * image.height for image in drawn.images) > SCAN * width * height


def _soften(pdf: Pdf, number: int, found: _Characters) -> list[Char]:
    """The characters, soft hyphens as such. They are looked for between small letters, and where
    the line after the hyphen is on another page or in another column."""
    chars = found.chars
    doubtful = [
        at
        for at in found.line_ends
        if at and chars[at - 1].text.islower() and _goes_on(chars[at], chars[at + 1 : at + 2])
    ]
    if not doubtful:
        return chars
    soft = soft_hyphens(pdf, number)
    for at in doubtful:
        before = "".join(char.text for char in chars[max(0, at - CONTEXT) : at])
        if any(before.endswith(word) for word in soft):
            chars[at] = chars[at]._replace(text="\u00ad")
    return chars


def _goes_on(hyphen: Char, following: Sequence[Char]) -> bool:
    """Whether a word may go on behind a hyphen: with a small letter, or out of sight."""
    if not following or following[0].text.islower():
        return True
    line = hyphen.rect
    return not 0 < following[0].rect.top - line.top < NEXT_LINE * (line.bottom - line.top)


def _letters(text: Any, pdfium: Any) -> str:
    """The characters of pdfium's text page, one for each of its positions; :data:`UNREAD` stands
    for what is none, or is not told by the font."""
    letters = [
        chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else UNREAD
        for code in _codes(text, pdfium)
    ]
    for found in _CONTROL.finditer("".join(letters)):
        if is_unmapped(text, found.start(), pdfium):
            letters[found.start()] = UNREAD
    return "".join(letters)


def _codes(text: Any, pdfium: Any) -> Sequence[int]:
    """The code point of every character of pdfium's text page.

    All are asked for at once; where that gives another number of them than one by one (it leaves
    out some, and gives two units for some), one by one.
    """
    count = pdfium.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, units) if count > 0 else 1
    one_of = unchecked(pdfium.FPDFText_GetUnicode)
    alike = written == count + 1 and all(
        units[at] == one_of(text, at) for at in range(0, count, max(1, count // SAMPLE))
    )
    return units[:count] if alike else [one_of(text, at) for at in range(count)]


class _Ink:
    """Left, bottom, right and top of a character's ink, in user space."""

    def __init__(self, text: Any, pdfium: Any) -> None:
        self._text, self._box_of = text, unchecked(pdfium.FPDFText_GetCharBox)
        self._sides = Buffer(ctypes.c_double, 4)

    def __call__(self, position: int) -> Ends:
        self._box_of(self._text, position, *self._sides.parts)
        left, right, bottom, top = self._sides.values
        return left, bottom, right, top
