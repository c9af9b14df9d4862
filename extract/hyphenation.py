"""Hyphens that a typesetter put at the ends of lines, told by the words of the document.

Most producers of programmes break lines between words, so that a hyphen at a line's end is the
writer's (``IMSS-BIENESTAR``); some hyphenate (``inves-⏎tigación``), and few of these mark their
hyphens as soft. The document tells which kind it is: by a sign that it has at ends of lines only,
or by words that it writes whole elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Literal

Hyphen = Literal["kept", "soft", "unsure"]
"""Whether a hyphen at a line's end belongs to the text."""

PROVEN = 2
"""Words that a document cuts with a hyphen, and writes whole elsewhere, if it hyphenates."""
SIGNS = "-\u2010"
LINKED = 4
"""Letters of a part that may be a word of its own, before a hyphen that a writer set."""

_AT_END = re.compile(
    r"(?<![^\W\d_])([^\W\d_]++)(?:\x02|[\r\n]*([-\u2010])[^\S\n]*\n)\s*([^\W\d_]+)"
)
"""(A hyphen that a producer writes by itself is a line of its own to pdfium.)"""
_SIGN = re.compile(r"\x02|[-\u2010][^\S\n]*\n")
"""A hyphen at a line's end, whatever is beside it: few pages have one."""
_LAST = re.compile(r"([^\W\d_]+)[-\u2010]$")
_FIRST = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"[-\u2010]\w")


def is_repeated(last: str, rest: str) -> bool:
    """Whether a writer's hyphen stands at a line's end and again where the next one begins.

    So the Real Academia has it (*Ortografía de la lengua española*, 2010, III 3.4.1.1), in order
    that nobody takes it for a typesetter's.
    """
    return bool(_LAST.search(last) and _REPEATED.match(rest))


class Hyphenation:
    """What the texts of a document's pages tell of the hyphens at its lines' ends.

    ``knows`` says whether the document has a word inside of a line.
    """

    def __init__(self, texts: Sequence[str], knows: Callable[[str], bool]) -> None:
        self._texts = texts
        self._knows = knows

    @cached_property
    def _ends(self) -> list[tuple[str, str, str]]:
        """Before, sign and behind of the lines that end in a hyphen between two letters."""
        return [
            (found[1], found[2] or "-", found[3])
            for text in self._texts
            if _SIGN.search(text)
            for found in _AT_END.finditer(text)
        ]

    @cached_property
    def _own_sign(self) -> bool:
        """Whether hyphens at line ends, and no others, have a sign of their own, U+2010."""
        found = sum(sign == "\u2010" for _, sign, _ in self._ends)
        return found >= PROVEN and all(
            text.count("\u2010") == len(re.findall("\u2010[^\\S\\n\\r]*[\\r\\n]", text))
            for text in self._texts
        )

    @cached_property
    def _hyphenates(self) -> bool:
        """Whether words are cut that the document has whole elsewhere."""
        pairs = {
            (before, behind) for before, _, behind in self._ends if _is_one_case(before, behind)
        }
        told = [(self._knows(a + b), self._knows(f"{a}-{b}")) for a, b in pairs]
        cut = sum(whole and not linked for whole, linked in told)
        return cut >= PROVEN and cut > sum(linked and not whole for whole, linked in told)

    def judge(self, last: str, rest: str) -> Hyphen:
        """What the hyphen is with which the text of a line ends. ``rest`` begins the next one."""
        before, behind = _LAST.search(last), _FIRST.match(rest)
        if before is None or behind is None:
            return "kept"
        if self._own_sign:
            return "soft" if last.endswith("\u2010") else "kept"
        if not self._hyphenates:
            return "kept"
        return self._by_words(before[1], behind[0])

    def _by_words(self, before: str, behind: str) -> Hyphen:
        whole, linked = self._knows(before + behind), self._knows(f"{before}-{behind}")
        if whole != linked:
            return "soft" if whole else "kept"
        if whole or not _is_one_case(before, behind):
            return "unsure" if whole else "kept"
        known = len(before) >= LINKED and (before.endswith("o") or self._knows(before))
        return "unsure" if known or before.isupper() else "soft"


def _is_one_case(before: str, behind: str) -> bool:
    """Whether two parts can be those of one word by their case."""
    return behind.islower() or (before.isupper() and behind.isupper() and len(before) > 1)
