"""Whose Diagnóstico it is: title, institution and year, from cover, running heads and annex."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.diagnosis_annex import Annex
from extract.report_flow import Line, rows_of
from extract.segments import Segment
from extract.types import Printed, Problem, RawDocument
from extract.words import Line as Words
from extract.words import block_piece, printed
from normalize.text import fold, match_key

SAME = 90.0
"""Likeness (0 to 100) from which two names are one."""
COVERS = 3
"""Pages at the start, one of which is the cover."""
NEAR = 4.0
"""Line heights between title and institution on the cover."""
SAME_SIZE = 0.12
"""Part by which the heights of two lines of one title differ at most."""

_CHAPTER = re.compile(r"(?:\d+ )?(?:introduccion|presentacion|indice|contenido)")
_TITLE = re.compile(
    r"(?P<title>Diagn[oó]stico\s+de\s+Monitoreo\b.{0,80}?\b(?P<year>20\d\d))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def identify(
    raw: RawDocument, pages: Sequence[Sequence[Segment]], annexes: Sequence[Annex], reader: str
) -> None:
    """Fill in title, institution, period and programme.

    The institution is what stands under the title on the cover, behind it in the running heads, or
    in the annex of the institution; where they differ, the one that most of them print.
    """
    found: list[Printed] = []
    for page in pages:
        title = _title(page)
        if title is None:
            continue
        lines, match = title
        if raw.title is None:
            _entitle(raw, lines, match, reader)
            if page[0].page.number <= COVERS:
                found += _below(lines, page, reader)
        found += _behind(lines, match, reader)
    found += _annexed(annexes, reader)
    raw.institution = _most(found)
    if raw.title is None or raw.institution is None:
        raw.problems.append(_missing())
        return
    raw.programme = fold(raw.institution.text)


def _title(page: Sequence[Segment]) -> tuple[list[Line], re.Match[str]] | None:
    """The lines of a page's title, up to its year, and what they say."""
    rows = rows_of(page)
    for at, row in enumerate(rows):
        if not match_key(_said([row])).startswith("diagnostico de monitoreo"):
            continue
        for end in range(at + 1, min(at + 5, len(rows) + 1)):
            match = _TITLE.match(_said(rows[at:end]))
            if match:
                return rows[at:end], match
    return None


def _said(rows: Sequence[Line]) -> str:
    return " ".join(word.text for row in rows for each in row for word in each.words)


def _entitle(raw: RawDocument, lines: Sequence[Line], match: re.Match[str], reader: str) -> None:
    length = match.end("title")
    raw.title = _cut(lines, 0, length, reader)
    year = int(match["year"])
    raw.period = (year, year)
    raw.period_printed = _cut(lines, match.start("year"), match.end("year"), reader)


def _cut(lines: Sequence[Line], start: int, end: int, reader: str) -> Printed:
    """The words between two places of the lines' text, a box for each line."""
    pieces = []
    at = 0
    for row in lines:
        kept = []
        for each in row:
            for word in each.words:
                if at < end and at + len(word.text) > start:
                    kept.append(word)
                at += len(word.text) + 1
        if kept:
            pieces.append(block_piece(row[0].page, [tuple(kept)]))
    return printed(pieces, reader)


def _behind(lines: Sequence[Line], match: re.Match[str], reader: str) -> list[Printed]:
    """The name behind the title in a running head."""
    rest = match["rest"].strip(" -–—|.,")
    if not _is_name(rest):
        return []
    start = match.start("rest") + match["rest"].index(rest)
    return [_cut(lines, start, start + len(rest), reader)]


def _below(lines: Sequence[Line], page: Sequence[Segment], reader: str) -> list[Printed]:
    """The name under the title on the cover: lines of one size."""
    bottom = max(each.rect.bottom for row in lines for each in row)
    rows = [row for row in rows_of(page) if min(each.rect.top for each in row) >= bottom - 2]
    name: list[Words] = []
    height = 0.0
    for row in rows:
        top = min(each.rect.top for each in row)
        size = max(each.height for each in row)
        if top - bottom > NEAR * size or (height and abs(size - height) > SAME_SIZE * height):
            break
        if _CHAPTER.fullmatch(match_key(_said([row]))):
            break
        name.append(tuple(word for each in row for word in each.words))
        height, bottom = size, max(each.rect.bottom for each in row)
    if not name:
        return []
    found = printed([block_piece(rows[0][0].page, name)], reader)
    return [found] if _is_name(found.text) else []


def _annexed(annexes: Sequence[Annex], reader: str) -> list[Printed]:
    """The institution that its own annex names."""
    found = []
    for annex in annexes:
        column = annex.columns.get("institution")
        own = [
            each
            for each in annex.segments
            if column is not None
            and annex.rows
            and each.rect.top > column.top + each.height
            and column.x0 - each.height
            < (each.rect.x0 + each.rect.x1) / 2
            < column.x1 + each.height
        ]
        own = [each for each in own if not match_key(each.text).startswith("dependencia")]
        if own and annex.is_of_institution and len(annex.rows) == 1:
            lines = [each.words for each in own]
            found.append(printed([block_piece(own[0].page, lines)], reader))
    return found


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 < len(words) < 20 and text[:1].isupper() and not any(c.isdigit() for c in text)


def _most(found: Sequence[Printed]) -> Printed | None:
    """The first of the names that most of the places print."""

    def votes(name: Printed) -> int:
        return sum(
            fuzz.ratio(match_key(name.text), match_key(other.text)) >= SAME for other in found
        )

    return max(found, key=votes, default=None)


def _missing() -> Problem:
    return Problem(
        "REA01",
        "",
        "No se encontró de qué dependencia es el diagnóstico, o de qué año.",
        "Which institution the report is about, or of which year, was not found.",
    )
