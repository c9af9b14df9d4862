"""Which reading of a cell holds, and whether it is sure: readings, layer and ink as witnesses.

A number is sure where a reading and its ink agree sign by sign. Where the ink does not tell,
readings at two scales must agree, and the page's layer, or a third reading where the layer is
garbage here, must not speak against them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.geometry import Rect
from extract.grid import Cell
from extract.scan.crops import Seen
from extract.scan.glyphs import UNSURE, Sign, Type, signs_of
from extract.scan.ink import LEVELS, Ink, Widths, enlarged, is_mark, is_number, marks_of, measure
from extract.scan.mended import is_numeric, mended

if TYPE_CHECKING:
    from extract.scan.image import Grey

UNFIT = "?"
"""Said of a number that has other marks, or another width, than what stands in the cell."""
GARBAGE = 0.5
"""Part of a number's digits that the layer has at least, unless it is garbage there."""
_FORMS = tuple(
    re.compile(rf"-?(\d{{1,3}}({group}\d{{3}})*|\d*)({point}\d+)?%?")
    for group, point in ((",", r"\."), (r"\.", ","))
)
"""Numbers with a decimal point, and numbers with a decimal comma."""
_POINTED = re.compile(r"(?<=\d)[.,](?=\d)")
_SEPARATORS = re.compile("[.,]")
_NUMBERS = re.compile(r"-?\.?\d[\d.,]*%?")


@dataclass(slots=True)
class Inked:
    """A cell with ink in it: its picture, trimmed and cleaned; what the layer says of it; its
    readings so far; and, of a number, the signs of its ink."""

    cell: Cell
    place: Rect
    picture: Grey
    layer: str
    lines: list[list[list[Seen]]] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    signs: list[list[Sign]] = field(default_factory=list)
    token: object = field(default_factory=object)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading that is taken, by its place; the number as its ink has it, where that is sure;
    whether nothing speaks against it; and what does, in words."""

    taken: int
    number: str = ""
    agreed: bool = True
    otherwise: str = ""


class Judge:
    """Judges the readings of a page's cells. ``kind`` is the type of the document so far; it learns
    the signs of the numbers on which two readings agree."""

    def __init__(self, cells: Sequence[Inked], dpi: float, kind: Type) -> None:
        self._dpi, self._kind = dpi, kind
        numbers = [each for each in cells if any(map(is_numeric, each.readings[:2]))]
        for each in numbers:
            each.signs = signs_of(each.picture, dpi)
        alike = [
            each
            for each in numbers
            if is_number(each.readings[0]) and each.readings[0] == each.readings[-1]
        ]
        for each in alike:
            kind.learn(each.readings[0], each.signs, each.token)
        self._level = max(
            LEVELS,
            key=lambda level: sum(
                len(marks_of(enlarged(each.picture, dpi), level)) == len(each.readings[0])
                for each in alike
            ),
        )
        self._form = _form_of([each.readings[0] for each in alike])
        self._widths = Widths(
            [
                (each.readings[0], self._measured(each))
                for each in numbers
                if is_number(each.readings[0])
            ]
        )

    def is_open(self, each: Inked) -> bool:
        """Whether a third reading is needed: the first two differ in a number, or nothing else
        bears out one that they agree on."""
        first, second = (numeric(reading) for reading in each.readings[:2])
        if first != second:
            return True
        reading = each.readings[0]
        return is_number(reading) and not self._sure(each) and each.layer != reading

    def decide(self, each: Inked) -> Verdict:
        """What holds of a cell's readings, of which there is one that is not empty."""
        sure = self._sure(each)
        if sure is not None:
            return self._borne_out(each, *sure)
        for at, reading in enumerate(each.readings):
            number = mended(reading, each.signs, self._kind, each.token)
            if number:
                return Verdict(at, number, agreed=borne_out(each.layer, number))
        readings = each.readings
        second = readings[1] if len(readings) > 1 else each.layer
        agreed, otherwise, taken = readings[0] == second, "", 0
        if len(readings) > 2 and numeric(readings[0]) != numeric(readings[1]):
            choice = self._choice(each)
            taken = choice or 0
            otherwise = second if choice is None else ""
        elif is_number(readings[0]):
            thrice = len(readings) < 3 or readings[2] == readings[0]
            if not self._fits(each, readings[0]):
                agreed, otherwise = False, UNFIT
            agreed &= thrice and not self._refuted(each, readings[0])
        elif is_mark(readings[0]):
            agreed &= self._measured(each).marks <= len(readings[0])
        elif is_numeric(readings[0]):
            agreed &= each.layer == readings[0]
        agreed &= not differs(each.layer, readings[taken])
        return Verdict(taken, "", agreed, otherwise)

    def _borne_out(self, each: Inked, at: int, number: str) -> Verdict:
        """What holds where a reading is sure but for its points and commas: the ink's ones, if a
        reading or the layer has them, too, or else if only they make a number of the page's form;
        the reading's own ones otherwise, with a doubt."""
        form = self._form
        if number in each.readings or borne_out(each.layer, number):
            parts = [word.text.rstrip(".,") for line in each.lines[at] for word in line]
            parts = parts if number == each.readings[at] else [number]
            return Verdict(at, number, agreed=form is None or all(map(form.fullmatch, parts)))
        better = (
            form is not None and form.fullmatch(number) and not form.fullmatch(each.readings[at])
        )
        return Verdict(at, number if better else "", agreed=False)

    def _sure(self, each: Inked) -> tuple[int, str] | None:
        """The place of a reading that the ink bears out, digit by digit, and the number with its
        points and commas as the ink has them."""
        found: dict[str, int] = {}
        for at, reading in enumerate(each.readings):
            if is_number(reading):
                bare = reading.rstrip(".,")  # what stands at a number's end is a speck
                ends = len(reading) - len(bare)
                signs = [parted[: len(parted) - ends] for parted in each.signs]
                seen = self._kind.read(bare, signs, each.token) if bare else UNSURE
                if UNSURE not in seen and _digits(seen) == _digits(reading):
                    found.setdefault(seen, at)
        if len(found) != 1:
            return None
        ((number, at),) = found.items()
        return at, number

    def _refuted(self, each: Inked, reading: str) -> bool:
        """Whether the ink says surely that a sign is another one than was read."""
        seen = self._kind.read(reading, each.signs, each.token)
        return any(own not in (UNSURE, sign) for own, sign in zip(seen, reading, strict=True))

    def _choice(self, each: Inked) -> int | None:
        """Which of three readings holds where the first two differ in a number: the one that alone
        fits the ink, or one that two agree on and that has as many signs as there are marks."""
        signs = [numeric(reading) for reading in each.readings]
        fitting = {
            reading for reading in each.readings if is_number(reading) and self._fits(each, reading)
        }
        if all(map(is_number, each.readings[:2])) and len(fitting) == 1:
            return each.readings.index(fitting.pop())
        agreed = [at for at in (0, 1) if signs[at] == signs[2]]
        if not agreed:
            return None
        reading = each.readings[agreed[0]]
        exact = reading in fitting and self._measured(each).marks == len(reading)
        return agreed[0] if exact or not is_number(reading) else None

    def _fits(self, each: Inked, reading: str) -> bool:
        return self._widths.fits(reading, self._measured(each))

    def _measured(self, each: Inked) -> Ink:
        return measure(each.picture, self._dpi, self._level)


