"""Which documents speak of one programme.

Documents belong together when they name the same programme (of the same institution, where both
print one) and their periods overlap: the Fichas de Monitoreo print 2019-2024 where the programme
prints 2020-2024. A programme document and a Ficha de Monitoreo are of the programme that their
title names; a Diagnóstico is of those whose objectives or indicators it counts. A Ficha de
Monitoreo of a budget programme speaks of its institution and belongs to no derived programme.

Names must agree word by word. A false link accuses two documents of contradicting each other when
they speak of different things; a missed one is recorded as such.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from normalize.schema import Document, Family, Figure
from normalize.text import programme_id_of, slug

LIKENESS = 88
"""Likeness (0 to 100, rapidfuzz ``ratio``) at which two long words differ by a slip only."""
LONG = 6
"""Letters from which a word may have a slip: "salud" and "saldo" are two words."""
ACRONYM = 3
"""Letters that an acronym has at least."""
COUNTED = ("objective_count", "indicator_count")
"""The figures whose subject names a programme in a Diagnóstico."""

TITLED: tuple[Family, ...] = ("programa_derivado", "ficha_monitoreo_programa")
"""The families whose title names their programme."""
COUNTING: Family = "diagnostico_monitoreo"
"""The family that counts the objectives and indicators of programmes."""

_SMALL = frozenset("a al de del e el en la las los para por y".split())
_DERIVED = re.compile(r"-derivad[oa]-del?-(?:plan-nacional-de-desarrollo|pnd)\b.*")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")

Words = tuple[str, ...]
Period = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as a document names it: the words of its name and its years."""

    words: Words
    period: Period | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What decides which documents belong together."""

    document_id: str
    family: Family
    institution: Words
    programmes: tuple[Programme, ...]


def identity_of(document: Document, figures: Iterable[Figure] = ()) -> Identity:
    """The identity of a document; ``figures`` are needed of a Diagnóstico only."""
    return identify(
        document.document_id,
        document.family,
        document.title or document.programme_id,
        document.institution,
        document.period_start,
        document.period_end,
        (figure.subject for figure in figures if figure.figure in COUNTED),
    )


def identify(
    document_id: str,
    family: Family,
    title: str | None,
    institution: str | None,
    period_start: int | None,
    period_end: int | None,
    subjects: Iterable[str] = (),
) -> Identity:
    """As :func:`identity_of`, from what it needs; ``subjects`` are those of :data:`COUNTED`."""
    period = _period(period_start, period_end)
    programmes: list[Programme] = []
    if family in TITLED:
        programmes.append(Programme(words_of(title), period))
    elif family == COUNTING:
        for subject in sorted({each.partition("#")[0] for each in subjects} - {""}):
            years = [int(year) for year in _YEAR.findall(subject)]
            own = (min(years), max(years)) if years else period
            programmes.append(Programme(words_of(subject), own))
    named = tuple(each for each in programmes if each.words)
    return Identity(document_id, family, words_of(institution), named)


def _period(start: int | None, end: int | None) -> Period | None:
    return (start, end) if start is not None and end is not None else None


@lru_cache(maxsize=8192)
def words_of(name: str | None) -> Words:
    """The words of a name that tell it from others: no years, acronyms in brackets, small words.

    >>> words_of("Programa Institucional del IMSS (PIIMSS) 2020-2024")
    ('programa', 'institucional', 'imss')
    """
    identifier = _DERIVED.sub("", slug(programme_id_of(name) or ""))
    return tuple(word for word in identifier.split("-") if word and word not in _SMALL)


def together(one: Identity, other: Identity) -> bool:
    """Whether two documents speak of one programme."""
    if one.document_id == other.document_id:
        return False
    if one.institution and other.institution and not same_name(one.institution, other.institution):
        return False
    return any(
        _overlap(a.period, b.period) and same_name(a.words, b.words)
        for a in one.programmes
        for b in other.programmes
    )


class Linked:
    """Documents by the programmes that they name, to be asked which stand beside one.

    Names are looked up by their initials, so that asking costs the same however many there are.
    """

    def __init__(self, identities: Iterable[Identity]) -> None:
        self.by_id = {each.document_id: each for each in identities}
        self._by_initials: defaultdict[str, list[tuple[Words, Identity]]] = defaultdict(list)
        for each in self.by_id.values():
            for words in {programme.words for programme in each.programmes}:
                for initials in initials_of(words):
                    self._by_initials[initials].append((words, each))

    def beside(self, identity: Identity) -> frozenset[str]:
        """The documents that speak of a programme of this one."""
        names = {programme.words for programme in identity.programmes}
        return frozenset(
            each.document_id
            for name in names
            for initials in initials_of(name)
            for words, each in self._by_initials.get(initials, ())
            if same_name(words, name) and together(identity, each)
        )


@lru_cache(maxsize=8192)
def initials_of(words: Words) -> frozenset[str]:
    """The initials of a name, and those with one of its words taken for an acronym.

    Names that are the same share one of them.

    >>> sorted(initials_of(("instituto", "imss")))
    ['ii', 'iimss', 'institutoi']
    """
    plain = [word[0] for word in words]
    found = {"".join(plain)} - {""}
    for at, word in enumerate(words):
        if len(word) >= ACRONYM and word.isalpha():
            found.add("".join([*plain[:at], word, *plain[at + 1 :]]))
    return frozenset(found)


def counts_it(subject: str, programme: Identity) -> bool:
    """Whether the subject of a figure names the programme of a document, whatever its years."""
    words = words_of(subject.partition("#")[0])
    return any(same_name(words, each.words) for each in programme.programmes)


def _overlap(one: Period | None, other: Period | None) -> bool:
    """Whether two periods share a year. An unknown one does not: each administration has a
    programme of the same name."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


@lru_cache(maxsize=65536)
def same_name(one: Words, other: Words) -> bool:
    """Whether two names have the same words in the same order.

    An acronym stands for the words whose initials it is (IMSS, Instituto Mexicano del Seguro
    Social), one in each name; a long word may have a slip, but not in its first letter.
    """
    return bool(initials_of(one) & initials_of(other)) and _aligned(one, other)


def _aligned(one: Words, other: Words) -> bool:
    if not one or not other:
        return not one and not other
    if _same_word(one[0], other[0]):
        return _aligned(one[1:], other[1:])
    for short, long, swapped in ((one, other, False), (other, one, True)):
        size = _spelt_out(short[0], long)
        if size:
            rest = (long[size:], short[1:]) if swapped else (short[1:], long[size:])
            if _aligned(*rest):
                return True
    return False


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    long = min(len(one), len(other)) >= LONG and one[0] == other[0]
    return long and one.isalpha() and other.isalpha() and fuzz.ratio(one, other) >= LIKENESS


def _spelt_out(acronym: str, words: Sequence[str]) -> int:
    """How many words an acronym stands for at the head of ``words``; 0 where it does not."""
    size = len(acronym)
    run = words[:size]
    initials = "".join(word[0] for word in run)
    return size if size >= ACRONYM and len(run) == size and initials == acronym else 0
