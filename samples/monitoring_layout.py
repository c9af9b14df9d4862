"""Lays a Ficha de Monitoreo out as CONEVAL does: boxes placed freely on wide pages.

What is placed are plain shapes and lines of text, in points from the top left, so that any
producer can draw them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from samples.monitoring_source import Card, Monitoring, Objective, Text

LEADING = 1.18
PAD = 3.0
TREND_HEIGHT = 15.0

Align = Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a ficha is laid out. ``rules``: strokes, thin filled rectangles or none; ``per_strip``:
    cards side by side; ``prose``: where the text column stands; ``features``: measure, trend and
    quality below each other or side by side; ``own_lines``: the source's line breaks are kept;
    ``per_page``: objectives that a page holds at most (0: as the source has them).
    """

    width: float = 1224.0
    height: float = 612.0
    margin: float = 22.0
    size: float = 7.0
    rules: Literal["strokes", "rects", "none"] = "strokes"
    coloured: bool = True
    align: Align = "center"
    per_strip: int = 3
    prose: Literal["right", "left", "below"] = "right"
    features: Literal["lines", "beside"] = "beside"
    own_lines: bool = True
    per_page: int = 0
    font: str = "Vera"
    bold: str = "VeraBd"
    gap: float = PAD
    stacked_head: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its left end, its baseline, and where the file has it; ``spacing``: points
    between its letters; ``white``: printed so, on a dark ground; ``followed``: by a mark."""

    x: float
    baseline: float
    text: str
    size: float
    bold: bool
    at: float
    spacing: float = 0.0
    white: bool = False
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle; ``colour`` is red, green, blue from 0 to 1."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line through some points."""

    points: tuple[tuple[float, float], ...]
    width: float = 0.5


