"""Lays out CONEVAL's Ficha de Monitoreo of a budget programme with reportlab.

Prints the sample, and the invented programmes of the tests. Texts are placed freely, as in the
original: block by block, values apart from their labels, so that the order of the file's text is
not the order of the page. Charts are drawings without numbers. Lengths are in points.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.budget_ficha import LETTER_SPACED, BudgetFicha, Lines, Pairs
from samples.monitoring_layout import Area, Line, Sheet, Stroke

PAGE = (638.0, 850.0)
"""22.5 by 30 cm, in points."""
GREEN, GREY, RED = "#0b6e5f", "#d9d9d9", "#8a1538"
LEADING = 1.24


@dataclass(frozen=True, slots=True)
class Style:
    """How a ficha looks. Nothing here may change what is read from it."""

    page_size: tuple[float, float] = PAGE
    margin: float = 34.0
    font: str = "Vera"
    bold: str = "VeraBd"
    size: float = 6.9
    gutter: float = 10.0
    rules: Literal["none", "cells"] = "none"
    """Whether label and value, and the cells of the budget table, stand in ruled cells."""
    labels: Literal["left", "above"] = "left"
    """Where a label stands: left of its value or above it."""
    years: Literal["down", "across"] = "down"
    """Where the years of the budget table stand."""
    justified: bool = True
    seed: int | None = None
    """Draws the texts in an order of chance; None: in the original's kind of order."""


@dataclass(frozen=True, slots=True)
class _Text:
    x: float
    y: float
    text: str
    bold: bool
    size: float
    spacing: float = 0.0
    late: int = 0
    """Texts that are drawn after others of their block (values after labels)."""


