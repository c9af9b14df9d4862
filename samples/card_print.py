"""Prints Fichas de Monitoreo in every way that must read the same: boxes placed freely, or tables.

A laid out ficha (:mod:`samples.monitoring_layout`) is drawn with its rules and texts as a
:class:`Print` tells; :func:`print_tables` sets the same ficha as tables that flow over the pages,
as word processors do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from reportlab.lib.colors import Color, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.monitoring_layout import Line, Look, Sheet, Stroke
from samples.monitoring_source import Monitoring, Objective

Rules = Literal["whole", "segments", "double", "gaps", "horizontal", "bars"]

DARK, GREY, WHITE = 0.3, 0.9, 1.0


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Print:
    """How rules and texts are drawn.

    ``step``: points that a segment is long; ``colour``: the rules' grey, from black 0 to white 1;
    ``typed``: what is typed of a text; ``overprint``: points by which bold lines are printed a
    second time; ``spacing``: points between letters; ``invisible``: a text without ink on each
    page; ``marks``: a raised mark behind each percentage of a table.
    """

    rules: Rules = "whole"
    step: float = 20.0
    colour: float = DARK
    shaded: bool = True
    typed: Callable[[str], str] = _same
    overprint: float | None = None
    spacing: float = 0.0
    invisible: str = ""
    marks: bool = False


def print_sheets(sheets: Sequence[Sheet], look: Look, path: Path, how: Print) -> None:
    """Draw laid out pages with reportlab's canvas: the same bytes every time."""
    canvas = Canvas(str(path), pagesize=(look.width, look.height), invariant=1)
    for sheet in sheets:
        if how.shaded:
            for area in sheet.areas:
                canvas.setFillColorRGB(*area.colour)
                height = area.bottom - area.top
                width = area.x1 - area.x0
                canvas.rect(area.x0, look.height - area.bottom, width, height, stroke=0, fill=1)
        for stroke in sheet.strokes:
            _stroke(canvas, stroke, look, how)
        for line in sheet.lines:
            canvas.setFillColorRGB(*[float(line.white and how.shaded)] * 3)
            _line(canvas, line, look, how)
        if how.invisible:
            canvas.setFillColorRGB(0, 0, 0)
            text = canvas.beginText(look.margin, look.height / 2)
            text.setFont(look.font, look.size)
            text.setTextRenderMode(3)
            text.textLine(how.invisible)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def _stroke(canvas: Canvas, stroke: Stroke, look: Look, how: Print) -> None:
    level = len(stroke.points) == 2 and stroke.points[0][1] == stroke.points[1][1]
    upright = len(stroke.points) == 2 and stroke.points[0][0] == stroke.points[1][0]
    is_rule = level or upright
    canvas.setStrokeColorRGB(*[how.colour if is_rule else DARK] * 3)
    canvas.setLineWidth(stroke.width)
    if is_rule and how.rules == "horizontal" and not level:
        return
    if is_rule and how.rules == "bars":
        canvas.setFillColorRGB(*[how.colour] * 3)
        (xa, ya), (xb, yb) = sorted(stroke.points)
        x, y, thick = xa - 0.25, look.height - max(ya, yb) - 0.25, 0.5
        canvas.rect(x, y, xb - xa + thick, abs(yb - ya) + thick, stroke=0, fill=1)
        return
    for (xa, ya), (xb, yb) in pairwise(stroke.points):
        for x0, y0, x1, y1 in _pieces(xa, ya, xb, yb, how) if is_rule else [(xa, ya, xb, yb)]:
            canvas.line(x0, look.height - y0, x1, look.height - y1)


def _pieces(
    x0: float, y0: float, x1: float, y1: float, how: Print
) -> Iterator[tuple[float, float, float, float]]:
    """A rule in one piece, in segments, doubled or with gaps."""
    if how.rules == "double":
        across = (0.0, 0.6) if y0 == y1 else (0.6, 0.0)
        for side in (-1, 1):
            dx, dy = side * across[0], side * across[1]
            yield x0 + dx, y0 + dy, x1 + dx, y1 + dy
    elif how.rules in ("segments", "gaps"):
        length = max(abs(x1 - x0), abs(y1 - y0))
        count = max(int(length / how.step), 1)
        reach = 0.9 if how.rules == "gaps" else 1.0
        for at in range(count):
            a, b = at / count, (at + (reach if at < count - 1 else 1.0)) / count
            yield x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0)
    else:
        yield x0, y0, x1, y1


