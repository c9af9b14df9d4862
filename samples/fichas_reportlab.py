"""Lays out indicator fichas in the ministry's template with nothing but reportlab.

A third producer beside the word processor and the browser: quick, of one process, needing no system
package, and free in everything that a reader must not depend on (:class:`Style`). Tests render the
documents they need with it, and ``tools/faults.py`` renders a faulted programme a hundred times.

A ficha is a ``dict`` as in ``samples/sources/*.fichas.json``: texts as printed, without the key,
the enumerators and the final stop that the template adds. ``target_year`` may be given; else it is
the last year of ``target_series``. Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.fichas_layout import Band, Cell, Ficha, ficha_sections

HEADINGS = {
    "meta_para_el_bienestar": "Meta del bienestar del Objetivo prioritario {number}",
    "parametro": "Parámetro del Objetivo prioritario {number}",
}


Rules = Literal["cells", "segments", "bars", "double", "gaps", "horizontal", "outer", "none"]
"""A stroked rectangle per cell; short strokes; thin filled rectangles; two lines per border; lines
with gaps; horizontal lines alone; a frame around each table alone; no lines."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks. Nothing here may change what is read from it."""

    page_size: tuple[float, float] = letter
    margin: float = 50.0
    font: str = "Vera"
    bold: str = "VeraBd"
    size: float = 7.5
    rules: Rules = "cells"
    colour: float = 0.0
    """Grey value of the rules: 0 is black, 1 the white of the paper."""
    step: float = 12.0
    """Points that a segment of a rule is long."""
    shading: Literal["none", "cells", "labels", "rows"] = "none"
    """What has a coloured ground."""
    middle: bool = True
    """Texts stand in the middle of their cell's height, or at its top."""
    centred: bool = False
    """Titles, years and the values under them stand in the middle of their cell's width."""
    section_titles: Literal["cell", "text"] = "cell"
    """Section titles inside the one table of a ficha, or as text between one table a section."""
    page_per_ficha: bool = True
    cut_rows: bool = True
    """A row that does not fit is cut by the page's end, or goes whole to the next page."""
    headings: Mapping[str, str] = field(default_factory=lambda: HEADINGS)
    """The line above a ficha by its ``measure``; ``{number}`` is that of the objective."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Other wordings by the template's own label (``{"Tipo": "TIPO"}``)."""
    running_head: str = ""
    """A line at the top of every page, over the text."""
    repeat_title: bool = False
    """A ficha's title stands again at the top of each page that it goes on to."""
    typed: Callable[[str], str] = str
    """What the producer writes for the characters of a line (decomposed accents, say)."""
    soft_hyphens: bool = False
    """Long words may be broken by a soft hyphen (U+00AD)."""
    letter_spacing: float = 0.0
    overprint: float | None = None
    """Labels are printed a second time, so many points to the right, in place of a bold font."""
    invisible: str = ""
    """A text that is written, but not shown, over every line (render mode 3)."""
    marks: bool = False
    """Values of the series, baseline and target carry a raised footnote mark."""
    cell_padding: float = 0.4
    """White around the text of a cell, in sizes of the type."""
    title: str = "Programa Institucional del Instituto Mexicano del Seguro Social"
    period: tuple[int, int] = (2020, 2024)


@cache
def _register(font: str) -> None:
    if font not in pdfmetrics.standardFonts:
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))


@cache
def _width(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))


WIDEST = 6.0
"""How much wider than a line what is typed for it may be."""
SOFT_HYPHEN = "\u00ad"
_LONG_WORD = re.compile(r"(?<=[^\W\d_]{5})(?=[^\W\d_]{5})")