@dataclass(frozen=True, slots=True)
class _Curve:
    points: tuple[tuple[float, float], ...]
    colour: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle, filled with a colour or, without one, framed."""

    x: float
    y: float
    width: float
    height: float
    colour: str = ""


class _Page:
    """What is put on the page: shapes first, then texts."""

    def __init__(self, style: Style) -> None:
        for font in (style.font, style.bold):
            register(font)
        self.style = style
        self.texts: list[_Text] = []
        self.shapes: list[_Box | _Curve] = []
        self.height = style.page_size[1]

    def text(
        self, x: float, y: float, text: str, *, bold: bool = False, size: float = 0, late: int = 0
    ) -> None:
        """One line with its top at ``y`` (downwards), from ``x``."""
        size = size or self.style.size
        baseline = self.height - y - size
        self.texts.append(_Text(x, baseline, text, bold, size, late=late))

    def right(self, x: float, y: float, text: str, *, late: int = 0, bold: bool = False) -> None:
        self.text(x - self.width_of(text, bold=bold), y, text, late=late, bold=bold)

    def middle(self, x: float, y: float, text: str, *, bold: bool = False, late: int = 0) -> None:
        self.text(x - self.width_of(text, bold=bold) / 2, y, text, bold=bold, late=late)

    def width_of(self, text: str, *, bold: bool = False, size: float = 0) -> float:
        font = self.style.bold if bold else self.style.font
        return float(pdfmetrics.stringWidth(text, font, size or self.style.size))

    def lines(self, x: float, y: float, width: float, lines: Lines, *, bold: bool = False) -> float:
        """A paragraph; the y below it. A line that is too long is broken anew."""
        style = self.style
        font = style.bold if bold else style.font
        whole = [part for line in lines for part in simpleSplit(line, font, style.size, width)]
        kept = whole if len(whole) > len(lines) else list(lines)
        for number, line in enumerate(kept, start=1):
            if line in LETTER_SPACED.values():
                self._spread(x, y, width, line)
            elif style.justified and number < len(kept):
                self._justified(x, y, width, line, bold)
            else:
                self.text(x, y, line, bold=bold)
            y += style.size * LEADING
        return y

    def _spread(self, x: float, y: float, width: float, line: str) -> None:
        """A line made as wide as its column by space between its letters."""
        style = self.style
        spacing = (width - self.width_of(line)) / (len(line) - 1)
        self.texts.append(
            _Text(x, self.height - y - style.size, line, False, style.size, spacing=spacing)
        )

    def _justified(self, x: float, y: float, width: float, line: str, bold: bool) -> None:
        words = line.split()
        widths = [self.width_of(word, bold=bold) for word in words]
        space = self.width_of(" ", bold=bold)
        gap = (width - sum(widths)) / max(len(words) - 1, 1)
        if not space * 0.6 < gap < space * 4:
            self.text(x, y, line, bold=bold)
            return
        for word, advance in zip(words, widths, strict=True):
            self.text(x, y, word, bold=bold)
            x += advance + gap

    def banner(self, x: float, y: float, width: float, text: str) -> float:
        """A section's heading over a thin coloured rule; the y below it."""
        self.text(x, y, text, bold=True, size=self.style.size * 1.15)
        below = y + self.style.size * 1.6
        self.bar(x, below - 1.2, width, 1.2, GREEN)
        return below + self.style.size * 0.7

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        self.shapes.append(_Box(x, y, width, height))

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.shapes.append(_Box(x, y, width, height, colour))

    def curve(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self.shapes.append(_Curve(tuple(points), colour))

    def in_order(self) -> list[_Text]:
        """The texts in the order in which the file has them."""
        texts = sorted(self.texts, key=lambda text: text.late)
        if self.style.seed is not None:
            random.Random(self.style.seed).shuffle(texts)
        return texts

    def save(self, path: Path, title: str) -> None:
        canvas = Canvas(str(path), pagesize=self.style.page_size, invariant=1)
        canvas.setTitle(title)
        for shape in self.shapes:
            self._shape(canvas, shape)
        for text in self.in_order():
            pen = canvas.beginText(text.x, text.y)
            pen.setFont(self.style.bold if text.bold else self.style.font, text.size)
            pen.setFillColor(HexColor("#000000"))
            pen.setCharSpace(text.spacing)
            pen.textOut(text.text)
            canvas.drawText(pen)
        canvas.showPage()
        canvas.save()

    def _shape(self, canvas: Canvas, shape: _Box | _Curve) -> None:
        if isinstance(shape, _Curve):
            canvas.setStrokeColor(HexColor(shape.colour))
            canvas.setLineWidth(1.2)
            for (xa, ya), (xb, yb) in pairwise(shape.points):
                canvas.line(xa, self.height - ya, xb, self.height - yb)
            return
        y = self.height - shape.y - shape.height
        if shape.colour:
            canvas.setFillColor(HexColor(shape.colour))
            canvas.rect(shape.x, y, shape.width, shape.height, stroke=0, fill=1)
        else:
            canvas.setStrokeColor(HexColor(GREY))
            canvas.setLineWidth(0.5)
            canvas.rect(shape.x, y, shape.width, shape.height)

    def sheet(self) -> Sheet:
        """The page as plain shapes and lines, for another printer."""
        sheet = Sheet()
        for shape in self.shapes:
            if isinstance(shape, _Curve):
                sheet.strokes.append(Stroke(shape.points, 1.2))
                continue
            right, bottom = shape.x + shape.width, shape.y + shape.height
            if shape.colour:
                colour = HexColor(shape.colour).rgb()
                sheet.areas.append(Area(shape.x, shape.y, right, bottom, colour))
                continue
            corners = ((shape.x, shape.y), (right, shape.y), (right, bottom), (shape.x, bottom))
            for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
                sheet.strokes.append(Stroke((a, b)))
        for at, text in enumerate(self.in_order()):
            baseline = self.height - text.y
            line = Line(text.x, baseline, text.text, text.size, text.bold, at, text.spacing)
            sheet.lines.append(line)
        return sheet


@cache
def register(font: str) -> None:
    """Make a font known by its name: a standard one, or reportlab's or the system's TrueType."""
    if font not in pdfmetrics.standardFonts:
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))


def render(ficha: BudgetFicha, path: Path, style: Style | None = None) -> Path:
    """Write a ficha as a PDF of one page and return its path. The same input, the same bytes."""
    style = style or Style()
    _laid_out(ficha, style).save(path, f"{ficha.heading} {ficha.name}".strip())
    return path


def lay_out(ficha: BudgetFicha, style: Style) -> Sheet:
    """A ficha as plain shapes and lines on one page."""
    return _laid_out(ficha, style).sheet()


def _laid_out(ficha: BudgetFicha, style: Style) -> _Page:
    page = _Page(style)
    left, width = style.margin, style.page_size[0] - 2 * style.margin
    y = _head(page, ficha, left, style.margin, width)
    y = _results(page, ficha, left, y, width)
    y = _definition(page, ficha, left, y, width)
    y = _coverage(page, ficha, left, y, width)
    y = _sector(page, ficha, left, y, width)
    _foot(page, ficha, left, y, width)
    return page