def _line(canvas: Canvas, line: Line, look: Look, how: Print) -> None:
    font = look.bold if line.bold else look.font
    said = how.typed(line.text)
    width = pdfmetrics.stringWidth(line.text, font, line.size) + line.spacing * len(line.text)
    size = line.size
    apart = how.spacing + line.spacing
    taken = pdfmetrics.stringWidth(said, font, size) + apart * len(said)
    if taken > width:  # kept inside of its box
        size *= width / taken
    elif line.followed:  # as wide as the text, for what stands behind it
        apart += (width - taken) / len(said)
    spacing = apart * size / line.size
    for shift in (0.0,) if how.overprint is None or not line.bold else (0.0, how.overprint):
        text = canvas.beginText(line.x + shift, look.height - line.baseline)
        text.setFont(font, size)
        if spacing:
            text.setCharSpace(spacing)
        text.textOut(said)
        canvas.drawText(text)
    if how.marks and re.fullmatch(r"\d+\D.*%\)?", line.text):
        x = line.x + pdfmetrics.stringWidth(said, font, size) + 0.2
        canvas.setFont(look.font, 0.55 * size)
        canvas.drawString(x, look.height - line.baseline + 0.4 * size, "3")


# --- tables


@dataclass(frozen=True, slots=True)
class Tables:
    """How a word processor sets a ficha. ``page``: width and height in points; ``per_strip``: cards
    side by side; ``stand``: where texts stand in their cells; ``rules``: around all cells, between
    rows or none; ``head``: a running head; ``features``: each in a cell of its own, or lines of
    one; ``aside``: the objective in a cell at the strip's side."""

    page: tuple[float, float] = (612.0, 792.0)
    size: float = 7.0
    per_strip: int = 3
    stand: Literal["TOP", "MIDDLE", "BOTTOM"] = "MIDDLE"
    rules: Literal["grid", "rows", "none"] = "grid"
    colour: float = 0.2
    shaded: bool = False
    head: str = ""
    features: Literal["cells", "lines"] = "lines"
    aside: bool = False
    centred: bool = True


