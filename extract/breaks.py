"""Where a line ends inside a word: an address, a number or a long word that its cell cuts.

A word processor or a browser breaks a line between words, after a hyphen or a slash, and, where a
word is longer than its cell is wide, wherever the cell ends. The first leaves a space that belongs
to the text; the others leave none. (Hyphens: :func:`normalize.text.fold`.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from extract.geometry import Rect
from extract.hyphenation import SIGNS, Hyphen, is_repeated
from extract.measured import SLACK, Lines, Measured, apart, is_full
from extract.runs import Word
from extract.vocabulary import Verdict, Vocabulary
from normalize.text import join_lines

FEW, FULL = 8, 0.8
"""Lines, and the part of them that end where their cells do, from which that is no accident."""
CUT = 2
"""Lines that end inside of words from which that is no accident."""
ANYWHERE = 3
"""Line ends of a cell from which it is no accident that all of them are full."""
SHORTEST = 4
"""Letters of a word's first part from which its end tells that it is none (``si``, ``tu``)."""

_ADDRESS = re.compile(r"(?:https?:|www\.)\S*(?<![,;:)»”\"])$", re.IGNORECASE)
_ADDRESS_SIGN = re.compile(r"[/._=?&%#@\d-]\w|/$")
_BREAKS_AFTER = tuple("/?&=-_.")
_NEVER_LAST = ("=", "&", "?", "_", "%")
"""Signs with which no address ends."""
_NUMERAL = re.compile(r"[$(\-]?[\d.,]+[%)]?")
_GROUPED = re.compile(r"[$(\-]*(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?[%)]*,?")
"""A number with its digits in groups of three, if in any."""
_NOT_STATED = re.compile(r"n\. [ad]\.", re.IGNORECASE)
_NO_WORD = re.compile(r"[@_]")
_NO_END = re.compile(r"(?:[bcfhjpqv]|[bcdfgp][lr]|tr|[iu])$")
_ODD_END = re.compile(r"[a-záéíóúñ]{2}[bcfghjkmpqtvw]$")
"""Few Spanish words end so."""
_LIKE_PARTS = frozenset({"casi", "espíritu", "tribu", "ímpetu", "taxi", "club", "bloc"})
"""Spanish words of some length do not end so, but for these."""
_NO_BEGINNING = re.compile(r"(?:[lmnrvz][bcdfgjmpqstvxz]|rr|[lmnz]r|[mnrz]l)[^\W\d_]*[aeiouáéíóú]")
"""No Spanish word begins so; what has no vowel is an abbreviation (``mdp``)."""
_SUFFIX = re.compile(
    r"(?:(?:[aeiu]?[cs]|izac)i[oó]n(?:es)?|(?:(?:[ai]?bi)?li|i|ili)?dad(?:es)?|[ai]mientos?)[.,;:)]*"
)
"""Ends of long Spanish words that are no words."""
_OPENING, _CLOSING = "(«“\"'¿¡", ".,;:)»”\"'?!"
_STOPS = re.compile(r"[.,;:)»”]+")
_TYPES = "pdf|html?|xlsx?|docx?|csv|zip|aspx?|php|jsp"
_FILE = re.compile(rf"\.(?:{_TYPES})$", re.IGNORECASE)
_EXTENSION = re.compile(rf"(?:{_TYPES})(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+[.,;:)]*")
_HYPHEN_FIRST = re.compile(r"-[^\W\d_]")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENDS_IN_SLASH = re.compile(r"\w/$")


@dataclass(slots=True)
class Joined:
    """The folded text of a cell. ``unsure`` are the places, as joined there, where two lines may as
    well be one word cut in two."""

    text: str
    unsure: list[str]


def never() -> bool:
    """Of lines of which nothing is known."""
    return False


def join_broken(blocks: Iterable[tuple[Lines, Rect | None]]) -> str:
    """The lines of a cell as one folded text.

    A block is lines of words with the cell that broke them, if any; a cell that a page break cuts
    has several.
    """
    return join_known(blocks, None).text