def _head(page: _Page, ficha: BudgetFicha, left: float, y: float, width: float) -> float:
    size = page.style.size
    page.text(left, y, ficha.heading, size=size * 1.3)
    page.text(left, y + size * 2.2, ficha.name, bold=True, size=size * 2.4)
    page.text(left, y + size * 5.6, ficha.institution, size=size * 1.5)
    return page.lines(left, y + size * 8.4, width, ficha.objective) + size


def _results(page: _Page, ficha: BudgetFicha, left: float, y: float, width: float) -> float:
    size, gutter = page.style.size, page.style.gutter
    y = page.banner(left, y, width, ficha.result_title)
    text = 0.64 * width - gutter
    below = page.lines(left, y, text, ficha.result)
    x, wide = left + text + gutter, width - text - gutter
    if ficha.legend:
        y = _result_chart(page, ficha.legend, x, y, wide)
    for pairs in ficha.indicators:
        y = _pairs(page, pairs, x + 0.1 * wide, y, 0.8 * wide, together=True) + size
    return max(below, y) + size


def _result_chart(page: _Page, legend: Lines, x: float, y: float, width: float) -> float:
    size = page.style.size
    for at, (height, colour) in enumerate(((34.0, GREEN), (48.0, RED))):
        page.bar(x + width * (0.2 + 0.3 * at), y + 50 - height, width * 0.18, height, colour)
    page.curve([(x + width * 0.1, y + 50), (x + width * 0.85, y + 50)], "#000000")
    for at, name in enumerate(legend):
        page.bar(x + width * (0.12 + 0.42 * at), y + 55, size, size, (GREEN, RED)[at % 2])
        page.text(x + width * (0.12 + 0.42 * at) + 1.6 * size, y + 54.5, name, late=2)
    return y + 55 + 3 * size


def _pairs(
    page: _Page, pairs: Pairs, x: float, y: float, width: float, *, together: bool = False
) -> float:
    """Labels and values; ``together``: a value directly after its label, else at the right edge."""
    style = page.style
    step = style.size * 1.75
    for label, value in pairs:
        if style.labels == "above":
            page.text(x, y, label, bold=True)
            page.text(x, y + style.size * 1.3, value, late=1)
            height = 2 * step
        elif together and style.rules == "none":
            page.text(x, y, f"{label} {value}", late=1)
            height = step
        else:
            page.text(x, y, label)
            page.right(x + width - 2, y, value, late=1)
            height = step
        if style.rules == "cells":
            cut = width if style.labels == "above" else width * 0.62
            top = y - style.size * 0.35
            page.frame(x - 2, top, cut, height)
            if cut < width:
                page.frame(x - 2 + cut, top, width - cut + 2, height)
        y += height
    return y


def _definition(page: _Page, ficha: BudgetFicha, left: float, y: float, width: float) -> float:
    if not ficha.definition:
        return y
    label = 0.19 * width
    page.lines(left, y, label, ficha.definition_title, bold=True)
    below = page.lines(left + label, y, width - label, ficha.definition)
    return max(below, y + 2 * page.style.size * LEADING) + page.style.size


def _coverage(page: _Page, ficha: BudgetFicha, left: float, y: float, width: float) -> float:
    gutter = page.style.gutter
    third = (width - 2 * gutter) / 3
    below = y
    if ficha.places or ficha.populations:
        below = _quantities(page, ficha, left, y, third)
    x = left + third + gutter
    top = page.banner(x, y, third, ficha.evolution_title)
    page.frame(x, top, third, 110)
    for colour, heights in ((RED, (30, 34, 33, 40)), (GREEN, (86, 84, 88, 97))):
        points = [(x + 10 + at * third / 4, top + high) for at, high in enumerate(heights)]
        page.curve(points, colour)
    x += third + gutter
    beside = page.banner(x, y, third, ficha.analysis_title)
    beside = page.lines(x, beside, third, ficha.analysis)
    return max(below, top + 120, beside) + page.style.size


