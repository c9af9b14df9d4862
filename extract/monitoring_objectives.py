"""The texts of the objectives that strips of cards belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.card_labels import ObjectiveLabel, behind_objective, find_objectives
from extract.card_strips import Content
from extract.free_text import LEADING, Segment, is_at_edge, printed_of, same_type
from extract.geometry import overlap, share_x, share_y
from extract.monitoring_prose import SENTENCE_END, first_paragraph
from extract.types import Printed

BESIDE = 2.0
"""Gap, in line heights, that two pieces of one line of an objective's text have at most."""
ABOVE = 8.0
"""Line heights above the names up to which an objective's text begins, where it has no heading."""


_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})\s*[.)\-–—]+\s*(?!\d)")
"""How the text of an objective begins."""


@dataclass(frozen=True, slots=True)
class Objective:
    """What a strip's objective is, as far as it is printed; ``label`` is its heading, ``top``
    where it begins, if it is on the strip's page; ``cut``: it may go on outside of the page."""

    number: int | None
    text: Printed | None
    label: ObjectiveLabel | None = None
    top: float | None = None
    cut: bool = False


class Objectives:
    """Finds the objective of each strip; one that is printed once serves all of its strips.

    ``used`` are the ids of segments that belong to something else; what is found is added. ``gap``
    is the document's usual gap between two lines, in line heights.
    """

    def __init__(
        self,
        labels: Sequence[ObjectiveLabel],
        segments: Sequence[Segment],
        used: set[int],
        gap: float,
        reader: str,
    ) -> None:
        self.labels = labels
        self.segments = segments
        self.used = used
        self.gap = gap
        self.reader = reader
        self.used.update(id(part) for label in labels if label.whole for part in label.parts)
        self._known: dict[int, Printed] = {}
        self._cut: set[int] = set()
        self._tops: dict[int, tuple[int, float]] = {}
        self._last: int | None = None
        self._before: Content | None = None

    def of(self, content: Content, number: int | None) -> Objective:
        """The objective of a strip whose cards' keys begin with ``number``, if they have any."""
        label = self._label(content, number)
        self._before = content
        beside = objective_of(content.objective)
        if number is None and beside is not None:
            number = beside[0]
        if number is None:
            number = label.number if label else self._last
        self._last = number
        if number is None:
            return Objective(None, None)
        if number not in self._known and beside is not None and beside[0] == number:
            self._known[number] = printed_of(first_paragraph(beside[1], self.gap), self.reader)
        if number not in self._known:
            text = self._text(content, label, number)
            if text is not None:
                self._known[number] = text
        page = content.strip.first.page.number
        tops = [top for at, top in (self._tops.get(number, (0, 0.0)),) if at == page]
        if label is not None and label.segment.page.number == page:
            tops.append(label.segment.rect.top)
        top = min(tops, default=None)
        return Objective(number, self._known.get(number), label, top, number in self._cut)

    def _label(self, content: Content, number: int | None) -> ObjectiveLabel | None:
        """The heading nearest above a strip, of its own number if that is known."""
        page = content.strip.first.page
        above = [
            label
            for label in self.labels
            if label.segment.page is page
            and label.segment.rect.top <= content.strip.first.rect.bottom
            and number in (None, label.number)
        ]
        if not above:  # at the foot of the page before
            above = [
                label
                for label in self.labels
                if label.segment.page.number == page.number - 1
                and (label.number == number or (number is None and self._is_new(label)))
            ]
        return max(above, key=lambda label: label.segment.rect.top, default=None)

    def _is_new(self, label: ObjectiveLabel) -> bool:
        """Whether a heading stands below the strip before, so that it heads the next one."""
        if self._before is None:
            return True
        last = self._before.strip.last
        place = last.page.number, last.rect.bottom
        return place < (label.segment.page.number, label.segment.rect.bottom)

    def _text(self, content: Content, label: ObjectiveLabel | None, number: int) -> Printed | None:
        first = self._first_line(content, label, number)
        if first is None:
            return None
        lines = first_paragraph(self._with_lines(first, content), self.gap)
        self.used.update(id(each) for each in lines)
        self._tops[number] = first.page.number, first.rect.top
        lines += self._over_the_break(lines, content)
        if any(map(is_at_edge, lines)):
            self._cut.add(number)
        if label is not None and lines[0] is label.segment and not label.whole:
            lines = [behind_objective(label), *lines[1:]]
        return printed_of(lines, self.reader)

    def _over_the_break(self, lines: Sequence[Segment], content: Content) -> list[Segment]:
        """The end of a text that a page break cuts, at the top of the strip's page."""
        here = content.strip.first.page
        if lines[-1].page is here or SENTENCE_END.search(lines[-1].text):
            return []
        top = [
            each
            for each in self.segments
            if each.page is here
            and each.rect.bottom <= content.top + 1.0
            and id(each) not in self.used
            and same_type(each, lines[-1])
        ]
        rest = first_paragraph(top, self.gap) if top else []
        self.used.update(id(each) for each in rest)
        return rest

    def _first_line(
        self, content: Content, label: ObjectiveLabel | None, number: int
    ) -> Segment | None:
        """The line with which the text begins: headed by the number, or else the nearest one to
        the right of the heading or below it."""
        numbered = re.compile(rf"\s*{number}\s*[.)\-–—]+\s*(?!\d)\D")
        if label is not None and not label.whole:
            return label.segment
        near = [each for each in self._near(content, label) if id(each) not in self.used]
        headed = [each for each in near if numbered.match(each.text)]
        if headed:
            return min(headed, key=_reading_order)
        if label is None:
            return None
        here = label.segment.rect
        own = [each for each in near if each.page is label.segment.page]
        beside = [e for e in own if share_y(e.rect, here) >= 0.3 and e.rect.x0 >= here.x1]
        if beside:
            nearest = min(beside, key=lambda e: e.rect.x0)
            return min(
                (e for e in own if share_x(e.rect, nearest.rect) > 0.5),
                key=lambda e: e.rect.top,
            )
        page = label.segment.page.number
        below = [e for e in near if e.page.number > page or e.rect.top >= here.bottom - 1.0]
        return min(below, key=_reading_order, default=None)

    def _near(self, content: Content, label: ObjectiveLabel | None) -> list[Segment]:
        """What stands between the heading and the names of the indicators, over a page break."""
        here = content.strip.first.page
        page, start = here, content.top - ABOVE * content.strip.first.size
        if label is not None:
            page, start = label.segment.page, label.segment.rect.top - 3 * label.segment.size
        near = []
        for each in self.segments:
            after = each.page is not page or start <= each.middle
            before = each.page is not here or each.rect.bottom <= content.top + 1.0
            if each.page in (page, here) and after and before:
                near.append(each)
        return near

    def _with_lines(self, first: Segment, content: Content) -> list[Segment]:
        """The first line with its other pieces and the lines below it."""
        lines = [first]
        limit = content.top if first.page is content.strip.first.page else float("inf")
        free = [
            each
            for each in self.segments
            if each.page is first.page
            and id(each) not in self.used
            and each is not first
            and same_type(each, first)
            and first.rect.top - 1.0 <= each.rect.top
            and each.middle < limit
        ]
        grown = True
        while grown:
            grown = False
            for each in free:
                if any(each is line for line in lines):
                    continue
                if any(_goes_on(line, each) for line in lines):
                    lines.append(each)
                    grown = True
        return sorted(lines, key=lambda each: (round(each.middle), each.rect.x0))