def join_known(
    blocks: Iterable[tuple[Lines, Rect | None]],
    vocabulary: Vocabulary | None,
    anywhere: Callable[[], bool] = never,
) -> Joined:
    """The same with the words of the document, which tell more of the words that are cut.

    ``anywhere`` is asked whether its lines end where their cells do (:func:`are_cut_anywhere`).
    """
    held = [(block, frame) for block, frame in blocks if block]
    lines = [line for block, _ in held for line in block]
    texts = [" ".join([word.text for word in line]) for line in lines]
    if len(texts) < 2:
        return Joined(join_lines(texts), [])
    ends = (end for block, frame in held for end in _ends(block, frame, anywhere))
    joined, unsure = texts[:1], []
    for at, ((above, below), end) in enumerate(zip(pairwise(lines), ends, strict=False)):
        before = joined[-1].rpartition(" ")[2]
        if before.endswith(tuple(SIGNS)) and len(before) > 1:
            hyphen = _hyphen(before, texts[at + 1], vocabulary)
            if hyphen in ("soft", "repeated"):
                joined[-1] = joined[-1][:-1] + texts[at + 1]
                continue
            if hyphen == "unsure":
                unsure.append(f"{above[-1].text} {below[0].text}")
        verdict = _verdict(above, below, before, end, vocabulary)
        if verdict == "one":
            joined[-1] += texts[at + 1]
        else:
            joined.append(texts[at + 1])
        if verdict == "unsure":
            unsure.append(f"{above[-1].text} {below[0].text}")
    return Joined(join_lines(joined), unsure)


def _hyphen(before: str, rest: str, vocabulary: Vocabulary | None) -> Hyphen | Literal["repeated"]:
    """What the hyphen is that a line ends with; ``repeated``: the next one begins with it too."""
    if is_repeated(before, rest):
        return "repeated"
    return vocabulary.hyphen(before, rest) if vocabulary else "kept"


def are_cut_anywhere(blocks: Sequence[tuple[Lines, Rect]], vocabulary: Vocabulary) -> bool:
    """Whether the lines of cells end where these do, whatever is cut by it: nearly all are full,
    or some end inside of words of the document."""
    cells = [Measured(lines, frame) for lines, frame in blocks if len(lines) > 1]
    return _are_nearly_all_full(cells) or _cut_words(cells, vocabulary) >= CUT


def _are_nearly_all_full(cells: Sequence[Measured]) -> bool:
    """Whether enough lines of cells are full; it is clear after a few that are not."""
    count = sum(len(cell.lines) - 1 for cell in cells)
    if count < FEW:
        return False
    others = 0
    for cell in cells:
        full, of = cell.full()
        others += of - full
        if count - others <= FULL * count:
            return False
    return True


def _cut_words(cells: Sequence[Measured], vocabulary: Vocabulary) -> int:
    """How many lines end where their cells do, and inside of a word of the document that would
    have fitted on the next one; :data:`CUT` where there are more."""
    cut = 0
    for cell in cells:
        for at, (above, below) in enumerate(pairwise(cell.lines)):
            last, rest = above[-1].text, below[0].text
            if (
                last[-1].isalpha()
                and _goes_on(last[-1], rest[0])
                and is_full(cell.left[at], above, below)
                and not _is_longer(above, below, cell.room)
                and _if_cut(last, rest, vocabulary) == "one"
            ):
                cut += 1
                if cut == CUT:
                    return cut
    return cut


class _Cell(Measured):
    """The same with what tells whether its lines are broken anywhere."""

    def __init__(self, lines: Lines, frame: Rect, anywhere: Callable[[], bool]) -> None:
        super().__init__(lines, frame)
        self._anywhere = anywhere

    @cached_property
    def left_over(self) -> list[float]:
        """What is left of the room by each line."""
        return self.unjustified if self.anywhere else self.left

    @cached_property
    def unjustified(self) -> list[float]:
        """The same where lines are broken anywhere: justified or not, all of them are full."""
        return [self.room - line[-1].end + line[0].start for line in self.lines]

    @cached_property
    def anywhere(self) -> bool:
        """Whether lines are broken where it ends, inside words or not."""
        if self._anywhere():
            return True
        if len(self.lines) <= ANYWHERE:
            return False
        full, count = self.full()
        return full == count


