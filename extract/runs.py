"""Characters of a page, and the runs of them between which white space stands in the file.

A page has tens of thousands of characters, nearly all of them in plain runs: on one line, one after
the other to the right. What is asked of such a run (its text, its box, the cell that holds it) is
told by its first and its last character; the others are made only for who asks for them, which
halves the time from a page to its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import NamedTuple

from extract.geometry import Frame, Rect, union


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


CORE = 0.6
"""Part of an even run's height through which all of its characters reach: letters may go above or
below their font's box."""
Reach = tuple[float, float, float, float]
"""How high characters reach: the highest and the lowest of their tops, and of their bottoms."""

_char_of = partial(tuple.__new__, Char)  # at half the price, for thousands
_rect_of = partial(tuple.__new__, Rect)


class Boxes(NamedTuple):
    """The sides of the boxes of some characters in user space, and the upright frame in which they
    are read."""

    lefts: Sequence[float]
    tops: Sequence[float]
    rights: Sequence[float]
    bottoms: Sequence[float]
    frame: Frame

    def rect(self, at: int) -> Rect:
        """The box of one character in reading space."""
        lefts, tops, rights, bottoms, frame = self
        left, top, scale = frame.left, frame.top, frame.scale
        sides = (
            (lefts[at] - left) * scale,
            (top - tops[at]) * scale,
            (rights[at] - left) * scale,
            (top - bottoms[at]) * scale,
        )
        return _rect_of(sides)

    def sides(self, at: int) -> tuple[float, float]:
        """Where the box of one character begins and ends, in reading space."""
        left, scale = self.frame.left, self.frame.scale
        return (self.lefts[at] - left) * scale, (self.rights[at] - left) * scale

    def around(self, first: int, end: int) -> tuple[Rect, Reach]:
        """The box around some characters that go to the right, and how high they reach."""
        lefts, tops, rights, bottoms, frame = self
        left, top, scale = frame.left, frame.top, frame.scale
        uppers, lowers = tops[first:end], bottoms[first:end]
        upper, lower = (top - max(uppers)) * scale, (top - min(lowers)) * scale
        sides = (lefts[first] - left) * scale, upper, (rights[end - 1] - left) * scale, lower
        core = (top - min(uppers)) * scale, (top - max(lowers)) * scale
        return _rect_of(sides), (upper, *core, lower)


class Word:
    """Characters without white space between them, in reading order; one at least.

    ``order`` and ``gap`` are those of the first one. ``even``: they are a run of the file on one
    line, each farther to the right than the one before it and not over it, no digit a raised mark
    beside another, nor a hyphen's end that of a line.
    """

    __slots__ = ("_at", "_boxes", "_chars", "even", "gap", "order", "reach", "rect", "text")

    def __init__(self, chars: tuple[Char, ...]) -> None:
        self.text = "".join([char.text for char in chars])
        self.rect = union([char.rect for char in chars])
        _, _, self.order, self.gap = chars[0]
        self.reach = (self.rect.top, self.rect.top, self.rect.bottom, self.rect.bottom)
        self.even = False
        self._chars: tuple[Char, ...] | None = chars
        self._boxes: Boxes | None = None
        self._at = 0

    @classmethod
    def run(
        cls, text: str, place: tuple[Rect, Reach], order: int, gap: str, boxes: Boxes, at: int
    ) -> Word:
        """An even run: of its characters ``text`` has one letter and ``boxes``, from ``at``, one
        box each, around which ``place`` is."""
        word = cls.__new__(cls)
        word.text, word.order, word.gap = text, order, gap
        word.rect, word.reach = place
        word.even = True
        word._chars, word._boxes, word._at = None, boxes, at
        return word

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Word) and self.chars == other.chars

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.rect})"

    @property
    def chars(self) -> tuple[Char, ...]:
        if self._chars is None:
            assert self._boxes is not None
            end = self._at + len(self.text)
            rects = map(self._boxes.rect, range(self._at, end))
            orders = range(self.order, self.order + len(self.text))
            gaps = (self.gap, *repeat("", len(self.text) - 1))
            self._chars = tuple(map(_char_of, zip(self.text, rects, orders, gaps, strict=True)))
        return self._chars

    def __len__(self) -> int:
        """How many characters it has."""
        return len(self.text if self._chars is None else self._chars)

    def rect_at(self, at: int) -> Rect:
        """The box of one of its characters, from the end where ``at`` is negative."""
        if self._boxes is None:
            return self.chars[at].rect
        return self._boxes.rect(self._at + at + (len(self.text) if at < 0 else 0))

    def sides_at(self, at: int) -> tuple[float, float]:
        """Where that box begins and ends: at half the price."""
        if self._boxes is None:
            x0, _, x1, _ = self.chars[at].rect
            return x0, x1
        return self._boxes.sides(self._at + at + (len(self.text) if at < 0 else 0))

    @property
    def start(self) -> float:
        """Where its first character begins."""
        return self.rect.x0 if self.even else self.chars[0].rect.x0

    @property
    def end(self) -> float:
        """Where its last character ends."""
        return self.rect.x1 if self.even else self.chars[-1].rect.x1

    @property
    def last_order(self) -> int:
        """The order of its last character."""
        return self.order + len(self.text) - 1 if self.even else self.chars[-1].order


def runs_of(chars: Iterable[Char]) -> list[Word]:
    """Characters, in file order, as the runs that they make; told of each one by one."""
    runs: list[list[Char]] = []
    following = -1
    for char in chars:
        _, _, order, gap = char
        if gap or order != following:
            runs.append([])
        runs[-1].append(char)
        following = order + 1
    return [Word(tuple(run)) for run in runs]


def chars_of(runs: Iterable[Word]) -> list[Char]:
    """The characters of some runs."""
    return [char for run in runs for char in run.chars]
