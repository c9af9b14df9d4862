"""From pdfium's characters of a page to runs of them with boxes, in reading space."""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain, compress, repeat
from operator import eq, ge, gt, or_
from typing import Any
from unicodedata import combining, normalize

from extract.calls import Buffer, unchecked
from extract.geometry import Frame, Rect
from extract.paths import Drawn
from extract.runs import CORE, Boxes, Char, Reach, Word, runs_of

RAISED, RISE = 0.85, 0.15
"""Size of a raised mark's type, and how far its baseline is raised, in sizes of the type that it
follows: at most, at least."""
GLYPH_RISE = 0.4
"""How far the ink of a digit drawn as a raised mark is above its baseline, in its own height."""
TOUCHING = 0.2
"""Gap between a mark and what it follows, in the height of that, up to which it touches it."""
WORD_GAP = 0.15
"""Gap between two words, in character heights, where the file's order cannot tell."""
SCAN = 0.5
"""Part of a page from which pictures on it are a scan of it."""
LEVEL = 0.25
"""Part of its height by which a letter behind a hyphen may be lower on the same line, at most; a
little less than what :mod:`extract.vocabulary` asks."""
OVER = 0.5
"""Part of its width, or of a point, up to which a letter after the same one may be printed over it:
twice what :mod:`extract.words` makes sure of."""
QUARTER = math.pi / 2
ASKEW = 0.06
"""Quarter turns (5 degrees) from which a character is no part of the running text."""

ABOVE, BELOW = 0.9, 0.22
"""How far type reaches above and below its baseline, in font sizes (as in common text fonts)."""

SUPERSCRIPTS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
Ends = tuple[float, float, float, float]

_RUN = re.compile(r"[^\s\x00\x01\x03-\x1f]+")
"""Characters without white space between them."""
_COMBINING = "\u0300"
"""The first combining accent."""
_LINE_END_HYPHENS = "\x02\ufffe"
"""What pdfium puts in the place of a hyphen at the end of a line."""
_MARK = re.compile(r"[-\d\u2010]")
"""What may be a raised mark, and the hyphens at which lines may end."""
_HYPHENS = ("-", "\u2010")
_SIDES = Buffer(ctypes.c_float, 4 * 1024)
"""Where pdfium writes the boxes of characters (four sides each), and its pointers to them: to make
these takes a quarter of the time that pdfium takes for a box."""
_POINTERS = _SIDES.parts[::4]