class _Break:
    """The end of a line in its cell. ``page``: a page ends there as well."""

    def __init__(self, cell: _Cell, at: int) -> None:
        self._cell, self._at = cell, at
        self.page = at == len(cell.lines) - 1

    @property
    def room(self) -> float:
        return self._cell.room

    @property
    def left(self) -> float:
        """What is left of the room."""
        return self._cell.left_over[self._at]

    @property
    def anywhere(self) -> bool:
        """Whether lines are broken anywhere; dear, so asked for where it changes the answer."""
        return self._cell.anywhere

    def is_full(self, above: Sequence[Word], below: Sequence[Word]) -> bool:
        """Whether no letter more of the line ``below`` fits on the one that ends here."""
        return is_full(self._cell.left[self._at], above, below) or (
            is_full(self._cell.unjustified[self._at], above, below) and self.anywhere
        )


def _ends(
    lines: Lines, frame: Rect | None, anywhere: Callable[[], bool]
) -> list[_Break] | list[None]:
    if frame is None:
        return [None] * len(lines)
    cell = _Cell(lines, frame, anywhere)
    return [_Break(cell, at) for at in range(len(lines))]


def _verdict(
    above: Sequence[Word],
    below: Sequence[Word],
    before: str,
    end: _Break | None,
    vocabulary: Vocabulary | None,
) -> Verdict:
    """Whether no space stands between two lines.

    ``before`` is the text up to the break, back to its last space. Some producers write the space
    at which they break a line: then there is one.
    """
    first = below[0]
    if first.gap == " " and first.order == above[-1].last_order + 1:
        return "two"
    last, rest = above[-1].text, below[0].text
    if _STOPS.fullmatch(rest) and last[-1].isalnum():
        return "one"
    if _ENDS_IN_SLASH.search(before) and not _ADDRESS.search(before):
        return "one"
    if _SCHEME.match(last + rest) and not _SCHEME.match(last):
        return "one"
    if end is None:
        return "two"
    if vocabulary and rest.startswith("%") and last[-1].isdigit():
        return vocabulary.percent if _is_longer(above, below, end.room) else "two"
    address = _ADDRESS.search(before) is not None
    numerals = _NUMERAL.fullmatch(last) and _NUMERAL.fullmatch(rest)
    broken = len(above) == 1 and _is_broken(last, rest)
    go_on = vocabulary is not None and _may_go_on(last, rest)
    if not (address or numerals or broken or go_on):
        return "two"  # however full the line is: nothing has to be measured
    full = end.is_full(above, below)
    if address:
        if before.endswith(".") and not rest[:1].islower():
            return "two"
        if full and _FILE.search(before) and _WORD.fullmatch(rest):
            return "two" if vocabulary and vocabulary.knows(rest) else "unsure"
        if len(above) == 1 and full:
            return "one"
        if before.endswith(_NEVER_LAST) or (before.endswith(".") and _EXTENSION.match(rest)):
            return "one"
        wrapped = full or (
            before.endswith(_BREAKS_AFTER) and end.left < below[0].rect.width + SLACK
        )
        return "one" if wrapped and _ADDRESS_SIGN.search(rest) is not None else "two"
    if not full:
        if not end.page or vocabulary is None:
            return "two"
        if numerals and last.endswith(","):
            return "one"
        return _at_page_end(last, rest, len(above) == 1, vocabulary)
    if broken or (numerals and len(above) == 1):
        return "one"
    longer = _is_longer(above, below, end.room)
    if numerals and last.endswith((".", ",")) and (longer or end.anywhere):
        return "one" if _GROUPED.fullmatch(last + rest) else "two"
    if vocabulary is None:
        return "two"
    if longer:
        verdict = _by_words(last, rest, len(above) == 1, vocabulary)
    else:
        verdict = _if_cut(last, rest, vocabulary)
        if verdict == "two" and end.page:
            verdict = _at_page_end(last, rest, len(above) == 1, vocabulary)
    otherwise = _by_words(last, rest, True, vocabulary)
    return otherwise if verdict != otherwise and end.anywhere else verdict


