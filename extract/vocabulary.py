"""The words of a document: what it writes whole somewhere tells a part of a word from a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from extract.geometry import Rect
from extract.hyphenation import SIGNS, Hyphen, Hyphenation
from normalize.text import LINE_END_HYPHENS, fold

if TYPE_CHECKING:  # pages are read with the help of this one's users
    from extract.page import Page
    from extract.runs import Word

Verdict = Literal["one", "two", "unsure"]
"""Whether two texts at a line's end and at the next one's beginning are one word or two."""

_BEFORE, _AFTER = frozenset(' \u00a0(¿¡"“«/'), frozenset(' \u00a0,;:.)?!"”»/')
_ALONE = re.compile(r"[tnxyaeou]")
"""Single small letters that stand for themselves: words, and the usual variables of a formula."""
_COMPLETE = re.compile(r"(?:[csx]i[oó]n(?:es)?|dad(?:es)?|mientos?|mente|ncias?)$", re.IGNORECASE)
"""Ends of words that no other end follows but a plural's."""
SHORT = 4
"""Letters of a word of the document from which it is no part of another, on a line of several."""
_LITTLE = frozenset(
    "al con de del el en es la las lo los no por que se sin su sus un una unas unos".split()
)
"""Shorter words that end a line more often than a part of another does."""
SELDOM = 0.05
"""Part of the signs of percent up to which those that are written another way are slips."""
WHOLE = 5
"""Letters of a word of the document from which it is hardly a part of another."""
_PREFIX = re.compile(
    r"(?:inter|intra|infra|multi|pluri|socio|trans|sub|auto|hidro|tele|geo|agro|bio|eco|micro|macro"
    r"|pre|pos|post|super|sobre|contra|anti|des|acua|electro|aero|ferro|foto|termo|bi|tri|co|re|in"
    r"|extra|neo|pro|ex|vice|radio|medio|foro|neuro|cardio|psico|fito|zoo|etno|semi)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"e?s", re.IGNORECASE)
WORD_GAP = 0.15
"""Gap between two words, in character heights, at least."""
LONG = 9
"""Letters from which a text with several words before it, and several behind it, is a word: ends
and beginnings that words have in common are shorter."""
LEVEL = 0.3
"""Part of its height by which a character on the same line may be lower or higher."""
REACH = 40
"""Characters in which the neighbour of a word stands."""
_HYPHEN_END = re.compile(rf"[{LINE_END_HYPHENS}]\s*")
_JOINED = re.compile(r"[\w-]")
"""What stands beside a part of a longer word."""
_LAST, _FIRST = re.compile(r"\w+\s*\n$"), re.compile(r"\n\s*\w+")


def _neighbour(match: re.Match[str] | None) -> str:
    """The text beyond a line's end; "" where none ends there."""
    return match[0].strip() if match else ""


def _spaced(runs: Sequence[Word]) -> str:
    """The text of a page, each run with the white space before it; a line break only where a line
    ends. (Behind the hyphen at a line's end pdfium gives none, and a space between some lines.)"""
    parts: list[str] = []
    before: Word | None = None
    for run in runs:
        gap, last = run.gap, before or run
        doubtful = gap == "\n" or (gap == " " and not _are_level(last, run))
        if doubtful or (not gap and before and before.chars[-1].text in SIGNS):
            gap = _break(last.rect_at(-1 if before else 0), run.rect_at(0), gap)
        parts += [gap, run.text if run.even else _broken(run)]
        before = run
    return "".join(parts)


def _are_level(before: Word, run: Word) -> bool:
    """Whether two runs are on one line by all of their characters."""
    _, lowest_top, highest, lowest = run.reach
    _, _, other_highest, other_lowest = before.reach
    most = LEVEL * (highest - lowest_top)
    level = lowest - other_highest < most and other_lowest - highest < most
    return level and before.even and run.even


def _broken(run: Word) -> str:
    """A run that may go on in another line behind a hyphen."""
    text = run.chars[0].text
    for before, char in pairwise(run.chars):
        text += _break(before.rect, char.rect, "") if before.text in SIGNS else ""
        text += char.text
    return text


def _break(before: Rect, rect: Rect, gap: str) -> str:
    """What stands between two characters where a line may end, and the file has a ``gap``."""
    height = rect.height
    if abs(rect.bottom - before.bottom) >= LEVEL * height:
        return "\n"
    if gap == " ":
        return " "
    apart = not -height < rect.x0 - before.x1 < WORD_GAP * height
    return "\n" if apart and gap else ""


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


class Vocabulary:
    """The words that stand inside the lines of some pages' texts.

    The first and the last word of a line may be parts: they are words where they are long and
    have several neighbours on the other line.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = list(texts)
        self._knows = cache(self._find)
        self._hyphenation = Hyphenation(self._texts, self.knows)

    @cached_property
    def _lines(self) -> str:
        texts = (_HYPHEN_END.sub("-\n", text) for text in self._texts)
        lines = (line for text in texts for line in text.splitlines())
        return "\n".join(map(fold, lines)).casefold()

    @cached_property
    def _distinct(self) -> str:
        """What stands between spaces, each once: most of what is asked for is soon not in it."""
        return "\n".join(dict.fromkeys(self._lines.split()))

    def see(self, page: Page) -> None:
        """Take a page's words by its geometry: in its text a space may stand between two lines."""
        self._texts[page.number - 1] = _spaced(page.runs)

    def knows(self, word: str) -> bool:
        """Whether the document has a text between spaces or punctuation, inside a line."""
        return self._knows(word.casefold())

    def _find(self, word: str) -> bool:
        if not all(part in self._distinct for part in word.split()):
            return False
        text = self._lines
        ends = ((at, at + len(word)) for at in _places(word, text))
        if any(text[a - 1 : a] in _BEFORE and text[b : b + 1] in _AFTER for a, b in ends):
            return True
        if len(word) < LONG:
            return False
        found: list[tuple[int, int]] = []
        for at in _places(word, text):
            end = at + len(word)
            apart = not (_JOINED.match(text[at - 1 : at]) or _JOINED.match(text, end))
            if apart and (not found or at >= found[-1][1]):
                found.append((at, end))
        before = {_neighbour(_LAST.search(text, max(0, at - REACH), at)) for at, _ in found}
        after = {_neighbour(_FIRST.match(text, end, end + REACH)) for _, end in found}
        return all(len(side) > 1 or "" in side for side in (before, after))

    @cached_property
    def percent(self) -> Verdict:
        """Whether the document writes ``12.5%`` or ``12.5 %``; unsure where it has both."""
        apart, together = (len(re.findall(sign, self._lines)) for sign in (r"\d %", r"\d%"))
        if min(apart, together) > SELDOM * (apart + together):
            return "unsure"
        return "two" if apart > together else "one"

    def hyphen(self, last: str, rest: str) -> Hyphen:
        """Whether the hyphen that ends a line belongs to the text."""
        return self._hyphenation.judge(last, rest)

    def judge(self, last: str, rest: str, alone: bool) -> Verdict:
        """What the end of a line and the beginning of the next one are. ``alone``: nothing
        else is on the line, or lines are broken anywhere."""
        whole, before, after = self.knows(last + rest), self.knows(last), self.knows(rest)
        if whole != (before and after):
            return "one" if whole else "two"
        if whole:
            return "unsure"
        if _is_no_word(last, rest):
            return "one"
        if after and _COMPLETE.search(last) and not _PLURAL.fullmatch(rest):
            return "two"
        if after and len(rest) >= WHOLE and not _PREFIX.fullmatch(last):
            return "two"
        known = before and (len(last) >= SHORT or last.casefold() in _LITTLE)
        return "two" if known and not alone else "unsure"


def _is_no_word(last: str, rest: str) -> bool:
    """Whether a single letter can only be the end of a word."""
    return len(rest) == 1 and (not _ALONE.fullmatch(rest) or (last + rest).endswith("ón"))