@cache
def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Unbreakable pieces and whether a space stands before each; a line may end after a hyphen."""
    pieces: list[tuple[str, bool]] = []
    for word in text.split():
        if SOFT_HYPHEN in word:
            first, *rest = word.split(SOFT_HYPHEN)
            pieces.append((first + SOFT_HYPHEN, True))
            pieces.extend((part + SOFT_HYPHEN, False) for part in rest[:-1])
            pieces.append((rest[-1], False))
            continue
        start = 0
        for at in range(1, len(word) - 1):
            if word[at] == "-" and word[at - 1].isalpha() and word[at + 1].isalpha():
                pieces.append((word[start : at + 1], start == 0))
                start = at + 1
        pieces.append((word[start:], start == 0))
    return tuple(pieces)


@cache
def wrap(text: str, font: str, size: float, width: float) -> tuple[float, tuple[str, ...]]:
    """Break a text into lines no wider than ``width``; a piece that is wider shrinks the type."""
    pieces = _pieces(text)
    widest = max((_width(piece, font, size) for piece, _ in pieces), default=0)
    if widest > width:
        return wrap(text, font, size * 0.98 * width / widest, width)
    lines: list[str] = []
    line = ""
    for piece, spaced in pieces:
        longer = line.removesuffix(SOFT_HYPHEN) if not spaced else line
        longer += (" " if line and spaced else "") + piece
        if line and _width(longer, font, size) > width:
            lines.append(line)
            line = piece
        else:
            line = longer
    return size, (*lines, line) if line else ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A cell with its lines broken and its type size settled."""

    cell: Cell
    size: float
    lines: tuple[str, ...]


