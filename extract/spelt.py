"""Words typed letter by letter, with real spaces between the letters: ``p r i v i l e g i o``.

What parts the letters of such a word is a space in the file like any other; on the page it is
clearly narrower than what parts the words. Where that shows, the spaces inside a word are dropped
before any word is built; where it does not, the text stays as it is (``spelt_text`` says so).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # that module asks this one
    from extract.runs import Char, Word

RUN = 4
"""Single letters in a row from which a word is typed letter by letter."""
NARROW, WIDE = 1.4, 1.6
"""Gaps inside words at most, and between words at least, in the narrowest one of their line."""
ALIKE = 1.25
"""How much the narrow gaps of a page's lines may differ, in heights of their type."""
SPACE, COLUMN = 0.6, 2.0
"""Character heights that a space is wide at most, and from which a gap parts two texts."""
MOSTLY = 2 / 3
"""Part of a word's pieces from which it is typed letter by letter if those are single letters."""
LONGEST = 24
"""Letters of a word at most: what is longer is several, with one gap for letters and words, unless
signs join it (an address, a formula of digits, ``asistenciales-preventivos``)."""
FARTHEST, EVEN = 4.5, 2.0
"""Gaps between words at most, in the narrowest one of their line, and in one another: a wider one
may part two cells, and says nothing of how words are typed."""
SURE = 2
"""Lines of a page that show how its words are typed, for those that cannot tell by themselves."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SEVERAL = re.compile(r"\w[,;:()?!]+[^\W\d_]|\.[^\W\d_a-záéíóúüñ]")
"""Signs that end a word, with letters of another behind them."""
BULLETS = frozenset("•·▪●■◦➢✓")
ONE_LETTER_WORDS = frozenset("aeouyAEOUY")
Token = list[int]
"""Positions of a word's characters, as the spaces of the file part them."""


def may_be_spelt(runs: Sequence[Word]) -> bool:
    """Whether any letters of a page (in file order), each by itself, may be such a word; on nearly
    all pages there are none."""
    letters: list[str] = []
    for run in runs:
        if len(run.text) > 1 or not run.text.isalpha():
            letters = []
            continue
        letters = [*letters, run.text] if run.gap == " " else [run.text]
        if len(letters) >= RUN and sum(each not in ONE_LETTER_WORDS for each in letters) > 1:
            return True
    return False


def spelling(chars: Sequence[Char]) -> list[Char]:
    """The characters of a page (in file order), without the spaces inside of such words."""
    lines = [line for line in _lines(chars) if len(line) > 1]
    if not any(_runs(line, chars) for line in lines):
        return list(chars)
    joined: set[int] = set()
    ratios: list[float] = []
    others: list[list[Token]] = []
    for line in lines:
        words = _words(line, chars)
        if words is None:
            others.append(line)
            continue
        ratios.append(_narrowest(line, chars) / _height(line, chars))
        joined.update(token[0] for word in words for token in word[1:])
    if len(ratios) >= SURE:
        usual = median(ratios)
        for line in others:
            joined.update(_by_page(line, chars, usual))
    return [char._replace(gap="") if at in joined else char for at, char in enumerate(chars)]


def _lines(chars: Sequence[Char]) -> Iterator[list[Token]]:
    """The runs of characters on one line that spaces part, as tokens."""
    line: list[Token] = []
    for at, char in enumerate(chars):
        before = chars[at - 1] if at else None
        gap = char.rect.x0 - before.rect.x1 if before else 0.0
        height = char.rect.bottom - char.rect.top
        level = before is not None and abs(char.rect.bottom - before.rect.bottom) < 0.3 * height
        goes_on = char.gap != "\n" and level and -0.5 * height < gap < COLUMN * height
        goes_on = goes_on and not (len(line) == 1 and _is_bullet(line[0], chars))
        if not goes_on:
            if line:
                yield line
            line = [[at]]
        elif char.gap == " ":
            line.append([at])
        else:
            line[-1].append(at)
    if line:
        yield line