def print_tables(monitoring: Monitoring, path: Path, how: Tables) -> None:
    """Set a ficha as tables that flow over the pages; a page break may cut a cell."""
    from reportlab.platypus import SimpleDocTemplate

    def running(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Vera", how.size)
        canvas.drawString(40, how.page[1] - 26, how.head)
        canvas.drawString(how.page[0] - 90, 24, f"Página {canvas.getPageNumber()}")

    on_page = running if how.head else lambda canvas, document: None
    document = SimpleDocTemplate(
        str(path), pagesize=how.page, invariant=1, **dict.fromkeys(_MARGINS, 40)
    )
    document.build(list(_Flow(monitoring, how).parts()), on_page, on_page)


_MARGINS = ("leftMargin", "rightMargin", "topMargin", "bottomMargin")


class _Flow:
    """The paragraphs and tables of a ficha."""

    def __init__(self, monitoring: Monitoring, how: Tables) -> None:
        self.monitoring, self.how = monitoring, how
        for font in ("Vera", "VeraBd"):
            if font not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
        self.width = how.page[0] - 80
        size = how.size
        common = {"leading": 1.2 * size, "splitLongWords": 1}
        self.plain = ParagraphStyle("plain", fontName="Vera", fontSize=size, **common)
        self.bold = ParagraphStyle("bold", fontName="VeraBd", fontSize=size, **common)
        middle = {"alignment": 1} if how.centred else {}
        self.cell = ParagraphStyle("cell", parent=self.plain, **middle)
        self.title = ParagraphStyle("title", parent=self.bold, spaceBefore=size, spaceAfter=3)
        self.prose = ParagraphStyle("prose", parent=self.plain, spaceAfter=size)

    def parts(self) -> Iterator[Any]:
        model = self.monitoring
        for title in (model.heading, model.title, model.main):
            yield self.text(title.words, self.title)
        rows = [[group[0], group[1], group[-1]] for group in model.levels]
        yield self.table([[self.text(each.words, self.cell) for each in row] for row in rows])
        yield self.text(model.approach_title.words, self.title)
        for text in model.approach:
            yield self.text(text.words, self.prose)
        yield self.text(model.progress_title.words, self.title)
        yield self.table(
            [
                [self.text(cell.words, self.bold if at == 0 else self.cell) for cell in row]
                for at, row in enumerate(model.table)
            ]
        )
        yield self.text(model.progress.words, self.prose)
        yield self.text(model.following.words, self.title)
        for objective in model.objectives:
            yield from self.objective(objective)
        yield self.text(model.conclusions_title.words, self.title)
        yield self.text(model.conclusions.words, self.prose)
        for note in model.notes:
            yield self.text(note.words, self.plain)

    def objective(self, objective: Objective) -> Iterator[Any]:
        how, whole = self.how, objective.text.words
        if not how.aside:
            yield self.text(objective.heading.words, self.title)
            yield self.text(whole, self.prose)
        for start in range(0, len(objective.cards), how.per_strip):
            cards = objective.cards[start : start + how.per_strip]
            yield self.strip(objective, cards, first=start == 0)
            yield self.text(" ", self.plain)
        yield self.text(objective.prose.words, self.prose)

    def strip(self, objective: Objective, cards: Sequence[Any], *, first: bool) -> Any:
        how = self.how
        cut = 3 if how.features == "cells" else 1
        rows: list[list[Any]] = [[self.text(label.words, self.bold)] for label in objective.labels]
        for card in cards:
            three = [
                self.text(t.words, self.cell) for t in (card.measure, card.trend, card.quality)
            ]
            cells: list[list[Any]] = [
                [self.text(card.name.words, self.cell)],
                three if cut == 3 else [three],
                [""],
                [self.text(card.milestone_status.words, self.cell)],
                [self.text(card.target_progress.words, self.cell)],
            ]
            for row, own in zip(rows, cells, strict=True):
                row.extend([*own, *[""] * (cut - len(own))])
        spans = [
            ("SPAN", (1 + cut * at, row), (cut + cut * at, row))
            for at in range(len(cards))
            for row in (0, 2, 3, 4)
            if cut > 1
        ]
        widths = [0.17 * self.width]
        if how.aside:
            heading = self.text(objective.heading.words, self.bold)
            own = [heading, self.text(objective.text.words, self.plain)] if first else ""
            rows = [[own if at == 0 else "", *row] for at, row in enumerate(rows)]
            spans = [(name, (a + 1, b), (c + 1, d)) for name, (a, b), (c, d) in spans] + [
                ("SPAN", (0, 0), (0, 4))
            ]
            widths = [0.2 * self.width, *widths]
        left = self.width - sum(widths)
        widths += [left / (cut * len(cards))] * (cut * len(cards))
        return self.table(rows, widths, spans)

    def table(
        self, rows: Sequence[Sequence[Any]], widths: Sequence[float] = (), spans: Sequence[Any] = ()
    ) -> Any:
        from reportlab.platypus import Table

        how = self.how
        grey = Color(how.colour, how.colour, how.colour)
        style: list[Any] = [("VALIGN", (0, 0), (-1, -1), how.stand), *spans]
        if how.rules == "grid":
            style.append(("GRID", (0, 0), (-1, -1), 0.5, grey))
        elif how.rules == "rows":
            style += [(name, (0, 0), (-1, -1), 0.5, grey) for name in ("LINEABOVE", "LINEBELOW")]
        if how.shaded:
            style.append(("ROWBACKGROUNDS", (0, 0), (-1, -1), (Color(0.86, 0.9, 0.95), white)))
        columns = len(rows[0])
        return Table(
            rows,
            colWidths=list(widths) or [self.width / columns] * columns,
            style=style,
            splitInRow=not how.aside,
        )

    def text(self, text: str, style: ParagraphStyle) -> Any:
        from xml.sax.saxutils import escape

        from reportlab.platypus import Paragraph

        return Paragraph(escape(text), style)