def objective_of(cell: Sequence[Segment]) -> tuple[int, list[Segment]] | None:
    """Number and text of an objective that has a cell of its own; ``None`` for none."""
    lines = list(cell)
    number: int | None = None
    for label in find_objectives(lines[:2])[:1]:
        if label.parts[0] is lines[0]:
            number = label.number
            rest = lines[len(label.parts) :]
            lines = rest if label.whole else [behind_objective(label), *rest]
    if not lines:
        return None
    own = _NUMBERED.match(lines[0].text)
    if number is None and own is not None:
        number = int(own["number"])
    return (number, lines) if number is not None else None


def objective_aside(
    content: Content, labels: Sequence[ObjectiveLabel], gap: float
) -> tuple[list[Segment], list[Segment]]:
    """The text at the side of a strip as its objective and what else it says.

    It is the objective's where its heading stands right above, or its number is the first word.
    """
    box = sorted(content.prose, key=_reading_order)
    if not box:
        return [], []
    first = box[0]
    heading = [
        part
        for label in labels
        if label.whole
        and label.segment.page is first.page
        and overlap(label.segment.rect.x0, label.segment.rect.x1, first.rect.x0, first.rect.x1) > 0
        and -0.5 * first.size < first.rect.top - label.segment.rect.bottom <= BESIDE * first.size
        for part in label.parts
    ]
    if objective_of([*heading, *box]) is None:
        return [], content.prose
    own = first_paragraph(box, gap)
    kept = {id(each) for each in own}
    return [*heading, *own], [each for each in content.prose if id(each) not in kept]


def _reading_order(each: Segment) -> tuple[int, float, float]:
    return each.page.number, each.rect.top, each.rect.x0


def _goes_on(line: Segment, each: Segment) -> bool:
    if share_y(line.rect, each.rect) >= 0.5:
        gap = max(line.rect.x0, each.rect.x0) - min(line.rect.x1, each.rect.x1)
        return gap <= BESIDE * line.size
    below = each.rect.top - line.rect.bottom
    wide = overlap(line.rect.x0, line.rect.x1, each.rect.x0, each.rect.x1) > 0
    # of some fonts each letter has the height of its ink: a last line without tall ones is low
    return -0.5 * line.size < below <= LEADING * line.tall and wide
