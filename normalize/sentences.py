"""Spanish prose cut into sentences, and written so that patterns can be laid over it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 3000
"""Characters that no sentence exceeds: what is longer is kept, and not read for what it states."""

_ABBREVIATIONS = frozenset(
    """op núm num no nos nro art arts pág pag págs pp p párr fig figs cap caps inc fracc vol ed
    sr sra dr dra lic ing mtro mtra prof c cc cd av col edo mpio dto depto dep sec subsec tel ext
    aprox máx mín max min ej vs etc cf cfr ibid op.cit u.s ee uu s.a n.d n.a m.n c.p""".split()
)
"""What a stop ends without ending the sentence ("Op. de mejora", "núm. 3")."""
_MAY_END = frozenset({"etc", "n.d", "n.a", "s.a", "m.n", "c.p", "uu", "mín", "máx", "min", "max"})
"""Of these, the ones that also close sentences: a capital letter after them begins a new one."""

_STOP = re.compile(r"[.!?…]+[\"»”’)\]]*(?=\s)")
_BEGINS = re.compile(r"\s+(?:[-–—•▪●■·*]\s*)?[\"«“‘(\[¿¡]*(?P<first>[^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[«“\"¿¡]*$")
_BULLET = re.compile(r"[-–—•▪●■·]\s+")


def _plain(letter: str) -> str:
    if letter in "ñÑ":
        return "ñ"
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return bare if len(bare) == 1 else letter


_PLAIN = {code: _plain(chr(code)) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250))}
"""Capitals and the Latin letters with marks."""


def plain_text(text: str) -> str:
    """The text in small letters without accents, every character in its place (``ñ`` stays).

    >>> plain_text("El 67 % está RAZONABLEMENTE")
    'el 67 % esta razonablemente'
    """
    return text.translate(_PLAIN)


def sentences(text: str) -> list[str]:
    """The sentences of a folded text, in its order, without the bullets that head them.

    A stop inside a number, after an abbreviation, an initial or the enumerator of a heading
    (``3. Trabajar``) ends none, nor does one before a small letter.

    >>> sentences("Son 3.5 puntos. El núm. 2 está en Op. de mejora; no llegó.")
    ['Son 3.5 puntos.', 'El núm. 2 está en Op. de mejora; no llegó.']
    """
    found = []
    for part in _parts(text):
        sentence = _BULLET.sub("", part.strip(), count=1) if _BULLET.match(part.strip()) else part
        if sentence.strip():
            found.append(sentence.strip())
    return found


def _parts(text: str) -> Iterator[str]:
    start = 0
    for match in _STOP.finditer(text):
        begins = _BEGINS.match(text, match.end())
        if begins is None or not _ends(text[start : match.start()], begins["first"], match[0]):
            continue
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]


def _ends(before: str, first: str, stop: str) -> bool:
    """Whether a stop after ``before`` ends a sentence, the next word beginning with ``first``."""
    if not first.isupper() and not first.isdigit():
        return False
    if not stop.startswith(".") or stop.startswith(".."):
        return True
    last = _LAST_WORD.search(before)
    word = last[0].lower() if last else ""
    if word in _ABBREVIATIONS:
        return word in _MAY_END and first.isupper()
    if len(word) == 1 and word.isalpha():  # an initial
        return False
    return not (word.isdigit() and before.strip() == word)
