"""Which labels of a budget programme's ficha belong together, and to which year and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.budget_labels import INDICATOR, LETTERS
from extract.geometry import Rect, overlap, share_x
from extract.labelled import LEVEL, YEAR, Found
from extract.segments import Segment

CLUSTER = 4.0
"""Line heights between two labels of one indicator that stand under each other."""
ALIGNED = 1.5
"""Line heights by which labels under each other may be out of line."""
HEADED = 8.0
"""Line heights above the first label of a list in which a year heads its values."""
STEP = 2.5
"""Line heights between two texts of one column heading."""

_MARKED = re.compile(r"\(?(?P<mark>PP|PO|PA)\)?(?:\s*[:=]\s*|\s*$)(?P<unit>.*)", re.IGNORECASE)


def without_legends(labels: Sequence[Found]) -> list[Found]:
    """The labels of a list without those of a chart's legend and words of prose: such a one has no
    value where another of its kind has one, or stands in line with no other label of the list."""
    valued = [label for label in labels if label.value is not None]
    kept: list[Found] = []
    for label in labels:
        if label.value is None:
            again = any(other.mark is label.mark for other in valued)
            alone = not label.colon and not any(_in_column(label, other) for other in valued)
            twice = any(other.mark is label.mark for other in kept)
            if again or alone or twice:
                continue
        kept.append(label)
    return kept


def _in_column(a: Found, b: Found) -> bool:
    edges = (a.rect.x0 - b.rect.x0, (a.rect.x0 + a.rect.x1 - b.rect.x0 - b.rect.x1) / 2)
    level = overlap(a.rect.top, a.rect.bottom, b.rect.top, b.rect.bottom) > 0
    return a.segments[0].page is b.segments[0].page and (
        level or any(abs(edge) < ALIGNED * a.height for edge in edges)
    )


def indicator_blocks(labels: Sequence[Found]) -> list[list[Found]]:
    """The labels of each indicator, from the top.

    Those under each other are one block; blocks beside each other that have no label in common are
    one too. A block without a goal or a result, or with nothing but the legend of a chart, is none.
    """
    parts = [part for column in _columns(_stated(labels)) for part in _unrepeated(column)]
    blocks: list[list[Found]] = []
    for part in parts:
        names = {label.mark.name for label in part}
        for block in blocks:
            if _is_level(block, part) and not names & {label.mark.name for label in block}:
                block.extend(part)
                break
        else:
            blocks.append(list(part))
    return [block for block in blocks if _is_indicator(block)]


def _stated(labels: Sequence[Found]) -> list[Found]:
    """The labels without those of a legend ("Avance", "Meta 2020") where others state the same."""
    sure = {
        label.mark.name
        for label in labels
        if label.colon or (label.value is not None and not label.year)
    }
    return [
        label
        for label in labels
        if label.mark.name not in sure
        or label.colon
        or (label.value is not None and not label.year and label.segments[0].cell is not None)
        or not (label.mark.dated or label.value is None)
        or (label.value is not None and not label.year and not _has_colon(label, labels))
    ]


def _has_colon(label: Found, labels: Sequence[Found]) -> bool:
    return any(other.colon for other in labels if other.mark is label.mark)


def _columns(labels: Sequence[Found]) -> list[list[Found]]:
    """Labels that stand under each other."""
    columns: list[list[Found]] = []
    for label in labels:
        for column in columns:
            last = column[-1]
            gap = (label.rect.top - last.rect.bottom) / last.height
            if (
                label.segments[0].page is last.segments[0].page
                and -0.5 < gap < CLUSTER
                and abs(label.rect.x0 - last.rect.x0) < ALIGNED * last.height
            ):
                column.append(label)
                break
        else:
            columns.append([label])
    return columns


def _unrepeated(column: Sequence[Found]) -> list[list[Found]]:
    """A column cut where a label of its block comes again: there the next indicator begins."""
    parts: list[list[Found]] = [[]]
    for label in column:
        if any(label.mark is other.mark for other in parts[-1]):
            parts.append([])
        parts[-1].append(label)
    return parts


def _is_level(a: Sequence[Found], b: Sequence[Found]) -> bool:
    if a[0].segments[0].page is not b[0].segments[0].page:
        return False
    tops = [min(label.rect.top for label in block) for block in (a, b)]
    bottoms = [max(label.rect.bottom for label in block) for block in (a, b)]
    return overlap(tops[0], bottoms[0], tops[1], bottoms[1]) > 0


def _is_indicator(block: Sequence[Found]) -> bool:
    names = {label.mark.name for label in block}
    valued = {label.mark.name for label in block if label.value is not None}
    return (
        len(names) > 1
        and bool(names & {"goal", "result"})
        and bool(valued & {"goal", "result", "frequency", "base_year"})
    )


def year_headings(
    labels: Sequence[Found], segments: Sequence[Segment], group: Sequence[Found]
) -> list[tuple[int, Rect]]:
    """The years that head the values of a list ("Valor 2020"), with where they stand: below the
    heading of the list, if it has one, and above its first label."""
    valued = [label for label in group if label.value and label.mark.value(label.value.text)]
    if not valued:
        return []
    page, height = valued[0].segments[0].page, valued[0].height
    valued = [label for label in valued if label.segments[0].page is page]
    first = min(label.rect.top for label in valued)
    titles = [
        label.rect.top
        for label in labels
        if label.mark.name == "quantities" and label.segments[0].page is page
    ]
    top = max((at for at in titles if at < first), default=first - HEADED * height) - 1
    found = [
        (label.year, label.rect)
        for label in labels
        if label.year
        and not label.colon
        and label.inline is None
        and (label.mark.name == "quantities" or label.segments[0].text.lower().startswith("valor"))
        and label.segments[0].page is page
        and top <= label.rect.top < first + height
    ]
    values = [label.value for label in valued if label.value is not None]
    found += [
        (int(each.text.strip()), each.rect)
        for each in segments
        if each.page is page
        and YEAR.fullmatch(each.text.strip())
        and top <= each.rect.top < first
        and any(share_x(each.rect, value.rect) > 0 for value in values)
    ]
    if not found:
        return _cut_off(labels, group, page.number - 1)
    nearest = max((rect.bottom for _, rect in found), default=0.0)
    return [(year, rect) for year, rect in found if nearest - rect.bottom < STEP * height]


def _cut_off(
    labels: Sequence[Found], group: Sequence[Found], number: int
) -> list[tuple[int, Rect]]:
    """The year at the end of the page before a list: with nothing of the list, and no other label
    below it in its column."""
    own = [label for label in labels if label.segments[0].page.number == number]
    found = [label for label in own if label.year and not label.colon and label.inline is None]
    below = [
        label
        for label in found
        if not any(
            other.rect.top > label.rect.bottom and share_x(other.rect, label.rect) > 0
            for other in own
        )
        and (label.mark.name == "quantities" or label.segments[0].text.lower().startswith("valor"))
    ]
    if len(below) != 1 or any(label.segments[0].page.number == number for label in group):
        return []
    return [(below[0].year, below[0].rect)]


def by_year(label: Found, headings: Sequence[tuple[int, Rect]]) -> list[tuple[int, Segment | None]]:
    """The values of a label by their year; 0 where no year heads them."""
    years = {year for year, _ in headings}
    if label.year or len(years) < 2:
        return [(label.year or (years.pop() if years else 0), label.value)]
    found: list[tuple[int, Segment | None]] = []
    numbers = [value for value in label.beside if label.mark.value(value.text)]
    if len(numbers) == len(label.beside) == len(headings) and _is_row(headings):
        ordered = sorted(headings, key=lambda heading: heading[1].x0)  # however they are set
        return [(year, value) for (year, _), value in zip(ordered, numbers, strict=True)]
    for year, rect in headings:
        values = [value for value in label.beside if share_x(value.rect, rect) > 0]
        found.append((year, values[0] if len(values) == 1 else None))
    return found


def _is_row(headings: Sequence[tuple[int, Rect]]) -> bool:
    """Whether years stand beside each other, each once."""
    rects = [rect for _, rect in headings]
    apart = all(share_x(a, b) == 0 for a, b in pairwise(sorted(rects)))
    level = all(overlap(a.top, a.bottom, b.top, b.bottom) > 0 for a, b in pairwise(rects))
    return apart and level and len({year for year, _ in headings}) == len(headings)


def population_units(labels: Sequence[Found], segments: Sequence[Segment]) -> dict[str, str]:
    """The unit of each population: the one beside its letters (PP, PO, PA); where only one unit is
    printed, of all three."""
    indicator = {id(label) for block in indicator_blocks_of(labels) for label in block}
    parts = {id(each) for label in labels for each in label.segments}
    free = [each for each in segments if id(each) not in parts]
    found: dict[str, str] = {}
    for label in labels:
        if label.mark.name not in ("unit", "population_unit") or id(label) in indicator:
            continue
        ending = label.segments[-1].text.strip("() :").lower().rpartition(" ")[2]
        marked = [ending] if ending in LETTERS else []
        for text in _texts_of(label, free):
            match = _MARKED.fullmatch(text)
            if match:
                marked.append(match["mark"].lower())
                text = match["unit"]
            if text.strip(" .:"):
                for mark in marked or LETTERS:
                    found.setdefault(LETTERS[mark], text.strip(" .:"))
                marked = []
    if len(set(found.values())) == 1:
        return dict.fromkeys(LETTERS.values(), next(iter(found.values())))
    return found


def indicator_blocks_of(labels: Sequence[Found]) -> list[list[Found]]:
    names = {mark.name for mark in INDICATOR}
    return indicator_blocks([label for label in labels if label.mark.name in names])


def _texts_of(label: Found, free: Sequence[Segment]) -> list[str]:
    """What a unit's label says: behind it, beside it, or in the column below it."""
    page, rect, height = label.segments[0].page, label.rect, label.height
    beside = [
        each
        for each in free
        if each.page is page
        and each.rect.x0 > rect.x1 - 0.5 * height
        and each.rect.x0 - rect.x1 < 8 * height
        and overlap(each.rect.top, each.rect.bottom, rect.top, rect.bottom) > LEVEL * height
    ]
    lines = [label.inline] if label.inline is not None else []
    column = sorted((each for each in free if each.page is page), key=lambda each: each.rect.top)
    bottom = rect.bottom
    for each in column:
        limit = max(height, each.height, *(part.height for part in label.segments))
        if -0.4 * height <= each.rect.top - bottom < limit and share_x(rect, each.rect) > 0.3:
            lines.append(each)
            bottom = each.rect.bottom
    lines = lines or sorted(beside, key=lambda each: each.rect.x0)[:1]
    texts: list[str] = []
    for each in lines:
        if any(letter.isdigit() for letter in each.text):
            break
        if texts and not _MARKED.fullmatch(each.text) and not _MARKED.fullmatch(texts[-1]):
            texts[-1] += f" {each.text}"
        else:
            texts.append(each.text)
    return texts
