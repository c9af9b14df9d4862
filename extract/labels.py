"""Finds a template's labels in printed text: accents, case, line breaks and slips are forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from extract.template import Label, Template
from normalize.text import match_key

CLOSE = 86.0
"""Least likeness (rapidfuzz ratio, 0 to 100) of a printed label and a declared wording."""
EXACT = 100.0
"""Likeness of a label that is worded as declared."""
SHORT = 10
"""Letters up to which a wording allows one slip only: ``Tipo`` and ``Año`` are near many words."""
LONG, CLOSER = 30, 93.0
"""Letters from which a wording allows a digit that is none of its own, and its likeness then."""
LONGEST = 160
"""Letters beyond which a text is no label."""
YEAR_LENGTH = 26
"""Characters that a year may have with its marks (``2018*``, ``dic. 2018``, ``2018 (línea
base)``)."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,2}(?![\d.,]*\d)")
_STRAY = re.compile(r"(?<!\w)\d(?!\w)")
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_NO_NUMBER = "0"
"""Stands for a dotted key (``Parámetro 1.2``), which is not the number of an objective."""
_LITTLE = frozenset("de del la el los las en o y al".split())
"""Words that an abbreviated label may leave out."""
STOPPED = 3
"""Characters of an abbreviation, its stop included, that tell too little."""
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Match:
    """A label found in a text, by one of its wordings (as a key). ``numbers`` are its
    placeholders' digits, by placeholder."""

    label: Label
    wording: str
    score: float
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """A heading: how many of its words are the measure, and the digits of its placeholders."""

    measure_words: int
    numbers: dict[str, str]
    score: float = 100.0


def number_in(text: str, place: str) -> str | None:
    """The digits that fill a placeholder: a year for ``year``, else the last small number."""
    found = _YEAR.findall(text) if place == "year" else _NUMBER.findall(_YEAR.sub(" ", text))
    return found[-1] if found else None


def is_year(text: str) -> bool:
    """Whether a text is one year, with no more than a mark beside it."""
    return len(_YEAR.findall(text)) == 1 and len(text) <= YEAR_LENGTH


def are_years(texts: Iterable[str]) -> bool:
    """Whether the cells of a row are years: some are, and no other has digits."""
    with_digits = [text for text in texts if any(sign.isdigit() for sign in text)]
    return bool(with_digits) and all(map(is_year, with_digits))


def count_across(rows: Iterable[Sequence[str]]) -> int:
    """How many rows of a series, headings included, have each year beside its value and not over
    it; 0 where they do not.

    A value may look like a year, so most rows must show it; rows without digits are headings.
    """
    across, count, end = 0, 0, 0
    for at, row in enumerate(rows, start=1):
        if any(sign.isdigit() for text in row for sign in text):
            if len(row) % 2 or not all(map(is_year, row[::2])):
                break
            count, end = count + 1, at
            across += any(text and not is_year(text) for text in row[1::2])
    return end if 2 * across > count else 0


def _wording_key(wording: str) -> str:
    return match_key(_PLACE.sub(lambda m: f" {_mark(m[1])} ", wording))


@lru_cache(maxsize=4096)
def _text_key(text: str) -> str:
    years_marked = _YEAR.sub(f" {_mark('year')} ", text)
    return match_key(_NUMBER.sub(f" {_mark('n')} ", years_marked))


def _squeezed(key: str) -> str:
    return key.replace(" ", "")


def _mark(place: str) -> str:
    """A stand-in for a number, long enough to weigh in the likeness of two texts."""
    return "yyyyyy" if place == "year" else "nnnn"


