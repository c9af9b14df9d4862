"""The running text of a Ficha de Monitoreo: which section a text box belongs to, its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz import fuzz

from extract.card_labels import letters
from extract.free_text import Block, Segment, blocks_of, bounds, printed_of, segment, text_lines
from extract.geometry import Rect, overlap, union
from extract.types import RawStatement
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
QUALITY = "calidad"
"""The section of the paragraphs about the quality of the indicators, below the heading of the
objectives' approach."""
NOTES = "notas"
SECTIONS = ("enfoque", QUALITY, "avance", "objetivo", "conclusiones", NOTES)
"""All sections in their order; an objective's has its number behind it: ``objetivo-3``."""
CLOSE = 88.0
"""Least likeness (0 to 100) of a printed heading and its wording, letters only."""
WORDS = 5
"""Words that a paragraph has at least; less is part of a drawing."""
HEADING_LINES = 3
SMALL = 0.94
"""Height of a note's type, as a part of the running text's, from which its number marks it."""
FITS = 0.98
"""Part of a box's width up to which a line's first word would have fitted on the line before."""

_NOTE = re.compile(r"(?:\d{1,2}|[*†‡]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\(\d\)|[a-z]/)$")
_SENTENCE_END = re.compile(r"[.!?:”»)\]]$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that the text below it belongs to: a heading or an objective's cards."""

    page: int
    rect: Rect
    section: str


def find_headings(blocks: Iterable[Block]) -> Iterator[tuple[Anchor, list[Segment]]]:
    """The section headings among some text boxes, with their segments."""
    for block in blocks:
        lines = _by_line(block)
        for count in range(min(HEADING_LINES, len(lines)), 0, -1):
            own = [each for line in lines[:count] for each in line]
            section = section_of(" ".join(each.text for each in own))
            if section is not None:
                yield Anchor(own[0].page.number, bounds(own), section), own
                break


def section_of(text: str) -> str | None:
    """The section that a heading opens (empty: one without text of its own), if it is one."""
    key = letters(text)
    for wording, section in HEADINGS.items():
        known = letters(wording)
        if len(key) > 2 * len(known) + 20:
            continue
        whole = fuzz.ratio(key, known) >= CLOSE
        begins = len(known) > 30 and fuzz.ratio(key[: len(known)], known) >= CLOSE
        if whole or begins:
            return section
    return None


def statements(
    loose: Sequence[Segment], anchors: Sequence[Anchor], reader: str
) -> list[RawStatement]:
    """The paragraphs of all text that nothing else took, each in the section of what stands above
    it; text above everything belongs to none and is left."""
    found: list[RawStatement] = []
    blocks = [block for block in blocks_of(loose) if _words(block) >= WORDS]
    usual = median([each.size for block in blocks for each in block] or [1.0])
    for block in sorted(blocks, key=_reading_order):
        section = _section(block, anchors)
        for paragraph in paragraphs(block):
            own = NOTES if _is_note(paragraph, usual, section) else section
            if own is not None:
                found.append(_statement(own, paragraph, reader))
    return found


def paragraph_statements(section: str, box: Sequence[Segment], reader: str) -> list[RawStatement]:
    """The paragraphs of one text box."""
    return [_statement(section, paragraph, reader) for paragraph in paragraphs(box)]


def _statement(section: str, paragraph: Sequence[Segment], reader: str) -> RawStatement:
    printed = printed_of(paragraph, reader)
    if section == "enfoque" and _is_about_indicators(printed.text):
        section = QUALITY
    return RawStatement(section, printed)


def _is_about_indicators(text: str) -> bool:
    key = match_key(text)
    return key.count("indicador") > key.count("objetivo")


def _words(block: Block) -> int:
    return sum(len(each.text.split()) for each in block)


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


def paragraphs(box: Sequence[Segment]) -> list[list[Segment]]:
    """A text box as its paragraphs.

    A line ends its paragraph where it ends a sentence although the next line's first word would
    have fitted, or where the next one begins with a footnote's mark, or stands apart.
    """
    page = box[0].page
    lines = text_lines(box)
    rects = [union(word.rect for word in line) for line in lines]
    width = max(rect.width for rect in rects)
    found: list[list[Segment]] = []
    for number, line in enumerate(lines):
        if number == 0 or _ends(lines[number - 1], rects[number - 1], line, rects[number], width):
            found.append([])
        found[-1].append(segment(page, line))
    return found


def _ends(before: Line, above: Rect, line: Line, below: Rect, width: float) -> bool:
    if not _SENTENCE_END.search(before[-1].text) and not before[-1].text.startswith("http"):
        return False
    first = line[0]
    if _NOTE.match(first.text):
        return True
    opens = first.text[0].isupper() or not first.text[0].isalpha()
    space = 0.3 * above.height
    fitted = above.width + space + first.rect.width <= FITS * width
    apart = below.top - above.bottom > 0.6 * above.height
    return opens and (fitted or apart)


def _by_line(block: Block) -> list[list[Segment]]:
    lines: list[list[Segment]] = []
    for each in block:
        if lines and abs(lines[-1][0].middle - each.middle) < 0.5 * each.size:
            lines[-1].append(each)
        else:
            lines.append([each])
    return lines
