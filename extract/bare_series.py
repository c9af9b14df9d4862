"""The series of a ficha without ruled cells: years over their values, or beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.bare_labels import split
from extract.chunks import ALIGNED, Chunk, Sheet
from extract.geometry import Rect
from extract.labels import are_years, count_across, is_year

SPACE = 0.4
"""Leadings up to which a gap is one between words."""
BROKEN = 1.1
"""Leadings to the next line up to which it goes on with the values of a series."""


@dataclass(frozen=True, slots=True)
class SeriesCell:
    """A year or a value (``chunks``), and the line of text that it is taken from."""

    chunks: Sequence[Chunk]
    place: Rect
    unsure: bool
    line: Sequence[Chunk]


def series_cells(
    chunks: Sequence[Chunk], top: float, sides: tuple[float, float], sheet: Sheet
) -> Iterator[SeriesCell]:
    """The cells of a series between the sides of its ficha, from the top of what is under its
    title."""
    lines = lines_by_level(chunks, sheet.leading)
    beside = count_across([chunk.text for chunk in _in_pairs(line)] for line in lines)
    if beside:
        yield from _across(lines[:beside], top, sides, sheet)
    else:
        yield from _over(lines, top, sides, sheet)


def _in_pairs(line: Sequence[Chunk]) -> Sequence[Chunk]:
    """A line's chunks; a lone one as its first word and the rest, or as its words, if all of them
    are years."""
    if len(line) == 1 and len(line[0].words) > 2 and all(is_year(w.text) for w in line[0].words):
        return worded(line)
    return split(line[0], 1) if len(line) == 1 and len(line[0].words) > 1 else line


def _across(
    lines: Sequence[Sequence[Chunk]], top: float, sides: tuple[float, float], sheet: Sheet
) -> Iterator[SeriesCell]:
    """Years with their values beside them, one under the other."""
    for line in lines:
        texts = _in_pairs(line)
        bottom = line[0].level + sheet.leading / 2
        edges = [sides[0], *(chunk.rect.x0 - 1 for chunk in texts[1:]), sides[1]]
        for chunk, (left, right) in zip(texts, pairwise(edges), strict=True):
            yield SeriesCell([chunk], Rect(left, top, right, bottom), False, line)
        top = bottom


def _over(
    lines: Sequence[Sequence[Chunk]], top: float, sides: tuple[float, float], sheet: Sheet
) -> Iterator[SeriesCell]:
    """Lines of years, each with the values under it, by columns."""
    years: Sequence[Chunk] = []
    valued = False
    for at, line in enumerate(lines):
        level, words = line[0].level, worded(line)
        end = level + sheet.leading / 2
        if at + 1 < len(lines):
            end = (level + lines[at + 1][0].level) / 2
        place = Rect(sides[0], top, sides[1], end)
        if are_years(chunk.text for chunk in words) or are_years(c.text for c in line):
            years = line if all(is_year(chunk.text) for chunk in line) else words
            valued = False
            yield from _columns(years, years, line, place, sheet)
        elif years and not valued:
            follows = lines[at + 1] if at + 1 < len(lines) else []
            broken = bool(follows) and follows[0].level - level < BROKEN * sheet.leading
            broken = broken and not sheet.breaks_between(level, follows[0].level)
            yield from _columns(years, words, line, place, sheet, broken)
            valued = True
        else:
            break  # the title of something else
        top = end


def _columns(
    years: Sequence[Chunk],
    texts: Sequence[Chunk],
    line: Sequence[Chunk],
    place: Rect,
    sheet: Sheet,
    unsure: bool = False,
) -> Iterator[SeriesCell]:
    """A cell for each year, with the texts that stand at it or under it."""
    middles = [middle(year.rect) for year in years]
    borders = [(a + b) / 2 for a, b in pairwise(middles)]
    half = (borders[0] - middles[0]) if borders else place.width / 2
    borders = [middles[0] - half, *borders, middles[-1] + half]
    groups = _grouped(texts, sheet.leading)
    in_step = len(groups) == len(years)
    for at, (left, right) in enumerate(pairwise(borders)):
        own = groups[at] if in_step else [c for c in texts if left <= middle(c.rect) < right]
        over = any(c.rect.x0 < left - ALIGNED or c.rect.x1 > right + ALIGNED for c in own)
        doubt = unsure or (over and not in_step and len(years) > 1)
        yield SeriesCell(own, Rect(left, place.top, right, place.bottom), doubt, line)


def middle(rect: Rect) -> float:
    return (rect.x0 + rect.x1) / 2


def lines_by_level(chunks: Sequence[Chunk], leading: float) -> list[list[Chunk]]:
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: c.level):
        if lines and chunk.level - lines[-1][0].level < leading / 2:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return [sorted(line, key=lambda c: c.rect.x0) for line in lines]


def _grouped(words: Sequence[Chunk], leading: float) -> list[list[Chunk]]:
    """Words of a line, those together that stand as near as words do."""
    groups: list[list[Chunk]] = []
    for word in sorted(words, key=lambda c: c.rect.x0):
        if groups and word.rect.x0 - groups[-1][-1].rect.x1 < SPACE * leading:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def worded(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Each word as a chunk of its own."""
    worded: list[Chunk] = []
    for chunk in chunks:
        rest = chunk
        while len(rest.words) > 1:
            first, rest = split(rest, 1)
            worded.append(first)
        worded.append(rest)
    return worded
