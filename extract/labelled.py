"""Labels and their values on a page of segments: beside, below or behind a colon.

A label is a segment, the beginning of one, or segments under each other, that say one of the
wordings of a :class:`Mark`. Its value is what follows it on the line; else the text beside it, or
the one below it, as it is for most labels of its group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from extract.abbreviated import abbreviates
from extract.geometry import Rect, overlap, share_x, union
from extract.segments import Segment, segment
from extract.words import Line, Word
from normalize.text import match_key

CLOSE = 90.0
"""Likeness (0 to 100) from which a text of :data:`LONG` letters or more is a label with a slip."""
LONG = 10
OPEN = re.compile(r"[/(]$|(?<!\w)(?:del?|la|las|los|el|en|por|para|y|o|a)$", re.IGNORECASE)
"""How a line ends that the next one goes on."""
OPEN_LEADING = 1.7
"""Gap below such a line, or above small letters, in line heights: type may be small for its
leading."""
STACK = 4
"""Lines that a label may be broken into."""
LEADING = 0.9
"""Gap between two lines of one text, in line heights."""
SHORT = 3
"""Words up to which a text behind a colon may be meant as a number."""
SIGN = 0.5
"""Gap between a number and the sign that its line breaks off, in line heights."""
BELOW = 2.2
"""Gap between a label and the value below it, in line heights."""
LEVEL = 0.4
"""Part of the lower one's height that two texts on one line share."""
ALIGNED = 1.2
"""Line heights by which the values of a group may be out of line."""
FAR = 15.0
"""Gap in line heights up to which a value is beside its label where no other value shows where the
group's values stand."""

