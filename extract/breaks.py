"""Where a line ends inside a word: an address, a number or a long word that its cell cuts.

A word processor or a browser breaks a line between words, after a hyphen or a slash, and, where a
word is longer than its cell is wide, wherever the cell ends. The first leaves a space that belongs
to the text; the others leave none. (Hyphens: :func:`normalize.text.fold`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.geometry import Rect, union
from extract.page import Char
from normalize.text import join_lines

SLACK = 1.0
"""Points by which a full line may miss what its cell could hold, rounding and kerning apart."""
SHORTEST = 4
"""Letters of a word's first part from which its end tells that it is none (``si``, ``tu``)."""

_ADDRESS = re.compile(r"(?:https?:|www\.)\S*(?<![,;:)»”\"])$", re.IGNORECASE)
_ADDRESS_SIGN = re.compile(r"[/._=?&%#@\d-]\w|/$")
_BREAKS_AFTER = tuple("/?&=-_.")
_NUMERAL = re.compile(r"[$(\-]?[\d.,]+[%)]?")
_NO_WORD = re.compile(r"[@_]")
_NO_END = re.compile(r"(?:[bcfhjpqv]|[bcdfgp][lr]|tr|[iu])$")
_LIKE_PARTS = frozenset({"casi", "espíritu", "tribu", "ímpetu", "taxi", "club", "bloc"})
"""Spanish words of some length do not end so, but for these."""
_NO_BEGINNING = re.compile(r"(?:[lmnrvz][bcdfgjmpqstvxz]|rr|[lmnz]r|[mnrz]l)[^\W\d_]*[aeiouáéíóú]")
"""No Spanish word begins so; what has no vowel is an abbreviation (``mdp``)."""
_SUFFIX = re.compile(
    r"(?:(?:[aeiu]?[cs]|izac)i[oó]n(?:es)?|(?:(?:[ai]?bi)?li|i|ili)?dad(?:es)?|[ai]mientos?)[.,;:)]*"
)
"""Ends of long Spanish words that are no words."""
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENDS_IN_SLASH = re.compile(r"\w/$")

Chars = Sequence[Char]
Lines = Sequence[Sequence[Chars]]


def join_broken(blocks: Iterable[tuple[Lines, Rect | None]]) -> str:
    """The lines of a cell as one folded text.

    A block is lines (of words, of characters) with the cell that broke them, if any; a cell that a
    page break cuts has several.
    """
    lines: list[Sequence[Chars]] = []
    remaining: list[float | None] = []
    for block, frame in blocks:
        room = _room(block, frame) if frame and block else None
        lines.extend(block)
        remaining.extend(room and room - _width(line) for line in block)
    texts = [" ".join(map(_text, line)) for line in lines]
    joined = texts[:1]
    for at, (above, below) in enumerate(pairwise(lines)):
        if _is_one(above, below, joined[-1], remaining[at]):
            joined[-1] += texts[at + 1]
        else:
            joined.append(texts[at + 1])
    return join_lines(joined)


def _text(word: Chars) -> str:
    return "".join(char.text for char in word)


def _width(line: Sequence[Chars]) -> float:
    return line[-1][-1].rect.x1 - line[0][0].rect.x0


def _room(lines: Lines, frame: Rect) -> float:
    """The width that the cell gives to a line: its own without the padding that is seen."""
    starts = [line[0][0].rect.x0 for line in lines]
    left = min(starts) - frame.x0
    right = frame.x1 - max(line[-1][-1].rect.x1 for line in lines)
    padding = left if max(starts) - min(starts) < SLACK else min(left, right)
    return frame.width - 2 * max(padding, 0.0)


def _is_one(
    above: Sequence[Chars],
    below: Sequence[Chars],
    before: str,
    remaining: float | None,
) -> bool:
    """Whether no space stands between two lines.

    ``before`` is the text up to the break, ``remaining`` the room left on the line. Some producers
    write the space at which they break a line: then there is one.
    """
    first = below[0][0]
    if first.gap == " ":
        return False
    last, rest = _text(above[-1]), _text(below[0])
    if _ENDS_IN_SLASH.search(before) and not _ADDRESS.search(before):
        return True
    if _SCHEME.match(last + rest) and not _SCHEME.match(last):
        return True
    if remaining is None:
        return False
    whole = union(char.rect for char in below[0]).width
    full = remaining < first.rect.width + SLACK
    if _ADDRESS.search(before):
        if before.endswith(".") and not rest[:1].islower():
            return False
        if len(above) == 1 and full:
            return True
        wrapped = full or (before.endswith(_BREAKS_AFTER) and remaining < whole + SLACK)
        return wrapped and _ADDRESS_SIGN.search(rest) is not None
    numerals = _NUMERAL.fullmatch(last) and _NUMERAL.fullmatch(rest)
    broken = numerals or _NO_WORD.search(last + rest) or _is_broken_word(last, rest)
    return full and len(above) == 1 and bool(broken)


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