class Pages:
    """A pen that goes down the pages of one document."""

    def __init__(self, path: Path, style: Style) -> None:
        _register(style.font)
        _register(style.bold)
        self.style = style
        self.canvas = Canvas(str(path), pagesize=style.page_size, invariant=1)
        self.canvas.setTitle(f"{style.title} {style.period[0]}-{style.period[1]}")
        self.width = style.page_size[0] - 2 * style.margin
        self.leading = style.size * 1.25
        self.padding = style.size * style.cell_padding
        self.page = 1
        self.y = self._begun = self._top
        self.repeated: Band | None = None
        """The title that the next page repeats."""
        self._rows = 0

    @property
    def _top(self) -> float:
        return self.style.page_size[1] - self.style.margin

    @property
    def room(self) -> float:
        return self.y - self.style.margin

    def break_page(self) -> None:
        width, height = self.style.page_size
        self.canvas.setFont(self.style.font, self.style.size)
        self.canvas.drawCentredString(width / 2, self.style.margin / 2, str(self.page))
        if self.style.running_head:
            place = height - self.style.margin / 2
            self.canvas.drawCentredString(width / 2, place, self.style.running_head)
        self.canvas.showPage()
        self.page += 1
        self.y = self._top
        if self.style.repeat_title and self.repeated:
            laid = [self._lay(cell) for cell in self.repeated]
            self._draw(laid, self._row_heights(laid))
        self._begun = self.y

    def save(self) -> None:
        self.break_page()
        self.canvas.save()

    def text(self, text: str, scale: float = 1.0, bold: bool = False) -> None:
        """A paragraph across the page, outside of any table."""
        font = self.style.bold if bold else self.style.font
        size, lines = wrap(text, font, self.style.size * scale, self.width)
        for line in lines:
            if self.room < size * 1.25:
                self.break_page()
            self.y -= size * 1.25
            self.canvas.setFont(font, size)
            self.canvas.drawString(self.style.margin, self.y + size * 0.25, line)
        self.y -= size

    def band(self, band: Band) -> None:
        """One band of cells; what does not fit goes on over the page's end."""
        laid = [self._lay(cell) for cell in band]
        while laid:
            heights = self._row_heights(laid)
            if sum(heights) <= self.room:
                self._draw(laid, heights)
                return
            fitting = int((self.room - 2 * self.padding) / self.leading)
            at_top = self.y == self._begun
            if (self.style.cut_rows or at_top) and len(heights) == 1 and fitting > 0:
                head = [replace(part, lines=part.lines[:fitting]) for part in laid]
                self._draw(head, self._row_heights(head))
                laid = [replace(part, lines=part.lines[fitting:]) for part in laid]
            elif at_top:
                raise ValueError("the page is too small for rows that a merged cell ties together")
            self.break_page()

    def _lay(self, cell: Cell) -> Laid:
        cell = replace(cell, text=self.style.labels.get(cell.text, cell.text))
        text = _LONG_WORD.sub(SOFT_HYPHEN, cell.text) if self.style.soft_hyphens else cell.text
        width = (cell.right - cell.left) * self.width - 2 * self.padding
        # Spaced letters need the room of a larger type.
        stretch = 1 + 2 * self.style.letter_spacing / self.style.size
        size, lines = wrap(text, self._font(cell), self.style.size, width / stretch)
        while any(self._overflows(line, cell, size, width) for line in lines) and stretch < WIDEST:
            stretch *= 1.1
            size, lines = wrap(text, self._font(cell), self.style.size, width / stretch)
        return Laid(cell, size, lines)

    def _overflows(self, line: str, cell: Cell, size: float, width: float) -> bool:
        """Whether what is typed for a line takes more room than its cell has."""
        return _width(self.style.typed(line), self._font(cell), size) > width + 0.01

    def _font(self, cell: Cell) -> str:
        bold = cell.bold and self.style.overprint is None
        return self.style.bold if bold else self.style.font

    def _row_heights(self, laid: Sequence[Laid]) -> list[float]:
        heights = [0.0] * (1 + max(part.cell.last_row for part in laid))
        for part in sorted(laid, key=lambda part: part.cell.last_row - part.cell.first_row):
            rows = slice(part.cell.first_row, part.cell.last_row + 1)
            wanted = max(len(part.lines), 1) * self.leading + 2 * self.padding
            heights[part.cell.last_row] += max(0.0, wanted - sum(heights[rows]))
        return heights

    def _draw(self, laid: Sequence[Laid], heights: Sequence[float]) -> None:
        for part in laid:
            cell = part.cell
            top = self.y - sum(heights[: cell.first_row])
            height = sum(heights[cell.first_row : cell.last_row + 1])
            left = self.style.margin + cell.left * self.width
            width = (cell.right - cell.left) * self.width
            self._ground(cell, left, top - height, width, height)
            self._rule(left, top - height, width, height)
            slack = (height - len(part.lines) * self.leading) / 2
            slack = slack if self.style.middle else self.padding
            baseline = top - slack - self.leading * 0.8
            for line in part.lines:
                self._line(part, line, left, width, baseline)
                baseline -= self.leading
        self.y -= sum(heights)

    def _line(self, part: Laid, line: str, left: float, width: float, baseline: float) -> None:
        """One line of a cell, as the style has it written."""
        style, font, size = self.style, self._font(part.cell), part.size
        x = left + self.padding
        if style.centred and part.cell.kind != "text":
            x = left + (width - _width(line, font, size)) / 2
        written = style.typed(line)
        self._write(written, x, baseline, font, size)
        if style.overprint is not None and part.cell.bold:
            self._write(written, x + style.overprint, baseline, font, size)
        if style.marks and part.cell.kind == "number" and line == part.lines[-1]:
            end = x + _width(line, font, size)
            self._write("1", end, baseline + 0.35 * size, font, 0.6 * size)
        if style.invisible:
            self._write(style.invisible, x, baseline, font, size, mode=3)

    def _write(
        self, text: str, x: float, y: float, font: str, size: float, mode: int | None = None
    ) -> None:
        self.canvas.setFont(font, size)
        spacing = self.style.letter_spacing
        self.canvas.drawString(x, y, text, mode=mode, charSpace=spacing)

    def _ground(self, cell: Cell, left: float, bottom: float, width: float, height: float) -> None:
        shaded = {
            "none": False,
            "cells": True,
            "labels": cell.bold,
            "rows": self._rows % 2 == 0,
        }[self.style.shading]
        if cell.right == 1.0:
            self._rows += 1
        if shaded:
            tone = 0.8 if cell.bold else 0.92
            self.canvas.setFillGray(tone)
            self.canvas.rect(left, bottom, width, height, stroke=0, fill=1)
            self.canvas.setFillGray(0.0)

    def _rule(self, left: float, bottom: float, width: float, height: float) -> None:
        canvas, rules = self.canvas, self.style.rules
        canvas.setLineWidth(0.5)
        canvas.setStrokeGray(self.style.colour)
        right, top = left + width, bottom + height
        if rules in ("none", "outer"):
            return
        if rules in ("cells", "double"):
            canvas.rect(left, bottom, width, height)
            if rules == "double":
                canvas.rect(left + 1, bottom + 1, width - 2, height - 2)
            return
        sides = [(left, bottom, right, bottom), (left, top, right, top)]
        if rules != "horizontal":
            sides += [(left, bottom, left, top), (right, bottom, right, top)]
        for x0, y0, x1, y1 in sides:
            if rules == "bars":
                canvas.setFillGray(self.style.colour)
                canvas.rect(x0 - 0.3, y0 - 0.3, x1 - x0 + 0.6, y1 - y0 + 0.6, stroke=0, fill=1)
                canvas.setFillGray(0.0)
            elif rules == "horizontal":
                canvas.line(x0, y0, x1, y1)
            else:
                self._segments(x0, y0, x1, y1, self.style.step, 0.8 if rules == "gaps" else 1.0)

    def frame(self, top: float, page: int) -> None:
        """A line around what has been drawn since, on this page; nothing over a page's end."""
        if page == self.page:
            self.canvas.setStrokeGray(self.style.colour)
            self.canvas.rect(self.style.margin, self.y, self.width, top - self.y)

    def _segments(
        self, x0: float, y0: float, x1: float, y1: float, step: float, drawn: float
    ) -> None:
        """A line in pieces of ``step`` points, of which the part ``drawn`` is."""
        count = max(1, round(max(x1 - x0, y1 - y0) / step))
        for at in range(count):
            self.canvas.line(
                x0 + (x1 - x0) * at / count,
                y0 + (y1 - y0) * at / count,
                x0 + (x1 - x0) * (at + drawn) / count,
                y0 + (y1 - y0) * (at + drawn) / count,
            )


