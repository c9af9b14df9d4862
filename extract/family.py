"""The cheap text of all pages: which of them can hold a ficha, and whose programme it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.page import Page, read_page
from extract.pdf import Pdf
from extract.template import Template
from extract.types import Printed, RawFicha
from extract.words import Word, lines_of, printed, words_piece
from normalize.text import fold, match_key

CLOSE = 88.0
"""Likeness (0 to 100) from which a page's text holds a wording somewhere."""
FRONT = 3
"""Pages at the start where the programme's own title is printed."""
FRONT_WEIGHT = 3
"""How much more a title weighs there: a programme cites others further on."""

MARK = 17
"""Letters from which a label is rare enough in prose to tell a page of a ficha."""

_PLACE = re.compile(r"\{\w+\}")
_KINDS = "Institucional|Sectorial|Especial|Regional|Nacional"
_TITLE = re.compile(
    rf"\b(?P<title>Programa\s+(?:{_KINDS})\b[^.;:\d]{{3,160}}?)"
    r"\s*,?\s*(?P<start>20\d\d)\s*[-–—]\s*(?P<end>20\d\d)",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\s*\([^()]*\)")
_OTHER_PLAN = re.compile(r"plan nacional de desarrollo|derivado del", re.IGNORECASE)
_BRANCH = re.compile(r"^\s*\d{1,3}\s*[.\-–—]*\s*(?P<name>\D.*?)(?=\s+\w{3}\s*[.\-–—]|$)")
_INSTITUTIONAL = re.compile(
    r"^Programa\s+Institucional\s+(?:del\s+|de\s+la\s+|de\s+los\s+|de\s+las\s+|de\s+)?(?P<name>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose programme a document is. ``period`` are its first and last year."""

    title: Printed | None = None
    institution: Printed | None = None
    period: tuple[int, int] | None = None
    period_printed: Printed | None = None


def candidate_pages(texts: Sequence[str], template: Template) -> list[int]:
    """Pages (from 1) that can hold a ficha or a part of one, in order; none without a start.

    After a page with a start come the pages that hold labels, one more where they end (for the
    rest of a cut row), and a page without any between two with labels.
    """
    keys = [match_key(text) for text in texts]
    starts = [match_key(wording) for wording in template.start]
    marks = {
        match_key(_PLACE.sub("", label.wordings[0])): label.at in ("none", "grid")
        for label in template.labels
    }
    begins = [_holds(key, starts) for key in keys]
    goes_on = [
        begin or any(mark in key and (title or len(mark) > MARK) for mark, title in marks.items())
        for begin, key in zip(begins, keys, strict=True)
    ]
    pages: list[int] = []
    reach = -1
    for index in range(len(keys)):
        if begins[index]:
            reach = index + 2
        elif index <= reach and goes_on[index]:
            reach = max(reach, index + 1)
        if index <= reach and (index < reach or begins[index - 1] or goes_on[index - 1]):
            pages.append(index + 1)
    return pages


def _holds(key: str, wordings: Sequence[str]) -> bool:
    """Whether a page's text holds one of some wordings, up to slips."""
    if any(wording in key for wording in wordings):
        return True
    longest = max(wordings, key=len)
    return fuzz.partial_ratio(longest, key, score_cutoff=CLOSE) > 0


def identify(pdf: Pdf, texts: Sequence[str], fichas: Sequence[RawFicha], reader: str) -> Identity:
    """Title and period as the document prints them most, and the institution.

    The institution is the one that the title names, or else the one that most fichas make
    responsible. Everything is ``None`` where nothing of the kind is printed.
    """
    weights: Counter[tuple[str, int, int]] = Counter()
    pages: dict[tuple[str, int, int], list[int]] = {}
    for number, text in enumerate(texts, start=1):
        for key in {_title_key(match) for match in _titles(fold(text))}:
            weights[key] += FRONT_WEIGHT if number <= FRONT else 1
            pages.setdefault(key, []).append(number)
    if not weights:
        return Identity(institution=_responsible(fichas, reader))
    key = max(weights, key=lambda k: (weights[k], -pages[k][0]))
    title = period = None
    for number in pages[key][:FRONT]:
        title, period = _locate(read_page(pdf, number), key, reader)
        if title is not None:
            break
    institution = _named_institution(title, reader) if title else None
    return Identity(title, institution or _responsible(fichas, reader), (key[1], key[2]), period)


def _titles(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in _TITLE.finditer(text)
        if not _OTHER_PLAN.search(match["title"]) and int(match["start"]) < int(match["end"])
    ]


def _title_key(match: re.Match[str]) -> tuple[str, int, int]:
    title = match_key(_ACRONYM.sub("", match["title"]))
    return title, int(match["start"]), int(match["end"])


def _locate(
    page: Page, key: tuple[str, int, int], reader: str
) -> tuple[Printed | None, Printed | None]:
    """Title (without acronym and years) and period where they stand on the page, line by line."""
    placed = [(word, line) for line, words in enumerate(lines_of(page.chars)) for word in words]
    starts: list[int] = []
    text = ""
    for word, _ in placed:
        starts.append(len(text))
        text += word.text + " "
    for match in _titles(text):
        if _title_key(match) != key:
            continue
        gaps = [(m.start(), m.end()) for m in _ACRONYM.finditer(text, *match.span("title"))]
        title: list[tuple[Word, int]] = []
        period: list[tuple[Word, int]] = []
        for start, (word, line) in zip(starts, placed, strict=True):
            if match.start("start") - len(word.text) < start < match.end("end"):
                period.append((word, line))
            elif match.start("title") <= start < match.end("title") and not any(
                a <= start < b for a, b in gaps
            ):
                title.append((word, line))
        return _by_line(page, title, reader), _by_line(page, period, reader)
    return None, None


def _by_line(page: Page, words: Sequence[tuple[Word, int]], reader: str) -> Printed:
    """Words of running text as one printed text, a piece per line."""
    lines: dict[int, list[Word]] = {}
    for word, line in words:
        lines.setdefault(line, []).append(word)
    return printed([words_piece(page, line) for line in lines.values()], reader)


def _part(whole: Printed, text: str, reader: str) -> Printed:
    """A part of a printed text, with the boxes of the whole."""
    return Printed(text, whole.pieces, reader)


def _named_institution(title: Printed, reader: str) -> Printed | None:
    match = _INSTITUTIONAL.match(title.text)
    return _part(title, match["name"], reader) if match else None


def _responsible(fichas: Sequence[RawFicha], reader: str) -> Printed | None:
    """The branch that most fichas make responsible: the name after its number."""
    units = [
        ficha.fields["responsible_unit"] for ficha in fichas if "responsible_unit" in ficha.fields
    ]
    named = [(match["name"], unit) for unit in units if (match := _BRANCH.match(unit.text))]
    if not named:
        return None
    name, _ = Counter(name for name, _ in named).most_common(1)[0]
    return next(_part(unit, name, reader) for other, unit in named if other == name)