YEAR = re.compile(r"(?:19|20)\d{2}")
_NUMBER = re.compile(r"[$(\-+−]*[.,]?\d[\d.,'’]*\s?%?\)?\*?")
_NOT_STATED = re.compile(
    r"(?:n[\s./,\-]*[da]\.*|s/?[di]|no (?:disponible|aplica)|sin (?:datos?|informaci[oó]n)|-+|–|—)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A label: its name, its wordings (as :func:`match_key` gives them), and what its value may be.

    ``dated``: a year may follow the wording ("Meta 2020"), and is no value then. ``value`` says
    whether a text can be its value.
    """

    name: str
    wordings: tuple[str, ...]
    value: Callable[[str], bool]
    dated: bool = False

    @property
    def short(self) -> bool:
        """Whether its value is a number, which no sentence is."""
        return self.value in (is_number, is_year)


@dataclass(slots=True, eq=False)
class Found:
    """A label on the page. ``inline`` is what stands behind it on its line; ``year`` is the year in
    its wording, 0 for none; ``colon``: it ends in one."""

    mark: Mark
    segments: tuple[Segment, ...]
    rect: Rect
    inline: Segment | None = None
    year: int = 0
    colon: bool = False
    value: Segment | None = None
    beside: list[Segment] = field(default_factory=list)

    @property
    def height(self) -> float:
        return self.segments[0].height


def is_number(text: str) -> bool:
    """Whether a text is meant as a number (well-formed or not), or as one that is not stated."""
    bare = text.strip()
    if _NOT_STATED.fullmatch(bare):
        return True
    first, _, unit = bare.partition(" ")
    if first in ("$", "-", "−"):
        first, _, unit = unit.partition(" ")
    return bool(_NUMBER.fullmatch(first)) and len(unit.split()) <= 4


def is_year(text: str) -> bool:
    return bool(YEAR.fullmatch(text.strip(" .*"))) or bool(_NOT_STATED.fullmatch(text.strip()))


def is_text(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def find_labels(segments: Sequence[Segment], marks: Sequence[Mark]) -> list[Found]:
    """The labels of a page, from the top. A text is part of one label, the longest."""
    found: list[Found] = []
    taken: set[int] = set()
    below = {id(a): [b for b in segments if follows(a, b)] for a in segments}
    for lines in range(STACK, 0, -1):
        for stack in _stacks(segments, lines, below):
            if taken & {id(each) for each in stack}:
                continue
            label = _label(stack, marks)
            if label is not None:
                taken |= {id(each) for each in stack}
                found.append(label)
    return sorted(found, key=lambda f: (round(f.rect.top), f.rect.x0))


def _stacks(
    segments: Sequence[Segment], lines: int, below: Mapping[int, Sequence[Segment]]
) -> list[tuple[Segment, ...]]:
    """Runs of segments under each other, each the next line of the one above."""
    runs: list[tuple[Segment, ...]] = [(each,) for each in segments]
    for _ in range(lines - 1):
        runs = [(*run, each) for run in runs for each in below[id(run[-1])]]
    return runs


def follows(above: Segment, below: Segment) -> bool:
    """Whether a segment is the next line of one text: close below it, and in line with it."""
    gap = below.rect.top - above.rect.bottom
    goes_on = OPEN.search(above.text) or below.text[:1].islower()
    leading = OPEN_LEADING if goes_on else LEADING
    limit = max(leading * above.height, LEADING * below.height)
    if above.page is not below.page or not -0.4 * above.height < gap < limit:
        return False
    if below.rect.top <= above.rect.top + 0.5 * above.height:
        return False
    if (above.cell or below.cell) and above.cell != below.cell:
        return False
    return _in_line(above.rect, below.rect, above.height)


def _in_line(a: Rect, b: Rect, height: float) -> bool:
    edges = (a.x0 - b.x0, a.x1 - b.x1, (a.x0 + a.x1 - b.x0 - b.x1) / 2)
    return any(abs(off) <= height for off in edges) and share_x(a, b) > 0.5


def _label(stack: tuple[Segment, ...], marks: Sequence[Mark]) -> Found | None:
    if len(stack) == 1:
        return _one_line(stack[0], (), marks)
    parts = [_without_value(each) for each in stack]
    values = [value for _, value in parts if value is not None]
    heads = [head for head, _ in parts]
    if len(values) > 1 or any(not is_text(_text(head)) for head in heads):
        return None
    words = tuple(word for head in heads for word in head)
    found = said(words, marks)
    if found is not None and _are_labels(heads, found[0], marks):
        return None
    if found is None:
        above = tuple(word for each in stack[:-1] for word in each.words)
        label = _one_line(stack[-1], above, marks)
        return label and replace(label, segments=stack)
    mark, year, colon = found
    inline = segment(stack[0].page, values[0]) if values else None
    if inline is not None and not mark.value(inline.text):
        return None
    return Found(mark, stack, union(word.rect for word in words), inline, year, colon)


def _are_labels(heads: Sequence[Line], mark: Mark, marks: Sequence[Mark]) -> bool:
    """Whether lines are the labels of a list, which as one only resemble another's wording."""
    if match_key(" ".join(map(_text, heads))) in mark.wordings:
        return False
    return all(any(match_key(_text(head)) in other.wordings for other in marks) for head in heads)


def _text(words: Line) -> str:
    return " ".join(word.text for word in words)


def _without_value(each: Segment) -> tuple[Line, Line | None]:
    """A line's words, and the number behind them, if any."""
    for cut in range(1, len(each.words)):
        tail = each.words[cut:]
        if is_number(_text(tail)) and not _is_mark(tail):
            return each.words[:cut], tail
    return each.words, None


def _is_mark(words: Line) -> bool:
    """Whether words are no value but part of a heading: "(1)", "2020"."""
    text = _text(words)
    return bool(re.fullmatch(r"\(?\d\)?|%", text)) or bool(YEAR.fullmatch(text))


def _one_line(each: Segment, above: Line, marks: Sequence[Mark]) -> Found | None:
    """The label that a line begins with, or ends where ``above`` are its lines before."""
    words = tuple(part for word in each.words for part in _at_colon(word))
    for cut in range(len(words), 0, -1):
        found = said((*above, *words[:cut]), marks)
        if found is None:
            continue
        mark, year, colon = found
        head = union(word.rect for word in (*above, *words[:cut]))
        if cut == len(words):
            return Found(mark, (each,), head, None, year, colon)
        inline = segment(each.page, words[cut:], each.cell, each.doubtful)
        if _may_follow(mark, inline, colon):
            return Found(mark, (each,), head, inline, year, colon)
    return None


def _may_follow(mark: Mark, inline: Segment, colon: bool) -> bool:
    """Whether a text behind a label's words can be its value, and not the rest of a sentence."""
    if mark.value is not is_text and mark.value(inline.text):
        return True
    return colon and (not mark.short or len(inline.words) <= SHORT)


def _at_colon(word: Word) -> Iterator[Word]:
    """A word cut behind its colon: no space may stand there."""
    at = word.text.find(":")
    letters = [char for char in word.chars for _ in char.text]
    if 0 < at < len(letters) - 1 and len(letters) == len(word.chars):
        yield Word(tuple(letters[: at + 1]))
        yield Word(tuple(letters[at + 1 :]))
    else:
        yield word


def said(words: Sequence[Word], marks: Sequence[Mark]) -> tuple[Mark, int, bool] | None:
    """The label that some words are as a whole, with its year and whether it ends in a colon."""
    text = " ".join(word.text for word in words).strip()
    colon = text.endswith(":")
    if text[:1].islower() and not colon:
        return None  # the middle of a sentence: "… de una población | objetivo de 25,446,796."
    key = match_key(text)
    bare, _, last = key.rpartition(" ")
    year = int(last) if bare and YEAR.fullmatch(last) else 0
    for mark in marks:
        if says(key, mark.wordings):
            return mark, 0, colon
        if year and mark.dated and says(bare, mark.wordings):
            return mark, year, colon
    short = text.removesuffix(last).strip() if year else text
    for mark in marks if "." in text else ():
        if any(abbreviates(text, wording) for wording in mark.wordings):
            return mark, 0, colon
        if year and mark.dated and any(abbreviates(short, wording) for wording in mark.wordings):
            return mark, year, colon
    return None


def says(key: str, wordings: Sequence[str]) -> bool:
    """Whether a text is one of some wordings, up to a slip in the longer ones."""
    if key in wordings:
        return True
    return len(key) >= LONG and any(
        len(wording) >= LONG
        and key.count(" ") == wording.count(" ")
        and fuzz.ratio(key, wording) >= CLOSE
        for wording in wordings
    )


def place_values(
    group: Sequence[Found], segments: Sequence[Segment], labels: Sequence[Found]
) -> None:
    """Give each label of a group its value: what is behind it, else beside or below it.

    Beside and below are not mixed: the way that most of the group's labels have a value counts.
    A value that is out of line with the others of the group is none.
    """
    parts = {id(each) for label in labels for each in label.segments}
    free = [each for each in segments if id(each) not in parts]
    open_ = [label for label in group if label.inline is None]
    beside = {id(label): _beside(label, free, labels) for label in open_}
    below = {id(label): _below(label, free) for label in open_}
    votes = [sum(_is_filled(label, way[id(label)]) for label in open_) for way in (beside, below)]
    way = below if votes[1] > votes[0] else beside
    for label in group:
        values = [label.inline] if label.inline is not None else way.get(id(label), [])
        label.beside = values
        filled = bool(values) and _may_be(label, values[0], way is beside)
        line = label.segments[-1] if label.inline is not None else None
        label.value = with_sign(values[0], free, line) if filled else None
    if way is beside:
        _drop_strays(open_)
    _drop_shared(group)


def _is_filled(label: Found, values: Sequence[Segment]) -> bool:
    return bool(values) and label.mark.value(values[0].text)


def _drop_shared(group: Sequence[Found]) -> None:
    """Take away a value that two labels claim: it is not certain whose it is."""
    claims = Counter(id(label.value.words[0]) for label in group if label.value is not None)
    for label in group:
        if label.value is not None and claims[id(label.value.words[0])] > 1:
            label.value = None


def _may_be(label: Found, value: Segment, beside: bool) -> bool:
    return (
        value is label.inline or label.mark.value(value.text) or (beside and _is_near(label, value))
    )


def _is_near(label: Found, value: Segment) -> bool:
    """Whether a text that is no value of the label's kind stands where only its value can stand."""
    return (
        label.segments[0].cell is not None
        and value.cell is not None
        and abs(value.cell.x0 - label.segments[0].cell.x1) < label.height
    )


def _beside(label: Found, free: Sequence[Segment], labels: Sequence[Found]) -> list[Segment]:
    """The texts to the right of a label on its line, up to the next label."""
    rect = label.rect
    limit = min(
        (
            other.rect.x0
            for other in labels
            if other is not label
            and other.segments[0].page is label.segments[0].page
            and other.rect.x0 > rect.x1
            and _is_level(rect, other.rect)
        ),
        default=float("inf"),
    )
    return sorted(
        (
            each
            for each in free
            if each.page is label.segments[0].page
            and rect.x1 - 0.5 * label.height <= each.rect.x0 < limit
            and _is_level(rect, each.rect)
        ),
        key=lambda each: each.rect.x0,
    )


def _is_level(a: Rect, b: Rect) -> bool:
    return overlap(a.top, a.bottom, b.top, b.bottom) > LEVEL * min(a.height, b.height)


def _below(label: Found, free: Sequence[Segment]) -> list[Segment]:
    """The nearest text under a label."""
    rect = label.rect
    found = [
        each
        for each in free
        if each.page is label.segments[0].page
        and rect.bottom - 0.4 * label.height <= each.rect.top < rect.bottom + BELOW * label.height
        and share_x(rect, each.rect) > 0.3
    ]
    return sorted(found, key=lambda each: each.rect.top)[:1]


def with_sign(value: Segment, segments: Sequence[Segment], line: Segment | None = None) -> Segment:
    """A number with the "%" that the end of its line breaks off; ``line`` is the line that it ends,
    where that is more than the number."""
    if "%" in value.text:
        return value
    above = line or value
    for each in segments:
        if each.text.strip() != "%" or each.cell != value.cell:
            continue
        close = each.rect.top - above.rect.bottom < SIGN * above.height
        if close and follows(above, each):
            words = (*value.words, *each.words)
            rect = union((value.rect, each.rect))
            return replace(value, words=words, rect=rect, text=f"{value.text} %")
    return value


def _drop_strays(group: Sequence[Found]) -> None:
    """Take away values that stand out of line with the others of a group, or far from a label
    whose group shows no line."""
    placed = [label for label in group if label.value is not None]
    for label in placed:
        value = label.value
        assert value is not None
        others = [other.value for other in placed if other is not label and other.value]
        aligned = any(_is_aligned(value.rect, other.rect, label.height) for other in others)
        far = value.rect.x0 - label.rect.x1 > FAR * label.height and not _is_near(label, value)
        if (len(others) > 1 and not aligned) or (len(others) < 2 and far and not aligned):
            label.value = None


def _is_aligned(a: Rect, b: Rect, height: float) -> bool:
    offs = (a.x0 - b.x0, a.x1 - b.x1, (a.x0 + a.x1 - b.x0 - b.x1) / 2)
    return any(abs(off) <= ALIGNED * height for off in offs)
