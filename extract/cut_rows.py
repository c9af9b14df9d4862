"""Whether the first row of a page is the rest of the row that the page before ends with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.labels import Match, Matcher
from normalize.text import join_lines

if TYPE_CHECKING:  # the strip asks this module
    from extract.strip import Slot

SAME_COLUMN = 3.0
"""Points by which a column's edges may differ on two pages."""
SLIP = 3.0
"""Likeness by which two texts together may be less of a label than the second alone."""


def cut_row(last: Sequence[Slot], slots: Sequence[Slot]) -> list[tuple[Slot, Slot]]:
    """The slots of the last row, each with the one under it; none unless all columns agree."""
    start = min(slot.rect.top for slot in slots)
    first = [slot for slot in slots if slot.rect.top < start + SAME_COLUMN]
    if len(first) != len(last):
        return []
    above = sorted(last, key=lambda slot: slot.rect.x0)
    below = sorted(first, key=lambda slot: slot.rect.x0)
    for a, b in zip(above, below, strict=True):
        if abs(a.rect.x0 - b.rect.x0) > SAME_COLUMN or abs(a.rect.x1 - b.rect.x1) > SAME_COLUMN:
            return []
    return list(zip(above, below, strict=True))


def is_continued(pairs: Sequence[tuple[Slot, Slot]], matcher: Matcher) -> bool:
    """Whether the second row is the rest of the first.

    It is where a label is printed in one part and nothing, or the label's rest, in the other: a
    row of its own would have a label of its own, or none in both (years over their values). Empty
    cells under labels alone may be their values, and empty cells over labels those of others.
    """
    if all(above.match for above, _ in pairs) and not any(below.text for _, below in pairs):
        return False
    if not any(above.text for above, _ in pairs):
        return False
    evidence = False
    goes_on = any(above.match and below.text for above, below in pairs)
    for above, below in pairs:
        rest_empty = above.match and not below.text
        begun_empty = below.match and not above.text and not goes_on
        if rest_empty or begun_empty or _is_cut_label(above, below, matcher):
            evidence = True
        elif above.match or below.match:
            return False
    return evidence


def tall_cells(pairs: Sequence[tuple[Slot, Slot]], matcher: Matcher) -> list[tuple[Slot, Slot]]:
    """Of two rows, the cells that stand in both: a label that is printed in the first only, or in
    both in parts, and the value to its right."""
    tall: list[tuple[Slot, Slot]] = []
    for label, value in pairwise(pairs):
        begun = label[0].match and not label[1].text
        cut = begun or _is_cut_label(*label, matcher)
        if cut and not value[0].match and not value[1].match:
            tall.extend([label, value])
    return tall


def _is_cut_label(above: Slot, below: Slot, matcher: Matcher) -> bool:
    """Whether two texts are one label. Its parts may be labels as well: ``Sustitución en`` |
    ``método de cálculo``, ``Nivel de`` | ``desagregación``, ``Nombre variable`` | ``8``."""
    if not above.text or not below.text:
        return False
    whole = matcher.match(join_lines([above.text, below.text]))
    if whole is None or _is_complete(above, whole):
        return False
    if below.match is None:
        return True
    another = above.match is not None and above.match.label is not whole.label
    return not another and whole.score > below.match.score - SLIP


def _is_complete(label: Slot, longer: Match) -> bool:
    """Whether what follows makes a label only less alike: it is its value (``n.d.``)."""
    own = label.match
    return own is not None and own.wording == longer.wording and own.score > longer.score
