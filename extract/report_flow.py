"""A report as blocks in reading order: headings, paragraphs, bullets and the rows of its tables.

One column of text with tables between. What every page repeats (running heads, page numbers) and
small print (footnotes, sources) is left out; what stands between the caption of a figure and its
source is a drawing's text, and left out too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.characters import SUPERSCRIPTS
from extract.geometry import Rect, share_y, union
from extract.segments import Segment, segment
from extract.types import Printed
from extract.words import Word, block_piece, printed
from normalize.text import match_key

REPEATED = 3
"""Pages on which a line stands at the same height for it to be the pages' own."""
SAME_HEIGHT = 3.0
"""Points by which such a line may be higher or lower."""
EDGE = 0.12
"""Part of the page at its top and foot where such lines stand."""
SMALL = 0.85
"""Height of small print, as a part of the text's."""
APART = 0.35
"""Line heights that the gap between two paragraphs is wider than that between two lines."""
RAISED = 0.9
"""The same where the sentence goes on."""
WRAPPED = 1.4
"""The same where it goes on in a line that the margin broke: type may be small for its leading."""
FULL = 1.5
"""Line heights that may be left at the end of a line, besides the next one's first word."""
SAME_SIZE = 0.1
"""Part by which the heights of two lines of one paragraph differ at most."""
SAME_ROW = 0.5
"""Part of a line's height that segments of one row share."""
RAISED_IN = 0.2
"""Part of a line's height that a raised mark shares with it."""
INDENT = 1.5
"""Line heights by which the next line of a bullet may stand right of its sign."""

FIGURE = 14
"""Blocks up to which a figure's source follows its caption."""

BULLET = re.compile(r"[•·▪●■◦➢✓o\-–—]")
CAPTION = re.compile(r"(?:Figura|Gr[aá]fica|Cuadro|Tabla|Mapa)\s+\d+\s*[.:]", re.IGNORECASE)
SOURCE = re.compile(r"(?:Fuente|Nota)s?\s*:", re.IGNORECASE)
_MARK = re.compile(r"\d{1,2}", re.ASCII)
_FIGURE = re.compile(r"\d+\D\d|\d{3}")
_NUMBER = re.compile(r"(?:p[aá]g(?:ina|\.)?\s*)?\d{1,3}(?:\s*(?:de|/)\s*\d{1,3})?", re.IGNORECASE)

Line = list[Segment]
"""The segments of one row, from the left."""


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, bullet or heading: its lines from the top, on one page or on two."""

    kind: Literal["text", "bullet", "caption", "source"]
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(each.text for line in self.lines for each in line)

    @property
    def height(self) -> float:
        return median(each.height for line in self.lines for each in line)

    def words(self) -> list[tuple[Segment, Word]]:
        """Every word with its segment, in reading order."""
        return [(each, word) for line in self.lines for each in line for word in each.words]


def rows_of(segments: Sequence[Segment]) -> list[Line]:
    """Segments as rows, from the top: those at one height are one row."""
    rows: list[Line] = []
    for each in sorted(segments, key=lambda each: (each.rect.top, each.rect.x0)):
        home = next((row for row in reversed(rows[-3:]) if _is_level(row, each)), None)
        if home is None:
            rows.append([each])
        else:
            home.append(each)
    for row in rows:
        row.sort(key=lambda each: each.rect.x0)
    return rows


def with_marks(segments: Sequence[Segment]) -> list[Segment]:
    """A page's segments, the marks of footnotes in the line that they stand in: one that is raised
    high above small letters shares less than half of their height."""
    marks = [each for each in segments if _MARK.fullmatch(each.text)]
    found: list[Segment] = []
    taken: set[int] = set()
    for each in segments:
        for mark in marks:
            words = _marked(each, mark) if mark is not each else None
            if words:
                each = segment(each.page, words, each.cell, each.doubtful)
                taken.add(id(mark))
        found.append(each)
    return [each for each in found if id(each) not in taken]


def _marked(line: Segment, mark: Segment) -> tuple[Word, ...] | None:
    """The words of a line with a mark raised behind one of them; None where it is not."""
    a, b = line.rect, mark.rect
    if a.bottom <= b.bottom or share_y(a, b) < RAISED_IN or line.cell != mark.cell:
        return None
    for at, word in enumerate(line.words):
        room = line.words[at + 1].rect.x0 if at + 1 < len(line.words) else b.x1
        if word.text[-1].isalpha() and abs(b.x0 - word.rect.x1) < line.height and b.x1 <= room + 1:
            raised = [
                char._replace(text=SUPERSCRIPTS[char.text], gap="")
                for each in mark.words
                for char in each.chars
            ]
            return (*line.words[:at], Word((*word.chars, *raised)), *line.words[at + 1 :])
    return None


def _is_level(row: Line, each: Segment) -> bool:
    return all(share_y(other.rect, each.rect) > SAME_ROW for other in row)


def without_repeated(pages: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """The segments of each page without running heads and page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_place(each) for each in page if _at_edge(each)})
    return [[each for each in page if not _is_repeated(each, page, seen)] for page in pages]


