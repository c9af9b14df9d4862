"""The labels of a strip of indicator cards, found by what they say; slips are forgiven."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from rapidfuzz import fuzz

from extract.abbreviated import abbreviates
from extract.free_text import LEADING, SAME_TYPE, Segment, bounds, segment
from extract.geometry import Rect, share_x
from extract.page import Page
from extract.words import lines_of
from normalize.grades import is_part, quality_of
from normalize.text import match_key

Kind = Literal["indicators", "features", "trend", "milestone", "progress"]

WORDINGS: dict[Kind, tuple[str, ...]] = {
    "indicators": ("Indicadores", "Indicador", "Nombre del indicador"),
    "features": (
        "Características",
        "Característica",
        "Características del indicador",
        "Características de los indicadores",
    ),
    "trend": ("Tendencia", "Tendencias", "Tendencia del indicador"),
    "milestone": (
        "Cumplimiento meta intermedia",
        "Cumplimiento metas intermedias",
        "Cumplimiento de meta intermedia",
        "Cumplimiento de la meta intermedia",
        "Cumplimiento de metas intermedias",
        "Cumplimiento de las metas intermedias",
    ),
    "progress": (
        "Avance meta sexenal",
        "Avance metas sexenales",
        "Avance de meta sexenal",
        "Avance de la meta sexenal",
        "Avance en la meta sexenal",
        "Avance respecto a la meta sexenal",
        "Avance hacia la meta sexenal",
    ),
}
"""The rows of a strip, top to bottom, in the wordings that are known."""
CLOSE = 88.0
"""Least likeness (0 to 100) of a printed label and a wording, letters only."""
LINES = 4
"""Lines that a label is broken to at most."""
SHORTEST = 5
"""Letters from which the beginning of a label is looked at."""

WIDER, NARROW = 1.3, 0.3
"""A gap between two boxes is so many times a line's other gaps, and so many line heights, at
least."""
ALIGNED, NEAR, MARGIN = 0.8, 12.0, 3
"""Points within which lines begin at one margin; line heights within which they are looked for;
how many make a margin."""

_OBJECTIVE_WORDS = (
    r"objetivo(?:\s+(?:prioritario|sectorial|institucional|estrat[eé]gico|especial|regional|"
    r"nacional))?"
)
_OBJECTIVE_START = re.compile(_OBJECTIVE_WORDS, re.IGNORECASE)
_OBJECTIVE = re.compile(
    _OBJECTIVE_WORDS
    + r"\s*(?:n[uú]m(?:ero)?\.?|no\.|n[°º]\.?|#)?\s*(?P<number>\d{1,2})(?!\.?\d)\s*[.:)\-–—]*",
    re.IGNORECASE,
)


def letters(text: str) -> str:
    """A text for comparing, without its spaces: narrow cells and letter spacing break words."""
    return match_key(text).replace(" ", "")


_KEYS: dict[str, Kind] = {
    letters(wording): kind for kind, wordings in WORDINGS.items() for wording in wordings
}


_SPLIT = {key: kind for key, kind in _KEYS.items() if kind != "indicators"}
_MEASURE_STARTS = frozenset(("meta", "metas", "parametro", "parametros"))
LONGEST_GRADE = 3
"""Words of the longest grade of quality, "Oportunidad de mejora"."""
_CARD_KEY = re.compile(r"(\d{1,2})\.(\d{1,3})[.):]?$")


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A label where it stands, broken to lines or not."""

    kind: Kind
    segments: tuple[Segment, ...]
    rect: Rect

    @property
    def page(self) -> Page:
        return self.segments[0].page

    @property
    def middle(self) -> float:
        return (self.rect.top + self.rect.bottom) / 2

    @property
    def size(self) -> float:
        return self.segments[0].size


@dataclass(frozen=True, slots=True, eq=False)
class ObjectiveLabel:
    """ "Objetivo 3" where it stands, all its lines as one ``segment``. ``whole``: nothing else
    stands in it."""

    number: int
    segment: Segment
    whole: bool
    parts: tuple[Segment, ...]


def kind_of(text: str) -> Kind | None:
    """The label that a text is, if any."""
    return _likeness(text)[1]


def is_of_label(text: str) -> bool:
    """Whether a text is a label of a card, or some of its letters in a row."""
    key = letters(text)
    return kind_of(text) is not None or any(key in wording for wording in _KEYS)


