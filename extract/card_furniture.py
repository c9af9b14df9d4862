"""The running heads and feet of a Ficha de Monitoreo of several pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.card_labels import find_objectives, kind_of
from extract.card_strips import KEY
from extract.free_text import Segment
from extract.geometry import share_y

MARGIN = 0.1
"""Part of a page's height at its top and bottom where running heads stand."""
OFTEN = 0.5
"""Part of the pages on which one stands at least."""
STEP = 4.0
"""Points of height within which two pages have it."""

_DIGITS = re.compile(r"\d+")


def running_lines(segments: Sequence[Segment]) -> list[Segment]:
    """The lines at the pages' edges that recur on other pages, their numbers apart.

    A line with a label, a key or the heading of an objective is none: strips may begin at one
    height on all pages.
    """
    pages: dict[int, list[list[Segment]]] = {}
    for each in sorted(segments, key=lambda s: (s.page.number, s.middle)):
        lines = pages.setdefault(each.page.number, [])
        if lines and share_y(lines[-1][0].rect, each.rect) >= 0.5:
            lines[-1].append(each)
        else:
            lines.append([each])
    if len(pages) < 2:
        return []
    seen = Counter(place for lines in pages.values() for place in {_place(e) for e in lines})
    least = max(2.0, OFTEN * len(pages))
    found: list[Segment] = []
    for lines in pages.values():
        for ordered in (lines, lines[::-1]):
            for line in ordered:
                if not _is_at_edge(line) or _is_own(line) or seen[_place(line)] < least:
                    break
                found.extend(line)
    return found


def _is_at_edge(line: Sequence[Segment]) -> bool:
    height = line[0].page.reading.size[1]
    return not MARGIN * height < line[0].middle < (1 - MARGIN) * height


def _is_own(line: Sequence[Segment]) -> bool:
    return any(
        kind_of(each.text) or KEY.match(each.text) or find_objectives([each]) for each in line
    )


def _place(line: Sequence[Segment]) -> tuple[str, int]:
    text = " ".join(each.text for each in sorted(line, key=lambda s: s.rect.x0))
    return _DIGITS.sub("#", text), round(line[0].middle / STEP)