@dataclass
class Sheet:
    """One page."""

    areas: list[Area] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one text, broken to a width."""

    lines: tuple[tuple[str, float], ...]  # with where the file has each
    size: float
    bold: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


BAND = (0.13, 0.32, 0.42)
PALE = (0.91, 0.94, 0.96)
GOOD, FAIR, POOR, OTHER = (0.66, 0.82, 0.55), (0.99, 0.87, 0.48), (0.93, 0.55, 0.5), (0.8, 0.8, 0.8)
_FIRST_WORDS = {
    **dict.fromkeys(("Alcanzada", "Logro", "Superada", "Superado", "Avanzado"), GOOD),
    **dict.fromkeys(("No", "Insuficiente", "Rezagado", "Adecuado"), FAIR),
    **dict.fromkeys(("Retroceso", "Muy"), POOR),
}


def lay_out(monitoring: Monitoring, look: Look) -> list[Sheet]:
    """The pages of a ficha, top to bottom."""
    for font in (look.font, look.bold):
        if font not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    return _Layout(monitoring, look).sheets()


class _Layout:
    """One pass down the pages; ``y`` is how far the current one is filled."""

    def __init__(self, monitoring: Monitoring, look: Look) -> None:
        self.monitoring = monitoring
        self.look = look
        self.left, self.right = look.margin, look.width - look.margin
        self.pages: list[Sheet] = [Sheet()]
        self.y = look.margin

    def sheets(self) -> list[Sheet]:
        self._head()
        page, on_page = 1, 0
        for objective in self.monitoring.objectives:
            full = 0 < self.look.per_page <= on_page
            if full or (not self.look.per_page and objective.page > page):
                self._new_page()
                on_page = 0
            page, on_page = objective.page, on_page + 1
            self._objective(objective)
        self._end()
        return self.pages

    # --- text

    def _block(
        self, text: Text, width: float, *, size: float | None = None, bold: bool = False
    ) -> Block:
        size = size or self.look.size
        font = self.look.bold if bold else self.look.font
        if self.look.own_lines:
            widest = max(pdfmetrics.stringWidth(line, font, size) for line in text.lines)
            size *= min(1.0, width / widest)
            return Block(
                tuple((line, text.at + 0.001 * at) for at, line in enumerate(text.lines)),
                size,
                bold,
            )
        broken = _wrap(text.words, font, size, width)
        return Block(
            tuple((line, text.at + 0.001 * at) for at, line in enumerate(broken)), size, bold
        )

    def _draw(
        self, block: Block, x0: float, top: float, x1: float, align: Align | None = None
    ) -> None:
        font = self.look.bold if block.bold else self.look.font
        for number, (text, at) in enumerate(block.lines):
            x = x0
            if (align or self.look.align) == "center":
                x = (x0 + x1 - pdfmetrics.stringWidth(text, font, block.size)) / 2
            baseline = top + (number * LEADING + 0.94) * block.size
            self.pages[-1].lines.append(Line(x, baseline, text, block.size, block.bold, at))

    def _middle(self, block: Block, x0: float, top: float, x1: float, bottom: float) -> None:
        self._draw(block, x0, top + (bottom - top - block.height) / 2, x1)

    def _area(
        self, x0: float, top: float, x1: float, bottom: float, colour: tuple[float, float, float]
    ) -> None:
        if self.look.coloured:
            self.pages[-1].areas.append(Area(x0, top, x1, bottom, colour))

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        sheet = self.pages[-1]
        if self.look.rules == "strokes":
            sheet.strokes.append(Stroke(((x0, y0), (x1, y1))))
        elif self.look.rules == "rects":
            sheet.areas.append(Area(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3, (0.35, 0.35, 0.35)))

    def _grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self._rule(x, ys[0], x, ys[-1])
        for y in ys:
            self._rule(xs[0], y, xs[-1], y)

    def _new_page(self) -> None:
        self.pages.append(Sheet())
        self.y = self.look.margin

    def _room(self, height: float) -> None:
        if self.y + height > self.look.height - self.look.margin and self.y > self.look.margin:
            self._new_page()

    def _title(
        self, text: Text, x0: float, x1: float, scale: float = 1.15, *, band: bool = True
    ) -> None:
        block = self._block(text, x1 - x0 - 2 * PAD, size=scale * self.look.size, bold=True)
        self._room(block.height + 2 * PAD)
        bottom = self.y + block.height + 2 * PAD
        if band:
            self._area(x0, self.y, x1, bottom, PALE)
        self._draw(block, x0 + PAD, self.y + PAD, x1 - PAD)
        self.y = bottom + 2.0

    # --- the parts of a ficha

    def _head(self) -> None:
        model, look = self.monitoring, self.look
        for stray in model.stray:
            block = self._block(stray, 80.0, size=0.8 * look.size)
            self._draw(block, self.left, self.y - 12.0, self.left + 80.0, "left")
        self._title(model.heading, self.left, self.right, 1.9, band=False)
        self._title(model.title, self.left, self.right, 1.6)
        top = self.y
        middle = self.right if look.stacked_head else self.left + 0.46 * (self.right - self.left)
        self._title(model.main, self.left, middle)
        self._levels(middle)
        self._title(model.approach_title, self.left, middle)
        self._approach(middle)
        bottom = self.y
        if not look.stacked_head:
            self.y = top
        start = self.left if look.stacked_head else middle + 12.0
        self._title(model.progress_title, start, self.right)
        self._table(start)
        self._paragraph(model.progress, start, self.right)
        self.y = max(bottom, self.y) + 3.0

    def _levels(self, x1: float) -> None:
        groups = [group for group in self.monitoring.levels if group]
        if not groups:
            return
        width = (x1 - self.left) / len(groups)
        blocks = [
            [self._block(text, width, bold=at != 1) for at, text in enumerate(group)]
            for group in groups
        ]
        height = max(sum(block.height for block in column) for column in blocks) + 2 * PAD
        for number, column in enumerate(blocks):
            x, y = self.left + number * width, self.y + PAD
            self._area(x + 30.0, self.y, x + width - 30.0, self.y + height, PALE)
            for block in column:
                self._draw(block, x, y, x + width, "center")
                y += block.height
        self.y += height + 3.0

    def _approach(self, x1: float) -> None:
        half = (self.left + x1) / 2
        blocks = [
            self._block(text, half - self.left - 2 * PAD) for text in self.monitoring.approach
        ]
        for number, block in enumerate(blocks):
            x0 = self.left if number == 0 else half
            self._draw(block, x0 + PAD, self.y, x0 + half - self.left - PAD)
        self.y += max(block.height for block in blocks) + 3.0

    def _table(self, x0: float) -> None:
        table = self.monitoring.table
        first = 0.16 * (self.right - x0)
        rest = (self.right - x0 - first) / (len(table[0]) - 1)
        xs = [x0, *(x0 + first + rest * at for at in range(len(table[0])))]
        ys = [self.y]
        for number, row in enumerate(table):
            blocks = [
                self._block(text, b - a - PAD, bold=number == 0)
                for text, a, b in zip(row, xs, xs[1:], strict=False)
            ]
            bottom = ys[-1] + max(block.height for block in blocks) + PAD
            if number == 0:
                self._area(x0, ys[-1], self.right, bottom, PALE)
            for block, a, b in zip(blocks, xs, xs[1:], strict=False):
                self._middle(block, a + PAD / 2, ys[-1], b - PAD / 2, bottom)
            ys.append(bottom)
        self._grid(xs, ys)
        self.y = ys[-1] + 3.0

    def _paragraph(self, text: Text, x0: float, x1: float) -> None:
        block = self._block(text, x1 - x0 - 2 * PAD)
        self._room(block.height)
        self._draw(block, x0 + PAD, self.y, x1 - PAD)
        self.y += block.height + 4.0

    def _objective(self, objective: Objective) -> None:
        look = self.look
        strips = [
            objective.cards[at : at + look.per_strip]
            for at in range(0, len(objective.cards), look.per_strip)
        ]
        if objective is self.monitoring.objectives[0]:
            self._title(self.monitoring.following, self.left, self.right)
        for number, cards in enumerate(strips):
            first = number == 0
            strip = _Strip(self, objective, cards, with_head=first, with_prose=first)
            self._room(strip.height)
            strip.draw()
        if look.prose == "below":
            self._paragraph(objective.prose, self.left, self.right)

    def _end(self) -> None:
        model = self.monitoring
        self._title(model.conclusions_title, self.left, self.right)
        self._paragraph(model.conclusions, self.left, self.right)
        for note in model.notes:
            block = self._block(note, self.right - self.left - 2 * PAD, size=0.85 * self.look.size)
            self._room(block.height)
            self._draw(block, self.left + PAD, self.y, self.right - PAD, "left")
            self.y += block.height + 1.5


class _Strip:
    """The rows of some cards of an objective, its heading above them, its prose beside them."""

    def __init__(
        self,
        layout: _Layout,
        objective: Objective,
        cards: Sequence[Card],
        *,
        with_head: bool,
        with_prose: bool,
    ) -> None:
        self.layout = layout
        self.objective = objective
        self.cards = cards
        self.with_head = with_head
        look = layout.look
        whole = layout.right - layout.left
        self.prose_width = 0.26 * whole if look.prose != "below" else 0.0
        words = [word for text in objective.labels for word in text.words.split()]
        widest = max(pdfmetrics.stringWidth(word, look.bold, look.size) for word in words)
        self.label_width = max(0.085 * whole, widest + 2 * PAD)
        self.start = layout.left + (self.prose_width if look.prose == "left" else 0.0)
        width = (whole - self.prose_width - self.label_width) / max(look.per_strip, len(cards))
        base = self.start + self.label_width
        self.xs = [self.start, *(base + width * at for at in range(len(cards) + 1))]
        inner = width - 2 * PAD - 2 * (look.gap - PAD)
        self.names = [layout._block(card.name, inner) for card in cards]
        third = inner / 3 if look.features == "beside" else inner
        self.features = [
            [layout._block(text, third) for text in (card.measure, card.trend, card.quality)]
            for card in cards
        ]
        self.grades = [
            [layout._block(text, inner) for text in (card.milestone_status, card.target_progress)]
            for card in cards
        ]
        self.labels = [
            layout._block(text, self.label_width - 2 * PAD, bold=True) for text in objective.labels
        ]
        self.prose = (
            layout._block(objective.prose, self.prose_width - 4 * PAD)
            if with_prose and self.prose_width
            else None
        )
        self.rows = self._row_heights()
        label = layout._block(objective.heading, self.label_width - 2 * PAD, bold=True)
        text = layout._block(objective.text, whole - self.label_width - 4 * PAD)
        self.head = label, text
        self.head_height = max(label.height, text.height) + 2 * PAD if with_head else 0.0
        self.height = self.head_height + sum(self.rows) + 5.0

    def _row_heights(self) -> list[float]:
        beside = self.layout.look.features == "beside"
        heights = [
            max(block.height for block in self.names),
            max((max if beside else sum)(b.height for b in three) for three in self.features),
            TREND_HEIGHT,
            *(max(grades[at].height for grades in self.grades) for at in (0, 1)),
        ]
        rows = [
            max(height, label.height) + PAD
            for height, label in zip(heights, self.labels, strict=True)
        ]
        if self.prose is not None and self.prose.height > sum(rows) - PAD:
            rows[0] += self.prose.height - sum(rows) + PAD
        return rows

    def draw(self) -> None:
        layout, top = self.layout, self.layout.y
        if self.with_head:
            label, text = self.head
            layout._area(layout.left, top, layout.right, top + self.head_height, PALE)
            bottom = top + self.head_height
            split = layout.left + self.label_width
            layout._middle(label, layout.left + PAD, top, split - PAD, bottom)
            layout._middle(text, split + PAD, top, layout.right - PAD, bottom)
            top = bottom
        ys = [top]
        for height in self.rows:
            ys.append(ys[-1] + height)
        self._colours(ys)
        for block, a, b in zip(self.labels, ys, ys[1:], strict=False):
            layout._middle(block, self.start + PAD, a, self.xs[1] - PAD, b)
        for at in range(len(self.cards)):
            self._card(at, ys)
        layout._grid(self.xs, ys)
        if self.prose is not None:
            x0 = layout.left if layout.look.prose == "left" else self.xs[-1]
            x0 = max(x0, layout.right - self.prose_width) if layout.look.prose == "right" else x0
            layout._middle(self.prose, x0 + 2 * PAD, ys[0], x0 + self.prose_width - 2 * PAD, ys[-1])
        layout.y = ys[-1] + 5.0

    def _colours(self, ys: Sequence[float]) -> None:
        for at, card in enumerate(self.cards):
            for row, text in ((3, card.milestone_status), (4, card.target_progress)):
                colour = _FIRST_WORDS.get(text.words.split()[0], OTHER)
                self.layout._area(
                    self.xs[at + 1] + 1,
                    ys[row] + 0.5,
                    self.xs[at + 2] - 1,
                    ys[row + 1] - 0.5,
                    colour,
                )

    def _card(self, at: int, ys: Sequence[float]) -> None:
        layout, gap = self.layout, self.layout.look.gap
        x0, x1 = self.xs[at + 1] + gap, self.xs[at + 2] - gap
        layout._middle(self.names[at], x0, ys[0], x1, ys[1])
        three = self.features[at]
        if layout.look.features == "beside":
            width = (x1 - x0) / 3
            for number, block in enumerate(three):
                a = x0 + number * width
                if number:
                    layout._rule(a, ys[1], a, ys[2])
                layout._middle(block, a, ys[1], a + width, ys[2])
        else:
            y = ys[1] + (ys[2] - ys[1] - sum(block.height for block in three)) / 2
            for block in three:
                layout._draw(block, x0, y, x1)
                y += block.height
        for row in (0, 1):
            layout._middle(self.grades[at][row], x0, ys[3 + row], x1, ys[4 + row])
        points = tuple(_trend(self.cards[at], x0, ys[2] + 3, x1, ys[3] - 3))
        layout.pages[-1].strokes.append(Stroke(points, 1.2))


def _trend(
    card: Card, x0: float, top: float, x1: float, bottom: float
) -> Iterator[tuple[float, float]]:
    """The little line of a card: a drawing, made up, since the text has none of its values."""
    falls = "desc" in card.trend.words.casefold()
    for step in range(5):
        share = step / 4 + 0.18 * math.sin(3.0 * step)
        share = min(max(share, 0.0), 1.0)
        y = top + (share if falls else 1 - share) * (bottom - top)
        yield x0 + (x1 - x0) * (0.2 + 0.15 * step), y


def _wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """A text broken at spaces to a width; a longer word stands out."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pdfmetrics.stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def scrambled(sheet: Sheet, key: int) -> Sheet:
    """The same page with its lines drawn in another order."""
    lines = sorted(sheet.lines, key=lambda line: math.sin(key * 7919.0 + line.at * 12.9898))
    return replace(sheet, lines=lines)


