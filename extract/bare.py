"""Fichas without ruled cells, from their labels and the alignment of their text alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.bare_ficha import BareFicha
from extract.bare_labels import Block, find_blocks
from extract.chunks import Sheet, read_sheet
from extract.labels import Matcher
from extract.page import Page
from extract.strip import HeadingLine, Strip


def bare_strips(pages: Iterable[Page], matcher: Matcher) -> list[Strip]:
    """The fichas of some consecutive pages; none where two stand side by side."""
    sheet = read_sheet(pages, lambda text: _is_known(text, matcher))
    blocks = _without_repeats(find_blocks(sheet, matcher), sheet, matcher)
    starts = [block for block in blocks if block.start]
    levels = [block.first for block in starts]
    if any(below - above < sheet.leading for above, below in pairwise(levels)):
        return []
    strips: list[Strip] = []
    for at, start in enumerate(starts):
        before = starts[at - 1].last if at else float("-inf")
        heading = _last_heading(blocks, before, start.first)
        end = float("inf")
        if at + 1 < len(starts):
            following = _last_heading(blocks, start.last, starts[at + 1].first)
            end = (following or starts[at + 1]).first - sheet.leading / 2
        strip = Strip(_page_of(start), _page_of(start), _heading_line(heading))
        BareFicha(sheet, blocks, start, end).fill(strip)
        strips.append(strip)
    return strips


def _is_known(text: str, matcher: Matcher) -> bool:
    return (
        matcher.match(text) is not None
        or matcher.is_start(text)
        or matcher.heading(text) is not None
    )


def _page_of(block: Block) -> int:
    return block.chunks[0].page.number


def _without_repeats(blocks: Sequence[Block], sheet: Sheet, matcher: Matcher) -> list[Block]:
    """The blocks without titles that a new page repeats; their chunks leave the sheet."""
    kept: list[Block] = []
    repeated: set[int] = set()
    for at, block in enumerate(blocks):
        labels = (other.field for other in blocks[at + 1 :] if other.field)
        top = any(0 < block.first - end < sheet.leading for end in sheet.breaks)
        known = any(other.text == block.text for other in kept)
        goes_on = block.start and next(labels, None) != matcher.template.identity
        title = block.match is not None and block.at in ("none", "grid")
        if top and known and (goes_on or (title and _since_start(kept, block.text))):
            repeated.update(id(chunk) for chunk in block.chunks)
        else:
            kept.append(block)
    sheet.chunks = [chunk for chunk in sheet.chunks if id(chunk) not in repeated]
    return kept


def _since_start(blocks: Sequence[Block], text: str) -> bool:
    """Whether the ficha that goes on has had this title."""
    for block in reversed(blocks):
        if block.start:
            return False
        if block.text == text:
            return True
    return False


def _last_heading(blocks: Sequence[Block], after: float, before: float) -> Block | None:
    found = [block for block in blocks if block.heading and after < block.first < before]
    return found[-1] if found else None


def _heading_line(block: Block | None) -> HeadingLine | None:
    if block is None or block.heading is None:
        return None
    words = tuple(word for chunk in block.chunks for word in chunk.words)
    return HeadingLine(block.chunks[0].page, words, block.text, block.heading)