def _front_page(pages: Pages) -> None:
    style = pages.style
    name = f"{style.title} {style.period[0]}-{style.period[1]}"
    pages.text(name, scale=2.0, bold=True)
    pages.text(
        f"El {name} se presenta en el marco del sistema de planeación democrática del desarrollo "
        "nacional, en cumplimiento al artículo 17, fracción II de la Ley de Planeación."
    )
    pages.text(
        f"En este sentido, el {name} es el instrumento donde se establecen los objetivos "
        "prioritarios, las metas para el bienestar y los parámetros con los que se les dará "
        "seguimiento."
    )


def _ficha(pages: Pages, ficha: Ficha) -> None:
    style = pages.style
    number = str(ficha.get("objective_number") or str(ficha["indicator_id"]).split(".")[0])
    pages.text(style.headings[ficha["measure"]].format(number=number), scale=1.2, bold=True)
    for at, section in enumerate(ficha_sections(ficha)):
        title = style.labels.get(section.title, section.title)
        if style.section_titles == "cell":
            head = (Cell(title, 0.0, 1.0, bold=True, kind="head"),)
            pages.band(head)
            if at == 0:
                pages.repeated = head
        else:
            pages.y -= pages.leading
            pages.text(title, bold=True)
        start = pages.y, pages.page
        for band in section.bands:
            pages.band(band)
        if style.rules == "outer":
            pages.frame(*start)
    pages.repeated = None
    pages.y -= 3 * pages.leading


def render(fichas: Sequence[Ficha], path: Path, *, style: Style = Style()) -> None:
    """Write a programme with these fichas as a PDF: a first page of prose, then the fichas.

    The same input gives the same bytes. Raises ``ValueError`` where the page is too small for
    the template, ``KeyError`` where a ficha lacks one of the template's texts, and reportlab's
    ``TTFError`` for a font that is not among its own and not on its search path.
    """
    pages = Pages(path, style)
    _front_page(pages)
    if not style.page_per_ficha:
        pages.y -= 2 * pages.leading
    for ficha in fichas:
        if style.page_per_ficha:
            pages.break_page()
        _ficha(pages, ficha)
    pages.save()
