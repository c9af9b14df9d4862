"""The head of a Ficha de Monitoreo: whose programme it is, and its counts and levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from extract.card_grid import SAME, segments_in
from extract.card_labels import Label
from extract.card_strips import Strip
from extract.free_text import Block, Segment, printed_of, segment
from extract.geometry import overlap, share_x, share_y
from extract.grid import Cell, Grid, Table
from extract.identity import named_institution
from extract.types import Printed, RawDocument, RawFigure
from normalize.text import match_key

REACH = 7.0
"""Line heights from a label to its count, and from that to the level."""
BESIDE = 12.0
"""Line heights from a label to the count in the next cell, and from that to the level."""
LEVEL_CELLS = 0.8
"""Part of a cell that must stand beside or below another to follow it."""
LEVEL_WORDS = 4
"""Words that a level has at most."""

_PLAN = re.compile(
    r"\b(?:PND|Plan\s+Nacional\s+de\s+Desarrollo)\s*,?\s*\(?"
    r"(?P<start>20\d\d)\s*[-–—]\s*(?P<end>20\d\d)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"Programa\s+(?:Institucional|Sectorial|Especial|Regional|Nacional)\b[^.:;]{3,300}",
    re.IGNORECASE,
)
COUNTED = {
    "objetivos": ("objective_count", "objective_level"),
    "indicadores": ("indicator_count", "indicator_level"),
}
_WHAT = r"(?:n[uú]mero de |total de |no\. de )?(?P<what>objetivos|indicadores)\s*:?"
_LABEL = re.compile(_WHAT, re.IGNORECASE)
_BEFORE = re.compile(r"(?P<count>\d{1,3})\s+(?P<what>objetivos|indicadores)", re.IGNORECASE)
_BEHIND = re.compile(_WHAT + r"\s*(?P<count>\d{1,3})", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}")
_LEVEL = re.compile(r"[^\W\d_][\w.]*(?: [\w.]+)*")


def identify(blocks: Iterable[Block], raw: RawDocument, reader: str) -> None:
    """Title and institution, and the years of the plan that the programme is derived from."""
    for block in blocks:
        for start in range(min(len(block), 4)):
            text = " ".join(each.text for each in block[start:])
            if raw.title is None and _TITLE.fullmatch(text):
                raw.title = printed_of(block[start:], reader)
                raw.institution = named_institution(raw.title, reader)
        whole = " ".join(each.text for each in block)
        plan = _PLAN.search(whole)
        if raw.period is None and plan and int(plan["start"]) < int(plan["end"]):
            raw.period = int(plan["start"]), int(plan["end"])
            raw.period_printed = _years(block, raw.period, reader)


def _years(block: Block, period: tuple[int, int], reader: str) -> Printed:
    """The words of a block that print the two years."""
    wanted = {str(year) for year in period}
    own = []
    for each in block:
        words = [word for word in each.line if any(year in word.text for year in wanted)]
        if words:
            own.append(segment(each.page, words))
    return printed_of(own, reader)


def levels(
    free: Sequence[Segment],
    labels: Sequence[Label],
    strips: Sequence[Strip],
    grids: Sequence[Grid],
    reader: str,
) -> tuple[list[RawFigure], list[Segment]]:
    """The counts and levels of objectives and indicators, and the segments that they stand in.

    They stand above the first strip, in a box of their own: label, count, level; or in a table.
    """
    ruled = _in_tables(grids, strips[0].first, reader)
    if ruled is not None:
        inside = [
            each
            for each in free
            for cell in ruled[1]
            if each.page is cell.page and cell.rect.holds(each.centre, each.middle)
        ]
        return ruled[0], inside
    rows = {id(part) for strip in strips for label in strip.labels for part in label.segments}
    first = strips[0].first
    head = [
        each
        for each in free
        if id(each) not in rows
        and (each.page.number, each.rect.top) < (first.page.number, first.rect.top)
    ]
    figures: list[RawFigure] = []
    used: list[Segment] = []
    for each in head:
        found = _figures(each, head, reader)
        if found is None:
            continue
        own, segments = found
        known = {figure.figure for figure in figures}
        figures.extend(figure for figure in own if figure.figure not in known)
        used.extend(segments)
    return figures, used


def _in_tables(
    grids: Sequence[Grid], first: Label, reader: str
) -> tuple[list[RawFigure], list[Cell]] | None:
    """The counts and levels in a table above the first strip: label, count and level in cells that
    follow each other to the right, or down."""
    figures: list[RawFigure] = []
    used: list[Cell] = []
    for grid in grids:
        for table in grid.tables:
            for cell in table.cells:
                place = grid.page.number, cell.rect.top
                match = _LABEL.fullmatch(cell.text)
                if match is None or place >= (first.page.number, first.rect.top):
                    continue
                for follows in (_is_right, _is_below):
                    own = _following(cell, table, follows)
                    if own and _COUNT.fullmatch(own[0].text):
                        codes = COUNTED[match["what"].casefold()]
                        kept = own[:1] if len(own) < 2 or not _says_level(own[1].text) else own
                        figures += [
                            RawFigure(code, "", 0, printed_of(segments_in(each), reader))
                            for code, each in zip(codes, kept, strict=False)
                        ]
                        used += [cell, *kept]
                        break
    known = [figure.figure for figure in figures]
    return (figures, used) if figures and len(set(known)) == len(known) else None


def _following(cell: Cell, table: Table, follows: Callable[[Cell, Cell], bool]) -> list[Cell]:
    """The two cells behind one."""
    found: list[Cell] = []
    for _ in range(2):
        before = found[-1] if found else cell
        after = [other for other in table.cells if follows(before, other)]
        if len(after) != 1:
            break
        found.append(after[0])
    return found


def _is_right(one: Cell, other: Cell) -> bool:
    return abs(other.rect.x0 - one.rect.x1) <= SAME and share_y(one.rect, other.rect) >= LEVEL_CELLS


def _is_below(one: Cell, other: Cell) -> bool:
    return (
        abs(other.rect.top - one.rect.bottom) <= SAME
        and share_x(one.rect, other.rect) >= LEVEL_CELLS
    )


def _figures(
    each: Segment, head: Sequence[Segment], reader: str
) -> tuple[list[RawFigure], list[Segment]] | None:
    """What a label "Objetivos" or "Indicadores" says, alone or with its count."""
    inline = _BEHIND.fullmatch(each.text) or _BEFORE.fullmatch(each.text)
    match = inline or _LABEL.fullmatch(each.text)
    if match is None:
        return None
    count_code, level_code = COUNTED[match["what"].casefold()]
    used = [each]
    figures: list[RawFigure] = []
    below = each
    if inline:
        words = [word for word in each.line if word.text.strip(":") == inline["count"]]
        if words:
            own = [segment(each.page, words[:1])]
            figures.append(RawFigure(count_code, "", 0, printed_of(own, reader)))
    else:
        count = _nearest(each, [e for e in head if _COUNT.fullmatch(e.text)], head)
        if count is None:
            return None
        figures.append(RawFigure(count_code, "", 0, printed_of([count], reader)))
        used.append(count)
        below = count
    level = _level_below(below, each, head) or _level_beside(below, head)
    if level is not None:
        figures.append(RawFigure(level_code, "", 0, printed_of([level], reader)))
        used.append(level)
    return figures, used


def _nearest(
    label: Segment, candidates: Sequence[Segment], around: Sequence[Segment]
) -> Segment | None:
    """The candidate right below a label (or above it, or beside it), the nearest one."""
    distances = []
    for each in candidates:
        if each.page is not label.page:
            continue
        across = overlap(label.rect.x0, label.rect.x1, each.rect.x0, each.rect.x1) > 0
        level = overlap(label.rect.top, label.rect.bottom, each.rect.top, each.rect.bottom) > 0
        down = max(each.rect.top - label.rect.bottom, label.rect.top - each.rect.bottom)
        aside = max(each.rect.x0 - label.rect.x1, label.rect.x0 - each.rect.x1)
        size = max(label.size, each.size)
        if across and down <= REACH * size:
            distances.append((down, id(each), each))
        elif level and (aside <= BESIDE * size or _alone(label, each, around)):
            distances.append((aside, id(each), each))
    return min(distances)[2] if distances else None


def _alone(one: Segment, other: Segment, around: Sequence[Segment]) -> bool:
    """Whether the next text on a line is far behind one, as in the rows of a wide table."""
    return one.rect.x1 <= other.rect.x0 and not any(
        each.page is one.page
        and one.rect.x1 <= each.rect.x0 < other.rect.x0
        and overlap(one.rect.top, one.rect.bottom, each.rect.top, each.rect.bottom) > 0
        for each in around
    )


def _level_below(above: Segment, label: Segment, head: Sequence[Segment]) -> Segment | None:
    """The short text under a count, in its column."""
    start = max(above.rect.bottom, label.rect.bottom)
    under = [
        each
        for each in head
        if each.page is above.page
        and -0.3 * each.size <= each.rect.top - start <= REACH * above.size
        and (
            overlap(above.rect.x0, above.rect.x1, each.rect.x0, each.rect.x1) > 0
            or overlap(label.rect.x0, label.rect.x1, each.rect.x0, each.rect.x1) > 0
        )
        and len(each.text) > 2
    ]
    nearest = min(under, key=lambda each: each.rect.top, default=None)
    return nearest if nearest is not None and _is_level(nearest) else None


def _level_beside(count: Segment, head: Sequence[Segment]) -> Segment | None:
    """The short text in the next cell of a count's row."""
    behind = [
        each
        for each in head
        if each.page is count.page
        and abs(each.middle - count.middle) <= 0.5 * count.size
        and each.rect.x0 - count.rect.x1 > 0
        and (each.rect.x0 - count.rect.x1 <= BESIDE * count.size or _alone(count, each, head))
    ]
    nearest = min(behind, key=lambda each: each.rect.x0, default=None)
    return nearest if nearest is not None and _is_level(nearest) else None


def _is_level(each: Segment) -> bool:
    return _says_level(each.text)


def _says_level(text: str) -> bool:
    short = len(text.split()) <= LEVEL_WORDS
    named = match_key(text) in COUNTED
    return bool(_LEVEL.fullmatch(text)) and short and not named