def _is_broken(last: str, rest: str) -> bool:
    """Whether two parts, the first alone on its line, are one text wherever that is full."""
    return (
        _NOT_STATED.fullmatch(f"{last} {rest}") is not None
        or _NO_WORD.search(last + rest) is not None
        or _is_broken_word(last, rest)
    )


def _may_go_on(last: str, rest: str) -> bool:
    """Whether the words of a document may make one word of two parts."""
    hyphen_first = _HYPHEN_FIRST.match(rest) is not None and last[-1].isalnum()
    return hyphen_first or _goes_on(last[-1], rest[0], True)


def _is_longer(above: Sequence[Word], below: Sequence[Word], room: float) -> bool:
    """Whether the last word of a line and the first one of the next do not fit on one line, as one
    word."""
    return above[-1].rect.width + below[0].rect.width + 2 * apart(above) > room - SLACK


def _by_words(last: str, rest: str, alone: bool, vocabulary: Vocabulary) -> Verdict:
    """What two parts of a line's text are that fill it, and do not fit on one line together or
    stand where lines are broken anywhere."""
    if _HYPHEN_FIRST.match(rest) and last[-1].isalnum():
        return "one"
    if not _goes_on(last[-1], rest[0], alone):
        return "two"
    return vocabulary.judge(last.lstrip(_OPENING), rest.rstrip(_CLOSING), alone)


def _at_page_end(last: str, rest: str, alone: bool, vocabulary: Vocabulary) -> Verdict:
    """What two parts are between which a page ends: few programs cut words there, but those that
    do leave no other sign than the word itself."""
    verdict = _by_words(last, rest, alone, vocabulary)
    if verdict != "unsure":
        return verdict
    whole = last.lstrip(_OPENING) + rest.rstrip(_CLOSING)
    return "unsure" if vocabulary.knows(whole) or _ODD_END.search(last) else "two"


def _if_cut(last: str, rest: str, vocabulary: Vocabulary) -> Verdict:
    """What two parts are that both fit on the next line together: a word of the document that is
    cut there nonetheless, where neither part is one by itself."""
    if not _goes_on(last[-1], rest[0]):
        return "two"
    last, rest = last.lstrip(_OPENING), rest.rstrip(_CLOSING)
    if not vocabulary.knows(last + rest):
        return "two"
    known = vocabulary.knows(last), vocabulary.knows(rest)
    if all(known):
        return "two"
    return "unsure" if any(known) else "one"


def _goes_on(before: str, after: str, anywhere: bool = False) -> bool:
    """Whether two signs may stand side by side inside of a word or a number; where lines are broken
    anywhere, also inside of a name like ``V2t``."""
    if anywhere and before.isupper() and after.isdigit():
        return True
    if before.isalpha() and after.isalpha():
        return after.islower() or before.isupper()
    if before.isdigit() and after.isalnum():
        return after.isdigit() or after == "o"  # an ordinal's
    return before.isalnum() and after == "-"


def _is_broken_word(last: str, rest: str) -> bool:
    """Whether two parts of a line's only word are no words by themselves.

    A whole word that happens to fill its cell looks the same (a browser makes columns as wide as
    their longest word); only the spelling tells.
    """
    if not (last.isalpha() and last[-1].islower() and rest[0].islower()):
        return False
    if len(last) < SHORTEST or last.lower() in _LIKE_PARTS:
        return False
    found = (_NO_END.search(last), _NO_BEGINNING.match(rest), _SUFFIX.fullmatch(rest))
    return any(match is not None for match in found)
