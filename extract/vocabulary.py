"""The words of a document: what it writes whole somewhere tells a part of a word from a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from typing import Literal

from normalize.text import fold

Verdict = Literal["one", "two", "unsure"]
"""Whether two texts at a line's end and at the next one's beginning are one word or two."""

_BEFORE, _AFTER = r"(?<=[ \u00a0(¿¡\"“«/])", r"(?=[ \u00a0,;:.)?!\"”»/])"
_ALONE = re.compile(r"[tnxyaeou]")
"""Single small letters that stand for themselves: words, and the usual variables of a formula."""


class Vocabulary:
    """The words that stand inside the lines of some pages' texts.

    The first and the last word of a line are none: they may be parts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._knows = cache(self._find)

    @cached_property
    def _lines(self) -> str:
        lines = (line for text in self._texts for line in text.splitlines())
        return "\n".join(map(fold, lines)).casefold()

    def knows(self, word: str) -> bool:
        """Whether the document has a text between spaces or punctuation, inside a line."""
        return self._knows(word.casefold())

    def _find(self, word: str) -> bool:
        if word not in self._lines:
            return False
        return re.search(_BEFORE + re.escape(word) + _AFTER, self._lines) is not None

    def judge(self, last: str, rest: str) -> Verdict:
        """What the end of a line and the beginning of the next one are."""
        whole = self.knows(last + rest)
        words = self.knows(last) and self.knows(rest)
        if whole != words:
            return "one" if whole else "two"
        return "one" if not whole and _is_no_word(last, rest) else "unsure"


def _is_no_word(last: str, rest: str) -> bool:
    """Whether a single letter can only be the end of a word."""
    return len(rest) == 1 and (not _ALONE.fullmatch(rest) or (last + rest).endswith("ón"))
