"""Where a label's value stands on the strip: to its right, below it, or in rows of years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.geometry import share_x, share_y
from extract.labels import are_years, count_across, is_year
from extract.strip import Slot

NEXT = 4.0
"""Points up to which the next cell begins where its neighbour ends."""
SPACER = 14.0
"""Points up to which an empty cell between label and value is a spacer."""
MOST = 0.5
"""Part of a cell (of the smaller of two) that must lie in a label's row or column."""
SURE = 95.0
"""Likeness from which a cell beside a label is a label itself, and no value."""
WIDER = 1.5
"""Times a label's width from which a cell under it is no value of it but a title."""


def in_row_of(label: Slot, slot: Slot) -> bool:
    """Whether a slot stands in a label's row, to either side."""
    return slot is not label and share_y(label.rect, slot.rect) >= MOST


def value_of(label: Slot, slots: Sequence[Slot], section: str) -> list[Slot] | None:
    """The cells that hold a label's value, where its template says or else at its other side.

    ``section`` is the one that the label is in: "Año" is a label there, and a word elsewhere.
    """
    if label.match and label.match.label.at == "right":
        return right(label, slots, section) or below(label, slots)
    under = below(label, slots)
    if under and any(slot.text for slot in under):
        return under
    beside = right(label, slots, section)
    if under is None:
        return beside
    return beside if beside and any(slot.text for slot in beside) else under


def right(label: Slot, slots: Sequence[Slot], section: str) -> list[Slot] | None:
    """The cell (or cells, one above the other) to the right of a label; ``None`` where there is
    none, or where the neighbour is a label itself."""
    edge = label.rect.x1
    _, top, _, bottom = label.rect
    in_row = [
        s
        for s in slots
        if s.rect.x0 >= edge - NEXT
        and s.rect.top < bottom
        and top < s.rect.bottom  # as far as one look tells
        and in_row_of(label, s)
    ]
    while True:
        after = [s for s in in_row if s.rect.x0 >= edge - NEXT]
        if not after:
            return None
        start = min(s.rect.x0 for s in after)
        if start - edge > SPACER:
            return None
        nearest = [s for s in after if s.rect.x0 - start <= NEXT]
        if all(not s.text and s.rect.width <= SPACER for s in nearest):
            edge = max(s.rect.x1 for s in nearest)
            in_row = [s for s in after if s.rect.x0 - start > NEXT]  # a sliver ends near itself
            continue
        if any(_is_label(s, section) for s in nearest):
            return None
        return sorted(nearest, key=lambda s: s.rect.top)


def _is_label(slot: Slot, section: str) -> bool:
    if slot.match is None or slot.match.score < SURE:
        return False
    return slot.match.label.within in ("", section)


def below(label: Slot, slots: Sequence[Slot]) -> list[Slot] | None:
    """The cells under a label, down to the next label; ``None`` where there is none."""
    under = [s for s in slots if s.rect.top >= label.rect.bottom - NEXT]
    in_column = [s for s in under if share_x(label.rect, s.rect) >= MOST]
    ends = [s.rect.top for s in under if s.match and s.match.label.at != "right"]
    ends.extend(s.rect.top for s in in_column if s.match and s.match.score >= SURE)
    ends.extend(s.rect.top for s in in_column if s.rect.width > WIDER * label.rect.width)
    end = min(ends, default=float("inf"))
    return sorted((s for s in in_column if s.rect.top < end), key=lambda s: s.rect.top) or None


def grid_pairs(title: Slot, slots: Sequence[Slot]) -> list[tuple[Slot, Slot | None]]:
    """Years with the values under them (or beside them, where each has a row of its own), below
    the title of a series, down to the next title.

    A value that stands under two years, or under none, is given to neither.
    """
    under = [s for s in slots if s.rect.top >= title.rect.bottom - NEXT]
    end = min(
        (s.rect.top for s in under if s.match and not s.match.label.within), default=float("inf")
    )
    rows: list[list[Slot]] = []
    for slot in sorted((s for s in under if s.rect.top < end), key=lambda s: s.rect.top):
        if rows and slot.rect.top - rows[-1][0].rect.top <= NEXT:
            rows[-1].append(slot)
        else:
            rows.append([slot])
    ordered = [sorted(row, key=lambda s: s.rect.x0) for row in rows]
    if count := count_across([slot.text for slot in row] for row in ordered):
        return [
            (year, value)
            for row in ordered[:count]
            if is_year(row[0].text)
            for year, value in zip(row[::2], row[1::2], strict=True)
        ]
    pairs: list[tuple[Slot, Slot | None]] = []
    used = False
    for years, values in pairwise([*rows, []]):
        if _is_title(years, title):
            break
        used = not used and are_years(slot.text for slot in years)
        if used:
            pairs.extend(_paired(years, values))
    return pairs


def _is_title(row: Sequence[Slot], title: Slot) -> bool:
    """Whether a row is one wide text without digits: a title, even one that no template knows."""
    text = row[0].text
    alone = len(row) == 1 and WIDER * row[0].rect.width > title.rect.width
    return alone and bool(text) and not any(sign.isdigit() for sign in text)


def _paired(years: Sequence[Slot], values: Sequence[Slot]) -> list[tuple[Slot, Slot | None]]:
    own = sorted((slot for slot in years if is_year(slot.text)), key=lambda s: s.rect.x0)
    pairs: list[tuple[Slot, Slot | None]] = []
    for year in own:
        under = [slot for slot in values if share_x(year.rect, slot.rect) >= MOST]
        shared = [
            slot for slot in under if sum(share_x(y.rect, slot.rect) >= MOST for y in years) > 1
        ]
        pairs.append((year, under[0] if len(under) == 1 and not shared else None))
    return pairs
