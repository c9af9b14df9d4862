"""Whose ficha it is: programme, institution, years and key, from the head and foot of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.budget_labels import KEY
from extract.labelled import Found, follows
from extract.paragraphs import Paragraph
from extract.segments import Segment, segment
from extract.types import Printed, Problem, RawDocument
from extract.words import block_piece, printed
from normalize.text import fold

SAME_SIZE = 0.1
"""Part by which the heights of two lines of one title differ at most."""
SPACED = 0.3
"""By how much, in line heights, the gap above a paragraph is wider than that between its lines."""
PROSE = 110
"""Letters from which a text at the head of the page says what the programme is for."""

_YEARS = r"(?P<start>20\d\d)(?:\s*[-–—/]\s*(?P<end>20\d\d|\d\d))?"
_HEADING = re.compile(
    rf"fichas? (?:inicial )?de monitoreo(?: y evaluaci[oó]n)?(?:\s*{_YEARS})?", re.IGNORECASE
)
_ONLY_YEARS = re.compile(_YEARS)
_INSTITUTION = re.compile(
    r"(?:instituto|secretar[ií]a|comisi[oó]n|consejo|centro|procuradur[ií]a|fiscal[ií]a|colegio"
    r"|universidad|petr[oó]leos|aeropuertos?|banco|financiera|agencia|caminos)\b",
    re.IGNORECASE,
)

Block = list[Segment]


def identify(
    raw: RawDocument, segments: Sequence[Segment], labels: Sequence[Found], reader: str
) -> list[Paragraph]:
    """Fill in title, institution, period and programme; return the prose of the head.

    The programme is the first text of the head that names no institution.
    """
    heading = _heading(segments)
    if heading is not None:
        _period(raw, heading, segments, reader)
    blocks = _head(segments, labels, heading)
    titles = [block for block in blocks if len(_text(block)) < PROSE]
    named = [block for block in titles if _INSTITUTION.match(_text(block))]
    institution = named[0] if named else (titles[1] if len(titles) > 1 else None)
    title = next((block for block in titles if block is not institution), None)
    if len(named) > 1 and titles and titles[0] is named[0]:  # "Centros …" is a programme as well
        title, institution = titles[0], titles[1]
    raw.title = _printed(title, reader) if title else None
    raw.institution = _printed(institution, reader) if institution else None
    if title is None:
        raw.problems.append(_missing("del programa", "programme"))
    if institution is None:
        raw.problems.append(_missing("de la institución", "institution"))
    if raw.institution and raw.title:
        key = _key(labels) or fold(raw.title.text)
        raw.programme = f"{fold(raw.institution.text)} {key}"
    return [[[each] for each in block] for block in blocks if len(_text(block)) >= PROSE]


def _key(labels: Sequence[Found]) -> str | None:
    for label in labels:
        match = KEY.match(label.value.text) if label.mark.name == "key" and label.value else None
        if match:
            return re.sub(r"[\s-]", "", match[1])
    return None


def _heading(segments: Sequence[Segment]) -> Segment | None:
    found = [each for each in segments if _HEADING.fullmatch(fold(each.text).strip(" .:"))]
    return min(found, key=lambda each: (each.page.number, each.rect.top), default=None)


def _period(raw: RawDocument, heading: Segment, segments: Sequence[Segment], reader: str) -> None:
    """The years in the heading, or those that stand beside or below it."""
    near = [heading]
    near += [
        each
        for each in segments
        if each.page is heading.page
        and abs(each.rect.top - heading.rect.top) < 2.5 * heading.height
        and _ONLY_YEARS.fullmatch(each.text.strip())
    ]
    for each in near:
        match = _ONLY_YEARS.search(each.text)
        if match is None:
            continue
        start = int(match["start"])
        end = match["end"] or match["start"]
        raw.period = (start, int(end) if len(end) == 4 else start - start % 100 + int(end))
        words = tuple(word for word in each.words if _ONLY_YEARS.search(word.text)) or each.words
        raw.period_printed = _printed([segment(each.page, words)], reader)
        return


def _head(
    segments: Sequence[Segment], labels: Sequence[Found], heading: Segment | None
) -> list[Block]:
    """The texts above the first section of the first page, as blocks of one type size."""
    first = [label for label in labels if label.segments[0].page is segments[0].page]
    limit = min((label.rect.top for label in first), default=float("inf"))
    head = [
        each
        for each in segments
        if each.page is segments[0].page
        and each is not heading
        and each.rect.bottom < limit + 0.5 * each.height
        and any(letter.isalpha() for letter in each.text)
        and not _HEADING.fullmatch(each.text)
    ]
    blocks: list[Block] = []
    for each in head:
        for block in blocks:
            if follows(block[-1], each) and _alike(block[-1], each):
                block.append(each)
                break
        else:
            blocks.append([each])
    return [part for block in blocks for part in _paragraphs(block)]


def _paragraphs(block: Block) -> list[Block]:
    """A block of prose, that of the institution's name that stands right above it cut off.

    The name ends where lines stand further apart, or where the next word would have had room.
    """
    if len(_text(block)) < PROSE or not _INSTITUTION.match(_text(block)):
        return [block]
    width = max(each.rect.width for each in block)
    gaps = [below.rect.top - above.rect.bottom for above, below in pairwise(block)]
    for at, (gap, (above, below)) in enumerate(zip(gaps, pairwise(block), strict=True), start=1):
        room = above.rect.width + below.words[0].rect.width + 0.5 * above.height < width
        if room or gap > min(gaps) + SPACED * above.height:
            return [block[:at], block[at:]]
    return [block]


def _alike(a: Segment, b: Segment) -> bool:
    return abs(a.height - b.height) <= SAME_SIZE * a.height


def _text(block: Block) -> str:
    return " ".join(each.text for each in block)


def _printed(block: Block, reader: str) -> Printed:
    page = block[0].page
    return printed([block_piece(page, [each.words for each in block])], reader)


def _missing(spanish: str, english: str) -> Problem:
    return Problem(
        "REA01",
        "",
        f"No se encontró el nombre {spanish} en la cabeza de la ficha.",
        f"The name of the {english} was not found at the head of the ficha.",
    )
