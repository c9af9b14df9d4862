"""The running text of a Ficha de Monitoreo: which section a text box belongs to, its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from extract.card_aside import has_word, is_sentence
from extract.card_labels import is_of_label, letters
from extract.free_text import (
    Block,
    Segment,
    blocks_of,
    bounds,
    printed_of,
    same_box,
    same_line,
    segment,
    text_lines,
)
from extract.geometry import Rect, overlap, union
from extract.types import Problem, RawStatement
from extract.words import Line
from normalize.text import match_key

HEADINGS: dict[str, str] = {
    "Tipo de enfoque de los objetivos y calidad de los indicadores": "enfoque",
    "Distribución del avance de los indicadores respecto de su meta sexenal": "avance",
    "Conclusiones y sugerencias": "conclusiones",
    "Conclusiones y recomendaciones": "conclusiones",
    "Conclusiones": "conclusiones",
    "Seguimiento de los objetivos e indicadores del programa derivado": "",
    "Información principal del programa": "",
}
"""Section headings and the sections whose text stands below them."""
APPROACH = "enfoque"
QUALITY = "calidad"
"""The section of the paragraphs about the quality of the indicators, below the heading of the
objectives' approach."""
NOTES = "notas"
SECTIONS = (APPROACH, QUALITY, "avance", "objetivo", "conclusiones", NOTES)
"""All sections in their order; an objective's has its number behind it: ``objetivo-3``."""
CLOSE = 88.0
"""Least likeness (0 to 100) of a printed heading and its wording, letters only."""
BEGINNING, ALIKE = 8, 75.0
"""Letters with which a heading begins, and how like its wording's they are at least."""
WORDS = 5
"""Words that a paragraph has at least; less is part of a drawing."""
FAR = 1e9
"""Points beyond every page."""
HEADING_LINES = 3
LONG = 30
"""Letters of a heading's wording from which more words may follow it."""
SMALL = 0.94
"""Height of a note's type, as a part of the running text's, from which its number marks it."""
APART = 0.15
"""Line heights more than the usual gap by which a paragraph stands apart."""
FITS = 0.98
"""Part of a box's width up to which a line's first word would have fitted on the line before."""