def _place(each: Segment) -> tuple[str, int]:
    return re.sub(r"\d+", "", match_key(each.text)), round(each.rect.top / SAME_HEIGHT)


def _at_edge(each: Segment) -> bool:
    height = each.page.reading.size[1]
    middle = (each.rect.top + each.rect.bottom) / 2
    return not EDGE * height < middle < (1 - EDGE) * height


def _is_repeated(each: Segment, page: Sequence[Segment], seen: Counter[tuple[str, int]]) -> bool:
    if not _at_edge(each):
        return False
    key, at = _place(each)
    again = max(seen[key, at + off] for off in (-1, 0, 1)) >= REPEATED
    if _NUMBER.fullmatch(each.text.strip(" -–—|")):
        ends = (min(page, key=lambda s: s.rect.top), max(page, key=lambda s: s.rect.bottom))
        return again or each in ends
    return again and bool(key)


def text_height(pages: Sequence[Sequence[Segment]]) -> float:
    """The height of the report's running text: that of most of its letters. ``pages`` are without
    tables, whose type may be larger."""
    heights = [
        round(each.height, 1) for page in pages for each in page for _ in range(len(each.text))
    ]
    return median(heights) if heights else 0.0


def blocks_of(rows: Sequence[Line]) -> list[Block]:
    """The rows of one page's text as blocks."""
    if not rows:
        return []
    leading = _leading(rows)
    margin = max(each.rect.x1 for row in rows for each in row)
    groups: list[list[Line]] = [[rows[0]]]
    for above, row in pairwise(rows):
        if _goes_on(above, row, groups[-1][0], leading, margin):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_block(group) for group in groups]