def _quantities(page: _Page, ficha: BudgetFicha, x: float, y: float, width: float) -> float:
    size = page.style.size
    y = page.banner(x, y, width, ficha.coverage_title)
    y = _pairs(page, ficha.places, x, y, width) + size
    if not ficha.populations:
        return y
    y = page.banner(x, y, width, ficha.quantities_title)
    for at, line in enumerate(ficha.unit):
        page.middle(x + 0.3 * width, y + at * size * LEADING, line, bold=at < 2)
    page.right(x + width - 2, y + size, ficha.year, bold=True)
    y += (len(ficha.unit) + 1) * size * LEADING
    y = _pairs(page, ficha.populations, x, y, width)
    labels, value = ficha.ratio
    if value:
        for at, line in enumerate(labels):
            page.text(x, y + at * size * LEADING, line)
        if page.style.labels == "above":
            page.text(x, y + len(labels) * size * LEADING, value, late=1)
            y += size * LEADING
        else:
            page.right(x + width - 2, y + size * 0.6, value, late=1)
        y += len(labels) * size * LEADING
    return y


def _sector(page: _Page, ficha: BudgetFicha, left: float, y: float, width: float) -> float:
    gutter = page.style.gutter
    first, second = 0.27 * (width - 2 * gutter), 0.28 * (width - 2 * gutter)
    third = width - 2 * gutter - first - second
    below = page.lines(left, page.banner(left, y, first, ficha.sector_title), first, ficha.sector)
    x = left + first + gutter
    linked = page.lines(x, page.banner(x, y, second, ficha.link_title), second, ficha.link)
    x += second + gutter
    bottom = _budget(page, ficha, x, page.banner(x, y, third, ficha.budget_title), third)
    if ficha.start:
        page.text(left + first + gutter, max(linked, y) + 3 * page.style.size, ficha.start)
    return max(below, linked + 5 * page.style.size, bottom) + page.style.size


def _budget(page: _Page, ficha: BudgetFicha, x: float, y: float, width: float) -> float:
    style = page.style
    if style.years == "across":
        return _budget_across(page, ficha, x, y, width)
    edges = [x + width * part for part in (0.0, 0.14, 0.48, 0.84, 1.0)]
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    head = max((len(lines) for lines in ficha.budget_header), default=0)
    step = style.size * LEADING
    for middle, lines in zip(middles, ficha.budget_header, strict=True):
        for at, line in enumerate(lines):
            page.middle(middle, y + (at + (head - len(lines)) / 2) * step, line, bold=True)
    tops = [y - 2, y + head * step + 2]
    y = tops[-1] + 2
    for at, middle in enumerate(middles):  # column after column
        for number, row in enumerate(ficha.budget):
            page.middle(middle, y + number * 1.6 * step, row[at], late=2 + at)
    tops += [tops[1] + (number + 1) * 1.6 * step for number in range(len(ficha.budget))]
    if style.rules == "cells":
        for top, bottom in pairwise(tops):
            for start, end in pairwise(edges):
                page.frame(start, top, end - start, bottom - top)
    return tops[-1] + step


def _budget_across(page: _Page, ficha: BudgetFicha, x: float, y: float, width: float) -> float:
    """A row for each heading, a column for each year; the y below it."""
    label, step = 0.25 * width, page.style.size * LEADING
    pitch = (width - label) / len(ficha.budget)
    for lines, cells in zip(ficha.budget_header, zip(*ficha.budget, strict=True), strict=True):
        height = (max(len(lines), 1) + 0.6) * step
        for at, line in enumerate(lines):
            page.text(x, y + at * step, line, bold=True)
        for at, cell in enumerate(cells):
            page.middle(x + label + (at + 0.5) * pitch, y + (height - step) / 2, cell, late=2)
        if page.style.rules == "cells":
            for start, end in pairwise(
                [x, *(x + label + n * pitch for n in range(len(cells) + 1))]
            ):
                page.frame(start, y - 2, end - start, height)
        y += height
    return y + step


def _foot(page: _Page, ficha: BudgetFicha, left: float, y: float, width: float) -> None:
    size = page.style.size
    *above, last = ficha.notes or ("",)
    for line in _broken(page, above, width):
        page.text(left, y, line, size=size * 0.92)
        y += size * LEADING
    if last:
        page.text(left, y, last, size=size * 0.92)
    if ficha.key:
        page.right(left + width, y, ficha.key)


def _broken(page: _Page, lines: Sequence[str], width: float) -> Iterator[str]:
    for line in lines:
        yield from simpleSplit(line, page.style.font, page.style.size * 0.92, width)