_NOTE = re.compile(r"(?:\d{1,2}|[*†‡]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\(\d\)|[a-z]/)$")
_OPENING = ("En", "cuanto")
"""How every paragraph about results or indicators begins in these documents."""
SENTENCE_END = re.compile(r"[.!?:”»)\]]$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that the text below it belongs to: a heading or an objective's cards."""

    page: int
    rect: Rect
    section: str


def find_headings(segments: Sequence[Segment]) -> Iterator[tuple[Anchor, list[Segment]]]:
    """The section headings among some segments, each with its segments, broken to lines or not."""
    lines = _lines(segments)
    taken: set[int] = set()
    for start, line in enumerate(lines):
        if not _may_open(" ".join(each.text for each in line)):
            continue
        for count in range(1, HEADING_LINES + 1):
            own = _stack(lines, start, count)
            if own is None or any(id(each) in taken for each in own):
                break
            section = section_of(" ".join(each.text for each in own))
            if section is not None:
                rest = _stack(lines, start, count + 1) or own
                own = rest if _goes_on(own, rest[len(own) :]) else own
                taken.update(id(each) for each in own)
                yield Anchor(line[0].page.number, _reach(own, segments), section), own
                break


def _reach(own: Sequence[Segment], segments: Sequence[Segment]) -> Rect:
    """A heading's place; where nothing stands beside it, it heads the page's whole width."""
    rect = bounds(own)
    for each in segments:
        level = overlap(each.rect.top, each.rect.bottom, rect.top, rect.bottom) > 0
        if level and each.page is own[0].page and not any(each is part for part in own):
            return rect
    return rect._replace(x0=0.0, x1=FAR)


def _goes_on(heading: Sequence[Segment], rest: Sequence[Segment]) -> bool:
    """Whether a line is the end of the heading above it, and no text of its section."""
    if not rest or rest[0].text[0].isupper() or not rest[0].text[0].isalnum():
        return False
    return abs(rest[0].size - heading[0].size) <= 0.03 * heading[0].size


def _may_open(text: str) -> bool:
    """Whether a line begins as some heading does; most lines do not, and need no further look."""
    start = letters(text)[:BEGINNING]
    return any(fuzz.ratio(start, letters(known)[:BEGINNING]) >= ALIKE for known in HEADINGS)


def _lines(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments as lines of their boxes, top to bottom: pieces of one line stand close."""
    lines: list[list[Segment]] = []
    for each in sorted(segments, key=lambda s: (s.page.number, round(s.middle), s.rect.x0)):
        if lines and same_line(lines[-1][-1], each):
            lines[-1].append(each)
        else:
            lines.append([each])
    return lines


def _stack(lines: Sequence[list[Segment]], start: int, count: int) -> list[Segment] | None:
    """A line with the next ``count - 1`` below it; ``None`` where there are not so many."""
    own = list(lines[start])
    last = lines[start]
    for _ in range(count - 1):
        under = [
            line
            for line in lines[start + 1 :]
            if line is not last
            and line[0].rect.top > last[0].middle
            and any(same_box(a, b) for a in last for b in line)
        ]
        if not under:
            return None
        last = under[0]
        own.extend(last)
    return own


def section_of(text: str) -> str | None:
    """The section that a heading opens (empty: one without text of its own), if it is one."""
    key = letters(text)
    for wording, section in HEADINGS.items():
        known = letters(wording)
        if len(key) > 2 * len(known) + 20:
            continue
        whole = fuzz.ratio(key, known) >= CLOSE
        begins = len(known) > LONG and fuzz.ratio(key[: len(known)], known) >= CLOSE
        if whole or begins:
            return section
    return None


def statements(
    loose: Sequence[Segment], anchors: Sequence[Anchor], gap: float, reader: str
) -> list[RawStatement]:
    """The paragraphs of all text that nothing else took, each in the section of what stands above
    it; text above everything belongs to none and is left. ``gap`` as in :func:`paragraphs`."""
    found: list[RawStatement] = []
    blocks = [block for block in blocks_of(loose) if _is_text(block)]
    usual = median([each.size for block in blocks for each in block] or [1.0])
    for block in sorted(blocks, key=_reading_order):
        section = _section(block, anchors)
        found_here = paragraphs(block, gap)
        if section == APPROACH:
            found_here = [part for whole in found_here for part in _by_subject(whole)]
        for paragraph in found_here:
            own = NOTES if _is_note(paragraph, usual, section) else section
            if own is not None:
                found.append(_statement(own, paragraph, reader))
    return found


def paragraph_statements(
    section: str, box: Sequence[Segment], gap: float, reader: str
) -> list[RawStatement]:
    """The paragraphs of one text box."""
    return [_statement(section, paragraph, reader) for paragraph in paragraphs(box, gap)]


def _statement(section: str, paragraph: Sequence[Segment], reader: str) -> RawStatement:
    printed = printed_of(paragraph, reader)
    if section == APPROACH and _is_about_indicators(printed.text):
        section = QUALITY
    return RawStatement(section, printed)


def _by_subject(paragraph: list[Segment]) -> list[list[Segment]]:
    """A paragraph cut where, at a line's start, it goes over from objectives to indicators."""
    for at in range(1, len(paragraph)):
        before, after = (printed_of(part, "").text for part in (paragraph[:at], paragraph[at:]))
        opens = SENTENCE_END.search(before) and after[0].isupper()
        if opens and _is_about_indicators(after) and not _is_about_indicators(before):
            return [paragraph[:at], paragraph[at:]]
    return [paragraph]


def _is_about_indicators(text: str) -> bool:
    key = match_key(text)
    return key.count("indicador") > key.count("objetivo")


def remnants(loose: Sequence[Segment], anchors: Sequence[Anchor], reader: str) -> Iterator[Problem]:
    """A problem for each text among an objective's cards that has words, and is neither in a card
    nor running text. What a label is broken to is left."""
    for block in blocks_of(loose):
        section = _section(block, anchors) or ""
        text = " ".join(each.text for each in block)
        if section.startswith("objetivo-") and not _is_text(block) and any(map(has_word, block)):
            number = section.rpartition("-")[2]
            if not is_of_label(text):
                yield Problem(
                    "REA01",
                    "statements.text",
                    f"El texto «{text}», entre las tarjetas del objetivo {number}, no está en "
                    "ninguna ni es un párrafo: puede ser parte de lo que ahí se dice.",
                    f"The text “{text}”, among the cards of objective {number}, is in none of "
                    "them and no paragraph: it may be part of what is said there.",
                    printed_of(block, reader).pieces,
                )


def _is_text(block: Block) -> bool:
    """Whether a block is running text: of some words, or a sentence however short."""
    words = sum(len(each.text.split()) for each in block)
    return words >= WORDS or is_sentence(" ".join(each.text for each in block))


def _reading_order(block: Block) -> tuple[int, float, float]:
    rect = bounds(block)
    return block[0].page.number, round(rect.top / 4), rect.x0


def _section(block: Block, anchors: Sequence[Anchor]) -> str | None:
    """The section of the nearest anchor above a box, in its own column if there is one."""
    page, rect = block[0].page.number, bounds(block)
    above = [a for a in anchors if a.page == page and a.rect.top < rect.top + 1.0]
    aligned = [a for a in above if overlap(a.rect.x0, a.rect.x1, rect.x0, rect.x1) > 0]
    if aligned or above:
        return max(aligned or above, key=lambda a: a.rect.top).section or None
    before = [a for a in anchors if a.page < page]
    last = max(before, key=lambda a: (a.page, a.rect.top), default=None)
    return last.section or None if last else None


def _is_note(paragraph: Sequence[Segment], usual: float, section: str | None) -> bool:
    """Whether a paragraph is a footnote: headed by a mark, in small type or behind the text."""
    first = paragraph[0].line[0].text
    if not _NOTE.match(first):
        return False
    small = median(each.size for each in paragraph) <= SMALL * usual
    return small or not first.isdigit() or section == "conclusiones"


def usual_gap(segments: Sequence[Segment]) -> float:
    """The gap between two lines of one text, in line heights, as most texts of a document have
    it; 0 where none has two lines."""
    gaps = [
        (b.rect.top - a.rect.bottom) / a.size
        for block in blocks_of(segments)
        for a, b in pairwise(block)
        if b.middle - a.middle > 0.5 * a.size
    ]
    return median(gaps or [0.0])


def paragraphs(box: Sequence[Segment], gap: float) -> list[list[Segment]]:
    """A text box as its paragraphs.

    A line ends its paragraph where it ends a sentence although the next line's first word would
    have fitted, or where the next one begins with a footnote's mark, or stands further apart than
    ``gap``, the document's usual gap in line heights.
    """
    found: list[list[Segment]] = []
    for number in sorted({each.page.number for each in box}):
        parts = _on_one_page([each for each in box if each.page.number == number], gap)
        if found and not SENTENCE_END.search(found[-1][-1].text):
            found[-1].extend(parts.pop(0))
        found.extend(parts)
    return found


def _on_one_page(box: Sequence[Segment], gap: float) -> list[list[Segment]]:
    lines = text_lines(box)
    rects = [union(word.rect for word in line) for line in lines]
    width = max(rect.width for rect in rects)
    found: list[list[Segment]] = []
    for number, line in enumerate(lines):
        above, below = rects[max(number - 1, 0)], rects[number]
        apart = below.top - above.bottom > (gap + APART) * above.height
        if number == 0 or _ends(lines[number - 1], above, line, below, width, apart=apart):
            found.append([])
        found[-1].append(segment(box[0].page, line, box[0].frame))
    return found


def first_paragraph(box: Sequence[Segment], gap: float) -> list[Segment]:
    """The segments of a text box that are its first paragraph."""
    foot = max(each.rect.bottom for each in paragraphs(box, gap)[0])
    return [each for each in box if each.middle <= foot]


def _ends(before: Line, above: Rect, line: Line, below: Rect, width: float, *, apart: bool) -> bool:
    if not SENTENCE_END.search(before[-1].text) and not before[-1].text.startswith("http"):
        return False
    first = line[0]
    if _NOTE.match(first.text):
        return True
    opens = first.text[0].isupper() or not first.text[0].isalpha()
    space = 0.3 * above.height
    fitted = above.width + space + first.rect.width <= FITS * width
    formula = len(line) > 1 and (first.text, line[1].text) == _OPENING
    return opens and (fitted or apart or formula)