def _leading(rows: Sequence[Line]) -> float:
    """The usual gap between two lines, in line heights."""
    gaps = [
        gap / above[0].height
        for above, row in pairwise(rows)
        if -0.5 < (gap := _top(row) - _bottom(above)) / above[0].height < 1.5
    ]
    return median(sorted(gaps)[: max(1, (len(gaps) + 1) // 2)]) if gaps else 0.3


def _goes_on(above: Line, row: Line, first: Line, leading: float, margin: float) -> bool:
    """Whether a row is the next line of a block. ``margin`` is where the longest line ends: words
    whose letters are typed apart may be smaller than the lines before them."""
    height = above[0].height
    alike = abs(row[0].height - height) <= SAME_SIZE * height
    wrapped = _is_wrapped(above, row, margin)
    if not (alike or wrapped):
        return False
    if any(pattern.match(row[0].text) for pattern in (CAPTION, SOURCE)):
        return False
    if _is_bullet(row) and not _is_open(above):
        return False
    if (row[0].cell or above[0].cell) and row[0].cell != above[0].cell:
        return False
    if _is_bullet(first) and row[0].rect.x0 < first[0].rect.x0 + 0.5 * height:
        return False
    gap = (_top(row) - _bottom(above)) / max(height, row[0].height) - leading
    limit = WRAPPED if wrapped else RAISED if _is_unfinished(above, row) else APART
    return gap < limit


def _is_wrapped(above: Line, row: Line, margin: float) -> bool:
    """Whether a line ends within a sentence where the margin ends it, and the next one takes the
    sentence up at its left: a number with a sign of its own is no mark of a footnote."""
    first = row[0].words[0]
    height = max(above[0].height, row[0].height)
    room = margin - max(each.rect.x1 for each in above)
    begins = _is_unfinished(above, row) or (
        above[-1].text[-1] not in ".:;?!" and _FIGURE.match(first.text) is not None
    )
    level = abs(above[0].rect.x0 - row[0].rect.x0) < INDENT * height
    return begins and level and room < first.rect.width + FULL * height


def _is_unfinished(above: Line, row: Line) -> bool:
    """Whether a line ends within a sentence that the next one takes up: a raised mark sets the two
    further apart."""
    return above[-1].text[-1] not in ".:;?!" and row[0].text[:1].islower()


def _is_open(row: Line) -> bool:
    """Whether a row ends within brackets, so that a dash at the start of the next one is no
    bullet: "(90%", "- 110%)"."""
    text = "".join(each.text for each in row)
    return text.rfind("(") > text.rfind(")")


def _is_bullet(row: Line) -> bool:
    first = row[0].words[0].text
    return bool(BULLET.fullmatch(first)) and (len(row) > 1 or len(row[0].words) > 1)


def _block(lines: list[Line]) -> Block:
    text = lines[0][0].text
    if _is_bullet(lines[0]):
        return Block("bullet", lines)
    if CAPTION.match(text):
        return Block("caption", lines)
    return Block("source" if SOURCE.match(text) else "text", lines)


def _top(row: Line) -> float:
    return min(each.rect.top for each in row)


def _bottom(row: Line) -> float:
    return max(each.rect.bottom for each in row)


def without_figures(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without captions, sources and what stands between the two."""
    kept: list[Block] = []
    at = 0
    while at < len(blocks):
        if blocks[at].kind == "caption":
            at = _end_of_figure(blocks, at)
        elif blocks[at].kind != "source":
            kept.append(blocks[at])
        at += 1
    return kept


def _end_of_figure(blocks: Sequence[Block], start: int) -> int:
    """Where the source of a figure stands; its caption, where no source follows soon."""
    for at in range(start + 1, min(start + FIGURE, len(blocks))):
        if blocks[at].kind == "source":
            return at
        if blocks[at].kind == "caption":
            break
    return start


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the paragraphs whole that a page break cuts: one that ends within a sentence, and
    the first of the next page, in small letters."""
    whole: list[Block] = []
    for block in blocks:
        if whole and block.kind == "text" and _is_cut(whole[-1], block):
            whole[-1].lines += block.lines
        else:
            whole.append(block)
    return whole


def _is_cut(before: Block, block: Block) -> bool:
    if before.lines[-1][0].page is block.lines[0][0].page or before.kind not in ("text", "bullet"):
        return False
    alike = abs(before.height - block.height) <= SAME_SIZE * before.height
    return alike and before.text[-1] not in ".:;?!" and block.text[:1].islower()


def as_printed(block: Block, reader: str) -> Printed:
    """A block as one printed text, one box for each page; a bullet's sign is no part of it."""
    lines = [tuple(word for each in line for word in each.words) for line in block.lines]
    if block.kind == "bullet":
        lines[0] = lines[0][1:]
    pages = {line[0].page.number: line[0].page for line in block.lines}
    pieces = []
    for number, page in pages.items():
        own = [
            words
            for words, line in zip(lines, block.lines, strict=True)
            if words and line[0].page.number == number
        ]
        if own:
            pieces.append(block_piece(page, own))
    return printed(pieces, reader)


def rect_of(block: Block) -> Rect:
    """The rectangle around a block's lines (of its first page)."""
    page = block.lines[0][0].page
    return union(each.rect for line in block.lines for each in line if each.page is page)
