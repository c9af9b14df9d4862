"""Words of closed lists: a grade that OCR all but read is that grade, and in doubt.

What CONEVAL grades is one of few phrases. A piece that is none of them letter by letter, but nearer
to one than to any other, is taken for it where its readings do not agree, or where it differs only
in signs that look alike (a zero and an O).
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from extract.geometry import union
from extract.grid import Cell
from extract.runs import Char
from extract.words import Word
from normalize.grades import grade_phrases
from normalize.text import match_key

CLOSE, MARGIN = 80.0, 8.0
"""Likeness of a phrase at least, and by how much it is likelier than the next one, of 100."""
SHORTEST = 5
"""Letters of a phrase that can be told by most of them."""
_FIELDS = ("quality", "milestone_status", "target_progress")
_OTHER = (
    *("total general", "enfoque avance", "resultados", "coordinacion", "gestion"),
    *("ascendente", "descendente", "constante", "parametro", "meta para el bienestar"),
)
_ACCENTED = {
    match_key(word): word for word in ("información", "coordinación", "gestión", "parámetro")
}
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b"})


def settle(cell: Cell) -> None:
    """Put the phrase of a closed list that a cell all but says into it; that leaves it in doubt."""
    words = [word for line in cell.lines for word in line]
    read = [match_key(word.text) for word in words]
    phrase = _nearest(" ".join(filter(None, read)), cell.agreed)
    if phrase is None or len(cell.lines) != 1:
        return
    kept = [word for word, key in zip(words, read, strict=True) if key]
    wanted = phrase.split()
    if len(kept) != len(wanted):
        return
    cell.lines = [
        tuple(
            word if match_key(word.text) == own else _respelt(word, own)
            for word, own in zip(kept, wanted, strict=True)
        )
    ]
    cell.agreed = False


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    """The phrases of all lists, for comparing."""
    phrases = [phrase for field in _FIELDS for phrase in grade_phrases(field)]
    return {match_key(phrase): match_key(phrase) for phrase in (*phrases, *_OTHER)}


def _nearest(text: str, agreed: bool) -> str | None:
    known = _phrases()
    if len(text) < SHORTEST or text in known:
        return None
    alike = [phrase for phrase in known if phrase.translate(_ALIKE) == text.translate(_ALIKE)]
    if alike:
        return alike[0]
    if agreed:
        return None
    found = process.extract(text, known, scorer=fuzz.ratio, limit=None, score_cutoff=CLOSE - MARGIN)
    if not found or found[0][1] < CLOSE or len(found[0][0]) < SHORTEST:
        return None
    likeness = found[0][1]
    alike = sorted(phrase for phrase, other, _ in found if other == likeness)
    best = next((phrase for phrase in alike if phrase.endswith("o")), alike[0])
    others = [other for phrase, other, _ in found if _stem(phrase) != _stem(best)]
    return None if others and others[0] > likeness - MARGIN else best


def _stem(phrase: str) -> str:
    """A phrase without the ending that tells gender and number."""
    return phrase.removesuffix("s").rstrip("aeo")


def _respelt(word: Word, key: str) -> Word:
    """A word as it is spelt, in the box and with the capitals of what was read for it."""
    text = _ACCENTED.get(key, key)
    letters = [sign for sign in word.text if sign.isalpha()]
    if len(letters) > 1 and all(sign.isupper() for sign in letters):
        text = text.upper()
    elif letters and (letters[0].isupper() or match_key(letters[0]) != key[0]):
        text = text.capitalize()
    rect = union(char.rect for char in word.chars)
    step, first = rect.width / len(text), word.chars[0]
    return Word(
        tuple(
            Char(
                sign,
                rect._replace(x0=rect.x0 + at * step, x1=rect.x0 + (at + 1) * step),
                first.order + at,
                "" if at else first.gap,
            )
            for at, sign in enumerate(text)
        )
    )