class Characters:
    """One pass over the characters of a page: those that are seen, in file order, their boxes as
    high as the font (or the glyph, if turned)."""

    def __init__(self, text: Any, frame: Frame, drawn: Drawn) -> None:
        import pypdfium2.raw as pdfium

        self.runs: list[Word] = []
        self.line_ends: list[tuple[int, int]] = []
        """The hyphens that pdfium took for those at the end of a line: places in ``runs``, and
        among the run's characters."""
        self._text, self._frame, self._pdfium = text, frame, pdfium
        self._size = frame.size
        self._ink = Ink(text, pdfium)
        self._grounds = drawn.grounds
        self._white = drawn.white
        self._tilted, self._slanted = drawn.tilted, frozenset[int]()
        self._invisible = set() if _is_scan(frame, drawn) else drawn.invisible
        self._hidden = self._invisible | self._white
        self._order, self._gap = 0, "\n"
        self._base, self._base_height = 0, 0.0  # the last character that is not raised
        self._last = Rect(0.0, 0.0, 0.0, 0.0)
        self._middle = 0.0  # of the last one, at least
        self._is_seen = False  # the last one
        self._unsettled: tuple[Boxes, int] | None = None
        """The last character where it is not raised and nobody has looked at its box."""

    def read(self, letters: str) -> None:
        """``letters`` are those of the page's positions, as :func:`letters_of` gives them."""
        runs = [(run[0], *run.span()) for run in _RUN.finditer(letters)]
        positions = list(chain.from_iterable([range(start, end) for _, start, end in runs]))
        shown = "".join([word for word, _, _ in runs])
        boxes = None if self._frame.turn else self._upright_boxes(positions)
        odd = _odd(shown, boxes) if boxes else None
        if self._tilted:
            self._slanted = self._askew(positions)
        apart = self._apart(shown, positions)
        first = ended = 0
        for word, start, stop in runs:
            self._gap = self._gap or ("\n" if letters[ended] in "\r\n" else " ")
            end = first + stop - start
            even = odd is not None and odd.find(1, first + 1, end) < 0
            if even and apart:
                even = apart.find(1, first, end) < 0
            if not (even and boxes and self._take(word, boxes, first, start, ended)):
                places = range(start, stop)
                rects = (
                    [boxes.rect(at) for at in range(first, end)]
                    if boxes
                    else [self._turned_box(position) for position in places]
                )
                self._read_singly(word, places, rects, range(ended, start))
            first, ended = end, stop

    def _take(self, word: str, boxes: Boxes, first: int, position: int, ended: int) -> bool:
        """Take a run as one, if its characters are about as high, on the page and no marks. The
        first one has ``position`` on the page, the run before it ``ended`` there."""
        count = len(word)
        place = rect, reach = boxes.around(first, first + count)
        top, lowest_top, highest_bottom, bottom = reach
        if highest_bottom - lowest_top <= CORE * (bottom - top):
            return False
        x0, _, x1, _ = rect
        width, height = self._size
        if x0 < 0 or x1 > width or top + highest_bottom < 0 or lowest_top + bottom > 2 * height:
            return False
        if (
            not word.isalpha()
            and _MARK.search(word)
            and self._has_marks(word, boxes, first, position, reach)
        ):
            return False
        if self._gap == " " and lowest_top > self._middle:
            self._settle()
            lower = boxes.rect(first).top > self._last.middle
            self._gap = "\n" if lower and self._is_supposed(range(ended, position)) else " "
        self.runs.append(Word.run(word, place, self._order, self._gap, boxes, first))
        self._order, self._gap = self._order + count, ""
        self._base, self._middle = position + count - 1, (top + highest_bottom) / 2
        self._is_seen = True
        self._unsettled = boxes, first + count - 1
        return True

    def _has_marks(self, word: str, boxes: Boxes, first: int, position: int, reach: Reach) -> bool:
        """Whether a digit of a run is a raised mark or lower than the digit before it, or a hyphen
        far from what follows it in height."""
        self._settle()
        top, lowest_top, highest_bottom, bottom = reach
        least = highest_bottom - lowest_top
        if (
            least > RAISED * max(bottom - top, self._base_height)
            and bottom - highest_bottom < LEVEL * least
        ):
            # as nearly always: no character's box is much lower than another's
            return self._first_mark(word, position) < len(word)
        base, base_height, before = self._base, self._base_height, self._last
        for at, letter in enumerate(word):
            rect = boxes.rect(first + at)
            height = rect.height
            small = letter in SUPERSCRIPTS and height <= RAISED * base_height
            if small and self._is_raised(position + at, base, rect.x0):
                return True
            beside = word[at - 1] if at else ""
            lower = letter.isdecimal() and height < RAISED * before.height
            raised = beside.isalpha() and before.bottom - rect.bottom > RISE * before.height
            if lower and (beside.isdecimal() or raised):
                return True
            if beside in _HYPHENS and abs(rect.bottom - before.bottom) >= LEVEL * height:
                return True
            base, base_height, before = position + at, height, rect
        return self._first_mark(word, position) < len(word)

    def _first_mark(self, word: str, position: int) -> int:
        """From where on the digits that end a run are the font's own raised ones, of the size and
        on the baseline of the others; the run's length where none are."""
        first = len(word)
        while first and word[first - 1] in SUPERSCRIPTS and self._floats(position + first - 1):
            first -= 1
        return first or len(word)

    def _floats(self, position: int) -> bool:
        """Whether a character's ink is far above its baseline."""
        _, bottom, _, top = self._ink(position)
        x, y = ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetCharOrigin(self._text, position, x, y)
        return bottom - y.value > GLYPH_RISE * (top - bottom) > 0

    def _settle(self) -> None:
        """Look at the box of the last character."""
        if self._unsettled:
            boxes, at = self._unsettled
            self._last = boxes.rect(at)
            self._base_height = self._last.bottom - self._last.top
            self._unsettled = None

    def _read_singly(self, word: str, places: range, rects: Sequence[Rect], between: range) -> None:
        """Read a run whose characters differ in height or place, or may not be seen."""
        self._settle()
        width, height = self._size
        seen: list[Char] = []
        hyphens: list[int] = []
        accented: list[int] = []
        first_mark = len(word) if self._frame.turn else self._first_mark(word, places.start)
        for position, letter, rect in zip(places, word, rects, strict=True):
            if letter >= _COMBINING and combining(letter):
                if self._accent(letter, seen):
                    accented.append(len(seen))
                continue
            if position in self._slanted:
                continue
            x0, top, x1, bottom = rect
            if x1 <= x0 and bottom <= top:
                last = self._last
                rect = Rect(last.x1, last.top, last.x1, last.bottom)
                x0, top, x1, bottom = rect
            if self._gap == " " and top > self._last.middle and self._is_supposed(between):
                self._gap = "\n"
            before, self._last = self._last, rect
            if self._hidden and self._is_hidden(position, rect):
                continue
            on_page = 0 <= (x0 + x1) / 2 <= width or self._runs_off(rect, before)
            self._is_seen = on_page and 0 <= (top + bottom) / 2 <= height
            if self._is_seen:
                if letter in _LINE_END_HYPHENS:
                    hyphens.append(self._order)
                    letter = "-"
                small = letter in SUPERSCRIPTS and bottom - top <= RAISED * self._base_height
                drawn = position - places.start >= first_mark
                if drawn or (small and self._is_raised(position, self._base, x0)):
                    letter = SUPERSCRIPTS[letter]
                    if self._is_touching(between, x0, seen):
                        self._gap = ""
                else:
                    self._base, self._base_height = position, bottom - top
                seen.append(Char(letter, rect, self._order, self._gap))
            self._order, self._gap = self._order + 1, ""
        self._middle = self._last.middle
        for at in accented:
            self._part(seen, at)
        if seen and self.runs and _follows(seen[0], self.runs[-1]):
            seen[:0] = self.runs.pop().chars
        for run in runs_of(seen):
            ends = [at for at, char in enumerate(run.chars) if char.order in hyphens]
            self.line_ends += [(len(self.runs), at) for at in ends]
            self.runs.append(run)

    def _runs_off(self, rect: Rect, before: Rect) -> bool:
        """Whether a character beyond the right edge of the page goes on a line that begins on it:
        what the page cuts off is no less said."""
        near = before.x0 <= rect.x0 < before.x1 + rect.height  # (letters of a ligature share a box)
        return self._is_seen and near and abs(rect.middle - before.middle) < LEVEL * rect.height

    def _is_supposed(self, between: range) -> bool:
        """Whether the one space between two lines is pdfium's own, which stands for the break."""
        return len(between) == 1 and self._pdfium.FPDFText_IsGenerated(self._text, between[0]) == 1

    def _accent(self, mark: str, seen: list[Char]) -> bool:
        """Whether a combining accent belongs to the letter before it, which gets it; its own box
        tells nothing."""
        chars = seen or (list(self.runs[-1].chars) if self.runs else [])
        if not chars or chars[-1].order != self._order - 1:
            return False
        chars[-1] = chars[-1]._replace(text=normalize("NFC", chars[-1].text + mark))
        if not seen:
            self.runs[-1] = Word(tuple(chars))
        return True

    def _part(self, seen: list[Char], at: int) -> None:
        """Part words behind an accent that is a character by itself: its box, of which pdfium
        thinks, hides the gap behind its letter."""
        if at >= len(seen) or seen[at].gap:
            return
        before, rect = (seen[at - 1].rect if at else self.runs[-1].rect_at(-1)), seen[at].rect
        if rect.x0 - before.x1 > WORD_GAP * max(rect.height, before.height):
            seen[at] = seen[at]._replace(gap=" ")

    def _is_touching(self, between: range, x0: float, seen: Sequence[Char]) -> bool:
        """Whether the space before a mark is pdfium's own, at the end of letters set apart."""
        if not seen and not self.runs:
            return False
        end = seen[-1].rect.x1 if seen else self.runs[-1].end
        return x0 - end < TOUCHING * self._base_height and self._is_supposed(between)

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
        (address,) = self._objects([position])
        if address in self._invisible:
            return True
        if address not in self._white:
            return False
        x, y = (rect.x0 + rect.x1) / 2, (rect.top + rect.bottom) / 2
        return not any(ground.holds(x, y) for ground in self._grounds)

    def _askew(self, positions: Sequence[int]) -> frozenset[int]:
        """Those of some characters that stand askew, as those of a watermark across the page do."""
        angle_of = unchecked(self._pdfium.FPDFText_GetCharAngle)
        angles = list(map(angle_of, repeat(self._text), positions))
        slanted = {angle for angle in set(angles) if _is_askew(angle / QUARTER)}
        if not slanted:
            return frozenset()
        return frozenset(
            at for at, angle in zip(positions, angles, strict=True) if angle in slanted
        )

    def _apart(self, shown: str, positions: Sequence[int]) -> bytes:
        """Which of some characters are not of the run that they stand in, or may not be seen;
        nothing for none."""
        letters = {letter for letter in set(shown) if _is_apart(letter)}
        told: list[Iterable[bool]] = []
        if letters:
            told.append(map(letters.__contains__, shown))
        if self._slanted:
            told.append(map(self._slanted.__contains__, positions))
        if self._hidden:
            told.append(map(self._hidden.__contains__, self._objects(positions)))
        return bytes(map(max, *told)) if len(told) > 1 else bytes(chain.from_iterable(told))

    def _objects(self, positions: Iterable[int]) -> Iterable[int]:
        """The addresses of the text objects that some characters are of; 0 for none."""
        object_of = unchecked(self._pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
        return (address or 0 for address in map(object_of, repeat(self._text), positions))

    def _upright_boxes(self, positions: Sequence[int]) -> Boxes:
        """The boxes of some characters, as wide as the font says and as high."""
        box_of, text = unchecked(self._pdfium.FPDFText_GetLooseCharBox), repeat(self._text)
        sides: list[float] = []
        for start in range(0, len(positions), len(_POINTERS)):
            part = positions[start : start + len(_POINTERS)]
            deque(map(box_of, text, part, _POINTERS), maxlen=0)
            sides += _SIDES.values[: 4 * len(part)].tolist()
        lefts, tops, rights, bottoms = (sides[side::4] for side in range(4))
        if any(map(ge, lefts, rights)) or any(map(ge, bottoms, tops)):
            empty = map(or_, map(ge, lefts, rights), map(ge, bottoms, tops))
            for at in compress(range(len(positions)), empty):
                lefts[at], bottoms[at], rights[at], tops[at] = self._ink(positions[at])
        return Boxes(lefts, tops, rights, bottoms, self._frame)

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


def _odd(shown: str, boxes: Boxes) -> bytearray:
    """Which of some characters are odd beside the one before them: not farther to the right, or
    perhaps printed over it. (As bytes, in which a run's are searched at once.)"""
    lefts, _, rights, _, frame = boxes
    odd = bytearray(1)
    odd += bytes(map(or_, map(gt, lefts, lefts[1:]), map(gt, rights, rights[1:])))
    for at in compress(range(1, len(shown)), map(eq, shown, shown[1:])):
        if lefts[at] - lefts[at - 1] < OVER * max(rights[at] - lefts[at], 1 / frame.scale):
            odd[at] = 1
    return odd


def _follows(char: Char, run: Word) -> bool:
    """Whether a character goes on a run."""
    return not char.gap and char.order == run.last_order + 1


def _is_askew(turns: float) -> bool:
    return abs(turns - round(turns)) > ASKEW


def _is_apart(letter: str) -> bool:
    """Whether a character is no letter of its own as it stands: a hyphen of pdfium's, an accent."""
    return letter in _LINE_END_HYPHENS or (letter >= _COMBINING and combining(letter) > 0)


def _is_scan(frame: Frame, drawn: Drawn) -> bool:
    """Whether pictures cover the page: its invisible text is then what OCR read in them."""
    width, height = frame.size
    return sum(image.width * image.height for image in drawn.images) > SCAN * width * height


class Ink:
    """Left, bottom, right and top of a character's ink, in user space."""

    def __init__(self, text: Any, pdfium: Any) -> None:
        self._text, self._box_of = text, unchecked(pdfium.FPDFText_GetCharBox)
        self._sides = Buffer(ctypes.c_double, 4)

    def __call__(self, position: int) -> Ends:
        self._box_of(self._text, position, *self._sides.parts)
        left, right, bottom, top = self._sides.values
        return left, bottom, right, top
