"""The words of a document: what it writes whole somewhere tells a part of a word from a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

from extract.hyphenation import SIGNS, Hyphen, Hyphenation
from normalize.text import LINE_END_HYPHENS, fold

if TYPE_CHECKING:  # pages are read with the help of this one's users
    from extract.page import Char, Page

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
REACH = 40
"""Characters in which the neighbour of a word stands."""
_HYPHEN_END = re.compile(rf"[{LINE_END_HYPHENS}]\s*")
_LAST, _FIRST = re.compile(r"\w+\s*\n$"), re.compile(r"\n\s*\w+")


def _neighbour(match: re.Match[str] | None) -> str:
    """The text beyond a line's end; "" where none ends there."""
    return match[0].strip() if match else ""


def _spaced(chars: Sequence[Char]) -> str:
    """The characters of a page, each with the white space before it; a line break only where a line
    ends. (Behind the hyphen at a line's end pdfium gives none, and a space between some lines.)"""
    return "".join(
        [
            (
                _break(chars[max(at - 1, 0)], char)
                if char.gap or (at and chars[at - 1].text in SIGNS)
                else char.gap
            )
            + char.text
            for at, char in enumerate(chars)
        ]
    )


def _break(before: Char, char: Char) -> str:
    """What stands between two characters where a line may end."""
    height = char.rect.height
    if abs(char.rect.bottom - before.rect.bottom) >= 0.3 * height:
        return "\n"
    if char.gap == " ":
        return " "
    apart = not -height < char.rect.x0 - before.rect.x1 < WORD_GAP * height
    return "\n" if apart and char.gap else ""


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

    def see(self, page: Page) -> None:
        """Take a page's words by its geometry: in its text a space may stand between two lines."""
        self._texts[page.number - 1] = _spaced(page.chars)

    def knows(self, word: str) -> bool:
        """Whether the document has a text between spaces or punctuation, inside a line."""
        return self._knows(word.casefold())

    def _find(self, word: str) -> bool:
        text = self._lines
        ends = ((at, at + len(word)) for at in _places(word, text))
        if any(text[a - 1 : a] in _BEFORE and text[b : b + 1] in _AFTER for a, b in ends):
            return True
        if len(word) < LONG or word not in text:
            return False
        found = list(re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))
        before = {
            _neighbour(_LAST.search(text, max(0, at.start() - REACH), at.start())) for at in found
        }
        after = {_neighbour(_FIRST.match(text, at.end(), at.end() + REACH)) for at in found}
        return all(len(side) > 1 or "" in side for side in (before, after))

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
