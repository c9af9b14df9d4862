"""Labels that are printed abbreviated: "Pob. Atendida", "Mpios. atendidos", "Cumpl. meta int."."""

from __future__ import annotations

import re
from functools import lru_cache

from normalize.text import match_key

SHORTEST = 2
"""Letters from which the beginning of a word and a stop stand for it."""
SKIPPING = 3
"""The same where letters of the word are left out in between ("Mpios.", "Ppto.")."""

_WORD = re.compile(r"[^\W_]+\.?")


def abbreviates(text: str, wording: str) -> bool:
    """Whether a text has every word of a wording (as :func:`match_key` gives it), or an
    abbreviation of it, and at least one abbreviation."""
    if "." not in text:
        return False
    said, own = _words(text), wording.split()
    return (
        len(said) == len(own)
        and all(
            word == whole or (stop and _stands_for(word, whole))
            for (word, stop), whole in zip(said, own, strict=True)
        )
        and any(word != whole for (word, _), whole in zip(said, own, strict=True))
    )


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, bool], ...]:
    """The words of a text, each with whether a stop ends it."""
    found = _WORD.findall(text)
    return tuple((match_key(word), word.endswith(".")) for word in found)


def _stands_for(short: str, whole: str) -> bool:
    if len(short) >= SHORTEST and whole.startswith(short):
        return True
    letters = iter(whole)
    return (
        len(short) >= SKIPPING and short[0] == whole[0] and all(each in letters for each in short)
    )