class Matcher:
    """Matches texts against one template. Keeps the keys of all its wordings."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._labels = {
            _wording_key(wording): label for label in template.labels for wording in label.wordings
        }
        self._squeezed = [_squeezed(wording) for wording in self._labels]
        self._starts = dict.fromkeys(map(_wording_key, template.start))
        self._headings = {
            _wording_key(f"{measure} {ending}"): (len(measure.split()), _PLACE.findall(ending))
            for heading in template.headings
            for measure, ending in product(heading.measure, heading.endings)
        }
        self.match = lru_cache(maxsize=4096)(self._match)
        """The label that a text is, or ``None``; cached, since cells repeat."""
        self.start = lru_cache(maxsize=4096)(self._start)
        """The likeness of a text and the title with which a ficha begins; 0 where it is none."""

    def _match(self, text: str) -> Match | None:
        found = _closest(text, self._labels) or _shortened(text, self._labels)
        if found is None:
            return None
        label = self._labels[found[0]]
        places = {place for wording in label.wordings for place in _PLACE.findall(wording)}
        numbers = {place: digits for place in places if (digits := number_in(text, place))}
        return Match(label, *found, numbers)

    def begins(self, text: str) -> bool:
        """Whether a text is the beginning of a label, or a whole one, worded as declared; its words
        may be cut."""
        key = _squeezed(_text_key(text))
        return bool(key) and any(wording.startswith(key) for wording in self._squeezed)

    def is_start(self, text: str) -> bool:
        """Whether the text is the title with which a ficha begins."""
        return self.start(text) > 0

    def _start(self, text: str) -> float:
        found = _closest(text, self._starts)
        return found[1] if found else 0.0

    def heading(self, text: str) -> HeadingMatch | None:
        """The heading that a text is, if any."""
        text = _DOTTED.sub(_NO_NUMBER, text)
        found = _closest(text, self._headings)
        if found is None:
            return None
        words, places = self._headings[found[0]]
        digits = _NUMBER.findall(text)
        if len(digits) != len(places):
            return None
        numbers = {p: d for p, d in zip(places, digits, strict=True) if d != _NO_NUMBER}
        return HeadingMatch(words, numbers, found[1])


def _shortened(text: str, labels: Mapping[str, Label]) -> tuple[str, float] | None:
    """The wording whose words a text shortens (``Unid. de med.``), if it is those of one label.

    Little words may be left out; each word that ends in a stop begins the wording's word.
    """
    if "." not in text or len(text) > LONGEST:
        return None
    words = [word for word in _text_key_stops(text).split() if word not in _LITTLE]
    if not any(len(word) > STOPPED and word.endswith(".") for word in words):
        return None
    found = [wording for wording in labels if _shortens(words, _main_words(wording))]
    if len({id(labels[wording]) for wording in found}) != 1:
        return None
    return found[0], 100.0


def _text_key_stops(text: str) -> str:
    """A text's key in which the stops of its abbreviations stand."""
    return " ".join(
        _text_key(word) + ("." if word.rstrip(":").endswith(".") else "") for word in text.split()
    )


def _shortens(words: Sequence[str], whole: Sequence[str]) -> bool:
    return len(words) == len(whole) and all(
        own == full or (own.endswith(".") and len(own) > STOPPED and full.startswith(own[:-1]))
        for own, full in zip(words, whole, strict=True)
    )


@cache
def _main_words(wording: str) -> list[str]:
    return [word for word in wording.split() if word not in _LITTLE]


def _closest(text: str, keys: Mapping[str, object]) -> tuple[str, float] | None:
    """The wording that a text comes closest to, with its likeness, if it is close enough."""
    if not text or len(text) > LONGEST:
        return None
    key = _text_key(text)
    if key in keys:
        return key, 100.0  # what the search below finds, and most labels are
    found = _nearest(key, keys)
    if found is None and len(key) >= LONG and len(_STRAY.findall(text)) == 1:
        found = _nearest(match_key(text), keys)  # a letter that OCR took for a digit
        found = found if found and found[1] >= CLOSER and len(found[0]) >= LONG else None
    return found


def _nearest(key: str, keys: Mapping[str, object]) -> tuple[str, float] | None:
    found = process.extractOne(key, list(keys), scorer=fuzz.ratio, score_cutoff=75.0)
    if found is None:
        return None
    wording, score = found[0], found[1]
    if _squeezed(key) == _squeezed(wording):
        score = EXACT  # a narrow cell cuts words
    for place in ("n", "year"):
        if (_mark(place) in key) != (_mark(place) in wording):
            return None
    if len(wording) <= SHORT:
        slips = 1 if len(wording) > 3 else 0
        near = Levenshtein.distance(key, wording, score_cutoff=slips) <= slips
        return (wording, score) if near else None
    return (wording, score) if score >= CLOSE else None