def cut_up(sheet: Sheet, look: Look, at: float, head: str) -> tuple[list[Sheet], Look]:
    """A page cut in two at a height, whatever stands there, and the look of the two: each has a
    running head and the page's number. No line of text is cut."""
    room = 3 * look.size + look.margin
    parts = []
    height = max(at, look.height - at) + room + look.margin
    for number, (top, bottom) in enumerate(((0.0, at), (at, look.height)), start=1):
        off = (room if number > 1 else 0.0) - top
        part = Sheet()
        for area in sheet.areas:
            upper, lower = max(area.top, top), min(area.bottom, bottom)
            if upper < lower:
                part.areas.append(replace(area, top=upper + off, bottom=lower + off))
        for stroke in sheet.strokes:
            if any(top <= y <= bottom for _, y in stroke.points):
                points = ((x, min(max(y, top), bottom) + off) for x, y in stroke.points)
                part.strokes.append(replace(stroke, points=tuple(points)))
            elif min(y for _, y in stroke.points) < top < bottom < max(y for _, y in stroke.points):
                raise ValueError("a rule runs over three pages")
        for line in sheet.lines:
            if top <= line.baseline - 0.4 * line.size < bottom:
                part.lines.append(replace(line, baseline=line.baseline + off))
        foot = height - 0.5 * look.margin
        part.lines.append(
            Line(look.width - 2 * look.margin, foot, str(number), look.size, False, -1)
        )
        if number > 1:
            part.lines.append(Line(look.margin, look.margin, head, look.size, False, -2))
        parts.append(part)
    return parts, replace(look, height=height)