def _likeness(text: str) -> tuple[float, Kind | None]:
    """How like a text is to a label (0 to 100), and to which, if it is like enough."""
    key = letters(text)
    if key in _KEYS:
        return 100.0, _KEYS[key]
    if len(key) < SHORTEST:
        return 0.0, None
    likeness, kind = max((fuzz.ratio(key, wording), kind) for wording, kind in _KEYS.items())
    if likeness < CLOSE and "." in text:
        short = _abbreviated(text)
        return (CLOSE, short) if short else (likeness, None)
    return likeness, kind if likeness >= CLOSE else None


def _abbreviated(text: str) -> Kind | None:
    """The label that a text abbreviates: "Cumpl. meta int."."""
    return next(
        (
            kind
            for kind, wordings in WORDINGS.items()
            if any(abbreviates(text, match_key(wording)) for wording in wordings)
        ),
        None,
    )


def begins_measure(text: str) -> bool:
    """Whether a text begins as a card's measure does."""
    first = match_key(text).split(" ")[0]
    return first in _MEASURE_STARTS and text.strip()[0].isupper()


def unglued(segments: Sequence[Segment]) -> list[Segment]:
    """Segments of a page, those cut in which two boxes stand so close that they seem one.

    A label and what stands before or behind it; the names of two cards, told by their keys; the
    quality of one and the measure of the next; a line with a wider gap where lines of another box
    begin.
    """
    starts = sorted((each.rect.x0, each.middle) for each in segments)
    parts: list[Segment] = []
    for each in segments:
        for piece in (cut for keyed in _by_keys(each) for cut in _before_measure(keyed)):
            for part in _before_label(piece):
                for rest in _behind_label(part):
                    parts.extend(_at_margin(rest, starts))
    return parts


def _at_margin(each: Segment, starts: Sequence[tuple[float, float]]) -> list[Segment]:
    """A segment cut at a gap wider than its others, where lines above or below begin."""
    gaps = [b.rect.x0 - a.rect.x1 for a, b in pairwise(each.line)]
    if not gaps:
        return [each]
    widest = max(gaps)
    at = gaps.index(widest) + 1
    others = sorted(gaps)[:-1]
    if widest < WIDER * (median(others) if others else widest) or widest < NARROW * each.size:
        return [each]
    x = each.line[at].rect.x0
    first = bisect_left(starts, (x - ALIGNED, 0.0))
    last = bisect_left(starts, (x + ALIGNED, 0.0))
    near = [y for _, y in starts[first:last] if abs(y - each.middle) <= NEAR * each.size]
    beside = (1 + LEADING) * each.size  # a line of the other box is the next one
    if len(near) < MARGIN or not any(0 < abs(y - each.middle) <= beside for y in near):
        return [each]
    return [segment(each.page, each.line[:at]), segment(each.page, each.line[at:])]


def _before_label(each: Segment) -> list[Segment]:
    """A segment cut before the label with which it ends, letter for letter."""
    for at in range(1, len(each.line)):
        key = letters(" ".join(word.text for word in each.line[at:]))
        before = each.line[:at]
        if key in _KEYS and each.line[at].text[0].isupper():
            counted = all(word.text.isdigit() for word in before)  # "6 Indicadores"
            return (
                [each]
                if counted
                else [segment(each.page, before), segment(each.page, each.line[at:])]
            )
    return [each]


def _by_keys(each: Segment) -> list[Segment]:
    """A segment cut before each key that is the next one after its first."""
    keys = [_CARD_KEY.match(word.text) for word in each.line]
    if sum(key is not None for key in keys) < 2 or keys[0] is None:
        return [each]
    cuts, last = [0], keys[0]
    for at, key in enumerate(keys[1:-1], start=1):
        follows = key is not None and key[1] == last[1] and int(key[2]) == int(last[2]) + 1
        if key is not None and follows and each.line[at + 1].text[0].isupper():
            cuts.append(at)
            last = key
    return [segment(each.page, each.line[a:b]) for a, b in pairwise([*cuts, len(each.line)])]


def _before_measure(each: Segment) -> list[Segment]:
    """A segment cut behind each grade of quality that the measure of the next card follows."""
    cuts = [0]
    for at, word in enumerate(each.line[1:], start=1):
        if begins_measure(word.text):
            before = [other.text for other in each.line[max(cuts[-1], at - LONGEST_GRADE) : at]]
            ends = [" ".join(before[start:]) for start in range(len(before))]
            if any(quality_of(end) or is_part(end, "quality") for end in ends):
                cuts.append(at)
    return [segment(each.page, each.line[a:b]) for a, b in pairwise([*cuts, len(each.line)])]