def _gaps(line: Sequence[Token], chars: Sequence[Char]) -> list[float]:
    return [chars[b[0]].rect.x0 - chars[a[-1]].rect.x1 for a, b in pairwise(line)]


def _height(line: Sequence[Token], chars: Sequence[Char]) -> float:
    return median(chars[at].rect.height for token in line for at in token)


def _narrowest(line: Sequence[Token], chars: Sequence[Char]) -> float:
    return max(min(_gaps(line, chars)), 0.05 * _height(line, chars))


def _is_letter(token: Token, chars: Sequence[Char]) -> bool:
    return len(token) == 1 and chars[token[0]].text.isalpha()


def _is_bullet(token: Token, chars: Sequence[Char]) -> bool:
    """Whether a token is a sign before a line: what parts it from the text is no gap of words."""
    return len(token) == 1 and chars[token[0]].text in BULLETS


def _is_stray(token: Token, chars: Sequence[Char]) -> bool:
    """Whether a token is a letter that is no word."""
    return _is_letter(token, chars) and chars[token[0]].text not in ONE_LETTER_WORDS


def _runs(line: Sequence[Token], chars: Sequence[Char]) -> bool:
    """Whether several single letters stand in a row that are no words."""
    run, stray = 0, 0
    for token in line:
        if not _is_letter(token, chars):
            run, stray = 0, 0
            continue
        run, stray = run + 1, stray + _is_stray(token, chars)
        if run >= RUN and stray > 1:
            return True
    return False


def _words(line: Sequence[Token], chars: Sequence[Char]) -> list[list[Token]] | None:
    """The tokens of each word of a line that shows how its words are typed."""
    if not _runs(line, chars):
        return None
    narrowest = _narrowest(line, chars)
    gaps = _gaps(line, chars)
    told = all(gap <= NARROW * narrowest or gap >= WIDE * narrowest for gap in gaps)
    between = [gap for gap in gaps if gap >= WIDE * narrowest]
    if not told or len(between) < 2 or narrowest > SPACE * _height(line, chars):
        return None
    if max(between) > min(FARTHEST * narrowest, EVEN * min(between)):
        return None
    words = [[line[0]]]
    for token, gap in zip(line[1:], gaps, strict=True):
        if gap >= WIDE * narrowest:
            words.append([])
        words[-1].append(token)
    return words if all(_is_word(word, chars) for word in words) else None


def _is_word(word: Sequence[Token], chars: Sequence[Char]) -> bool:
    """Whether tokens that narrow gaps part can be one word, and not words typed as usual."""
    if len(word) == 1:
        return True
    text = "".join(chars[at].text for token in word for at in token)
    if len(text) > LONGEST and not _is_joined(text):
        return False
    singles = sum(len(token) == 1 for token in word)
    return singles > MOSTLY * len(word) or _is_stray(word[0], chars)


def _is_joined(text: str) -> bool:
    """Whether signs join the parts of a long word, none of which is too long for one."""
    longest = max(map(len, _LETTERS.findall(text)), default=0)
    return longest <= LONGEST and _SEVERAL.search(text) is None


def _by_page(line: Sequence[Token], chars: Sequence[Char], usual: float) -> Iterator[int]:
    """Where the characters begin that go on a word, in a line that cannot tell by itself: its gaps
    are those that the page's other words have inside, or clearly wider."""
    height = _height(line, chars)
    gaps = [gap / height for gap in _gaps(line, chars)]
    inside = [usual / ALIKE < gap < usual * ALIKE for gap in gaps]
    if not all(within or gap > WIDE * usual for within, gap in zip(inside, gaps, strict=True)):
        return
    words = [[line[0]]]
    for token, within in zip(line[1:], inside, strict=True):
        if not within:
            words.append([])
        words[-1].append(token)
    if all(_is_word(word, chars) for word in words):
        yield from (token[0] for word in words for token in word[1:])