def _form_of(numbers: Sequence[str]) -> re.Pattern[str] | None:
    """The form of most numbers of a page that can be of one form alone, if any."""
    counts = {
        form: sum(bool(form.fullmatch(text) and not other.fullmatch(text)) for text in numbers)
        for form, other in (_FORMS, _FORMS[::-1])
    }
    few, many = sorted(counts, key=lambda form: counts[form])
    return many if counts[many] > 2 * counts[few] else None


def differs(layer: str, reading: str) -> bool:
    """Whether the layer has other digits than a reading. It is one more witness: both readings of a
    cell come from one picture, and may fail alike (``17.1%`` for ``77.7%``, ``32,5`` for
    ``32.5``). What it lacks, or most of it, it may have overlooked."""
    if not has_digits(reading) or borne_out(layer, reading):
        return False
    digits = len(_digits(layer))
    if _digits(layer) == _digits(reading):
        return len(_POINTED.findall(layer)) > len(_POINTED.findall(reading)) or (
            bool(_SEPARATORS.search(layer)) and numeric(layer) != numeric(reading)
        )
    return digits > GARBAGE * len(_digits(reading)) and numeric(layer) != numeric(reading)


def borne_out(layer: str, number: str) -> bool:
    """Whether the layer has a number, be it among specks that it took for other signs."""
    return [found.group().rstrip(".,") for found in _NUMBERS.finditer(layer)] == [number]


def has_digits(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def numeric(text: str) -> str:
    """What must be the same in two readings: of a number all signs but letters, of a longer text
    its digits."""
    signs = "".join(sign for sign in text if not sign.isalpha())
    digits = _digits(signs)
    return signs if sum(sign.isalpha() for sign in text) <= len(digits) else digits


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