def _behind_label(each: Segment) -> list[Segment]:
    """A segment cut behind the label that it begins with, letter for letter."""
    key = letters(each.text)
    label = max((known for known in _SPLIT if key.startswith(known)), key=len, default="")
    if not label or label == key or not each.text[0].isupper():
        return [each]
    chars = each.chars
    count, rest = 0, len(label)
    while rest > 0 and count < len(chars):
        rest -= len(letters(chars[count].text))
        count += 1
    halves = [lines_of(half) for half in (chars[:count], chars[count:])]
    if rest < 0 or not all(len(lines) == 1 for lines in halves):
        return [each]
    return [segment(each.page, lines[0]) for lines in halves]


def find_labels(segments: Sequence[Segment]) -> list[Label]:
    """All labels of some segments (of one page), each segment in one label at most."""
    found: list[Label] = []
    used: set[int] = set()
    for start in segments:
        if id(start) in used or not start.text[0].isupper():
            continue
        read = []
        for parts in _stacks(start, segments):
            likeness, kind = _likeness(" ".join(part.text for part in parts))
            if kind is not None and not any(id(part) in used for part in parts):
                read.append((likeness, kind, parts))
        if read:  # the next label may begin right below: not the most lines, the likest ones
            _, kind, parts = max(read, key=lambda each: each[0])
            found.append(Label(kind, tuple(parts), bounds(parts)))
            used.update(id(part) for part in parts)
    return found


def _stacks(start: Segment, segments: Sequence[Segment]) -> Iterable[list[Segment]]:
    """A segment alone and with the lines below it, the most lines first, as far as it may be the
    beginning of a label."""
    stack = [start]
    while len(stack) < LINES and _is_beginning(" ".join(part.text for part in stack)):
        under = _next_line(stack[-1], segments)
        if under is None:
            break
        stack.append(under)
    return [stack[:count] for count in range(len(stack), 0, -1)]


def _is_beginning(text: str) -> bool:
    key = letters(text)
    if "." in text and any(
        letters(wording).startswith(letters(text.split(".")[0]))
        for wordings in WORDINGS.values()
        for wording in wordings
    ):
        return True
    return len(key) >= SHORTEST and any(
        len(wording) > len(key) and fuzz.ratio(key, wording[: len(key)]) >= CLOSE
        for wording in _KEYS
    )


def _next_line(above: Segment, segments: Sequence[Segment]) -> Segment | None:
    under = [
        each
        for each in segments
        if each.page is above.page
        and each.rect.top - above.rect.bottom <= LEADING * above.size
        and each.rect.top > above.middle
        and share_x(above.rect, each.rect) >= 0.5
        and abs(each.size - above.size) <= SAME_TYPE * above.size
    ]
    return min(under, key=lambda each: each.rect.top, default=None)


def find_objectives(segments: Sequence[Segment]) -> list[ObjectiveLabel]:
    """The headings "Objetivo 3", alone or with the objective's text behind them, or broken to
    lines."""
    found = []
    for each in segments:
        match = _OBJECTIVE.match(each.text)
        if match is None:
            under = _next_line(each, segments) if _OBJECTIVE_START.fullmatch(each.text) else None
            both = f"{each.text} {under.text}" if under else ""
            if under and (whole := _OBJECTIVE.fullmatch(both)):
                merged = segment(each.page, [*each.line, *under.line])
                found.append(ObjectiveLabel(int(whole["number"]), merged, True, (each, under)))
            continue
        rest = each.text[match.end() :].strip()
        if not rest or rest[0].isupper():
            found.append(ObjectiveLabel(int(match["number"]), each, not rest, (each,)))
    return found


def behind_objective(label: ObjectiveLabel) -> Segment:
    """What stands behind a heading that is not whole. A number that touches the word before it is
    the text's own."""
    match = _OBJECTIVE.match(label.segment.text)
    end = match.end() if match else 0
    if match and label.segment.text[match.start("number") - 1].isalpha():
        end = match.start("number")
    skipped = len(label.segment.text[:end].replace(" ", ""))
    chars = label.segment.chars
    lines = lines_of(chars[skipped:]) or lines_of(chars)
    return segment(label.segment.page, lines[0], label.segment.frame)
