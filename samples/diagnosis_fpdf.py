"""Lays out CONEVAL's Diagnóstico de Monitoreo with fpdf2.

Prints the sample and the invented reports of the tests. Figures are empty frames under their
captions. Lengths are in points.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import fpdf
import reportlab

from samples.diagnosis_source import Block, Diagnosis, Row
from samples.monitoring_layout import Area, Line, Sheet, Stroke

PAGE = (567.0, 737.0)
"""20 by 26 cm."""
FONTS = {"": "Vera.ttf", "B": "VeraBd.ttf", "I": "VeraIt.ttf"}
LEADING = 1.35
GREEN, PALE = (11, 110, 95), (226, 238, 235)
BUILT = datetime(2024, 1, 1, tzinfo=UTC)

_MARKED = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*")


@dataclass(frozen=True, slots=True)
class Style:
    """How a report looks. Nothing here may change what is read from it."""

    page_size: tuple[float, float] = PAGE
    margin: float = 56.0
    size: float = 9.5
    rules: Literal["all", "horizontal", "none"] = "all"
    shaded: bool = True
    """Table headings on a coloured ground, white on green."""
    repeat_heading: bool = True
    """A table that a page break cuts has its heading again."""
    cut_rows: bool = False
    """A row may be cut by a page break."""
    break_before_annex: bool = True
    figure_height: float = 150.0
    seed: int | None = None
    """Draws the texts of a page in an order of chance."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Text of one style at a place; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    style: str
    size: float
    colour: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Shape:
    x: float
    y: float
    width: float
    height: float
    fill: tuple[int, int, int] | None = None


@dataclass(slots=True)
class _Sheet:
    runs: list[_Run] = field(default_factory=list)
    shapes: list[_Shape] = field(default_factory=list)
    bottom: float = 0.0


Word = tuple[tuple[str, str], ...]
"""The parts of a word with their style: "", "B" or "I"."""
Words = list[Word]


class _Flow:
    """A pen that goes down the pages of a report."""

    def __init__(self, style: Style, head: str) -> None:
        self.style = style
        self.head = head
        self.pdf = fpdf.FPDF(unit="pt", format=style.page_size)
        self.pdf.set_creation_date(BUILT)
        self.pdf.set_producer(f"fpdf2 {fpdf.__version__}")
        self.pdf.set_auto_page_break(False)
        fonts = Path(reportlab.__file__).parent / "fonts"
        for name, file in FONTS.items():
            self.pdf.add_font("Vera", name, fonts / file)
        self.sheets: list[_Sheet] = []
        self.y = 0.0
        self.width = style.page_size[0] - 2 * style.margin
        self.new_page()

    # --- pages

    def new_page(self) -> None:
        style = self.style
        self.sheets.append(_Sheet(bottom=style.page_size[1] - style.margin))
        self.y = style.margin
        number = len(self.sheets)
        if number > 2:
            self.put(style.margin, style.margin * 0.55, list(_words(self.head)), 6.0)
            x = style.page_size[0] - style.margin - 12
            self.put(x, style.page_size[1] - style.margin * 0.5, [((str(number), ""),)], 8.0)

    @property
    def sheet(self) -> _Sheet:
        return self.sheets[-1]

    @property
    def room(self) -> float:
        return self.sheet.bottom - self.y

    def need(self, height: float) -> None:
        if self.room < height:
            self.new_page()

    # --- texts

    def wrapped(self, text: str, width: float, size: float, bold: bool = False) -> list[Words]:
        lines: list[Words] = [[]]
        used = 0.0
        for word in _words(text, bold):
            advance = sum(self._width(piece, style, size) for piece, style in word)
            space = self._width(" ", "", size) if lines[-1] else 0.0
            if lines[-1] and used + space + advance > width:
                lines.append([])
                used = space = 0.0
            lines[-1].append(word)
            used += space + advance
        return lines

    def _width(self, text: str, style: str, size: float) -> float:
        self.pdf.set_font("Vera", style, size)
        return float(self.pdf.get_string_width(text))

    def put(
        self,
        x: float,
        top: float,
        words: Words,
        size: float,
        colour: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        """One line with its top at ``top``; a superscript one is a raised small digit."""
        baseline = top + size
        for style, text in _runs(words):
            for part in re.split(r"(¹)", text):
                if part == "¹":
                    self.sheet.runs.append(_Run(x, baseline - size * 0.35, "1", style, size * 0.6))
                    x += self._width("1", style, size * 0.6)
                elif part:
                    self.sheet.runs.append(_Run(x, baseline, part, style, size, colour))
                    x += self._width(part, style, size)

    def text(
        self, text: str, *, size: float = 0, bold: bool = False, indent: float = 0, mark: str = ""
    ) -> None:
        """A paragraph; ``mark`` stands before its first line."""
        size = size or self.style.size
        for at, line in enumerate(self.wrapped(text, self.width - indent, size, bold)):
            self.need(size * LEADING)
            if mark and at == 0:
                self.put(self.style.margin, self.y, [((mark, ""),)], size)
            self.put(self.style.margin + indent, self.y, line, size)
            self.y += size * LEADING
        self.y += size * 0.8

    def centred(self, text: str, size: float, *, bold: bool = False) -> None:
        width = self._width(text, "B" if bold else "", size)
        x = (self.style.page_size[0] - width) / 2
        self.put(x, self.y, list(_words(text, bold)), size)
        self.y += size * LEADING

    def frame(self, height: float) -> None:
        self.need(height)
        self.sheet.shapes.append(_Shape(self.style.margin, self.y, self.width, height))
        self.y += height + 8

    def note(self, text: str) -> None:
        """A footnote at the bottom of its page."""
        size = self.style.size * 0.75
        lines = self.wrapped(text, self.width, size)
        height = (len(lines) + 1) * size * LEADING
        self.need(height)
        y = self.sheet.bottom = self.sheet.bottom - height
        self.sheet.shapes.append(_Shape(self.style.margin, y, 120, 0))
        for line in lines:
            y += size * LEADING
            self.put(self.style.margin, y - size * 0.8, line, size)

    # --- tables

    def table(self, rows: Sequence[Row], parts: Sequence[float]) -> None:
        """A table; its first row is the heading. ``parts`` are the columns' parts of the width."""
        heading, *body = [
            [self._cell(cell, part, bold=at == 0) for cell, part in zip(row, parts, strict=True)]
            for at, row in enumerate(rows)
        ]
        self.need(sum(_height(cells, self.style.size) for cells in [heading, *body[:1]]))
        self._row(heading, parts, heading=True)
        for cells in body:
            rest = cells
            while rest:
                fitting = self._fitting()
                tall = _lines(rest) > fitting
                if tall and (not self.style.cut_rows or fitting < 1):
                    self._continue(heading, parts)
                    fitting = self._fitting()
                self._row([lines[:fitting] for lines in rest], parts)
                rest = [lines[fitting:] for lines in rest]
                if not any(rest):
                    break
                self._continue(heading, parts)
        self.y += self.style.size

    def _continue(self, heading: Sequence[list[Words]], parts: Sequence[float]) -> None:
        self.new_page()
        if self.style.repeat_heading:
            self._row(heading, parts, heading=True)

    def _fitting(self) -> int:
        return int((self.room - self.style.size) / (self.style.size * LEADING))

    def _cell(self, paragraphs: Sequence[str], part: float, bold: bool = False) -> list[Words]:
        width, size = part * self.width - self.style.size, self.style.size
        return [line for text in paragraphs for line in self.wrapped(text, width, size, bold)]

    def _row(
        self, cells: Sequence[list[Words]], parts: Sequence[float], heading: bool = False
    ) -> None:
        style, size = self.style, self.style.size
        height = _height(cells, size)
        x = style.margin
        filled = heading and style.shaded
        for lines, part in zip(cells, parts, strict=True):
            width = part * self.width
            if filled:
                self.sheet.shapes.append(_Shape(x, self.y, width, height, GREEN))
            if style.rules == "all":
                self.sheet.shapes.append(_Shape(x, self.y, width, height))
            top = self.y + (height - len(lines) * size * LEADING) / 2
            for line in lines:
                words = [tuple((piece, "B") for piece, _ in w) for w in line] if heading else line
                colour = (255, 255, 255) if filled else (0, 0, 0)
                self.put(x + size / 2, top, words, size, colour)
                top += size * LEADING
            x += width
        if style.rules == "horizontal":
            for y in (self.y, self.y + height):
                self.sheet.shapes.append(_Shape(style.margin, y, self.width, 0))
        self.y += height

    # --- the file

    def plain_sheets(self) -> list[Sheet]:
        """The pages as plain shapes and lines, for another printer; no line changes its face."""
        return [self._plain(sheet) for sheet in self.sheets]

    def _plain(self, sheet: _Sheet) -> Sheet:
        plain = Sheet()
        for each in sheet.shapes:
            right, bottom = each.x + each.width, each.y + each.height
            if each.fill:
                red, green, blue = (part / 255 for part in each.fill)
                plain.areas.append(Area(each.x, each.y, right, bottom, (red, green, blue)))
            elif not each.height:
                plain.strokes.append(Stroke(((each.x, each.y), (right, each.y))))
            else:
                corners = ((each.x, each.y), (right, each.y), (right, bottom), (each.x, bottom))
                for ends in zip(corners, (*corners[1:], corners[0]), strict=True):
                    plain.strokes.append(Stroke(ends))
        end = 0.0
        for at, run in enumerate(sheet.runs):
            white = run.colour != (0, 0, 0)
            line = Line(run.x, run.y, run.text, run.size, run.style == "B", at, white=white)
            before, start = plain.lines[-1] if plain.lines else None, end
            end = run.x + self._width(run.text, run.style, run.size)
            alike = before and (before.baseline, before.size) == (line.baseline, line.size)
            if before and alike and abs(start - run.x) < 0.1 * run.size:  # in another face
                plain.lines[-1] = replace(before, text=before.text + run.text)
            else:
                if before and abs(start - run.x) < 0.1 * run.size:
                    plain.lines[-1] = replace(before, followed=True)
                plain.lines.append(line)
        return plain

    def save(self, path: Path) -> None:
        dice = random.Random(self.style.seed)
        for sheet in self.sheets:
            self.pdf.add_page()
            self.pdf.set_draw_color(120, 130, 128)
            for shape in sheet.shapes:
                self._shape(shape)
            runs = list(sheet.runs)
            if self.style.seed is not None:
                dice.shuffle(runs)
            for run in runs:
                self.pdf.set_font("Vera", run.style, run.size)
                self.pdf.set_text_color(*run.colour)
                self.pdf.text(run.x, run.y, run.text)
        self.pdf.output(str(path))

    def _shape(self, shape: _Shape) -> None:
        if shape.height == 0:
            self.pdf.line(shape.x, shape.y, shape.x + shape.width, shape.y)
            return
        if shape.fill:
            self.pdf.set_fill_color(*shape.fill)
        self.pdf.rect(shape.x, shape.y, shape.width, shape.height, "F" if shape.fill else "D")


def _words(text: str, bold: bool = False) -> Iterator[Word]:
    """The words of a marked text; a mark may end inside a word ("**0.560**,")."""
    plain = "B" if bold else ""
    word: list[tuple[str, str]] = []
    for part, style in _parts(text, plain):
        for at, piece in enumerate(re.split(r"\s+", part)):
            if at and word:
                yield tuple(word)
                word = []
            if piece:
                word.append((piece, style))
    if word:
        yield tuple(word)


def _parts(text: str, plain: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _MARKED.finditer(text):
        yield text[at : match.start()], plain
        yield (match["bold"], "B") if match["bold"] else (match["italic"], "I")
        at = match.end()
    yield text[at:], plain


def _runs(words: Words) -> Iterator[tuple[str, str]]:
    """A line as texts of one style, its spaces in them."""
    text, style = "", words[0][0][1] if words else ""
    for word in words:
        text += " " if text else ""
        for piece, look in word:
            if look != style:
                yield style, text
                text, style = "", look
            text += piece
    if text:
        yield style, text


def _lines(cells: Sequence[list[Words]]) -> int:
    return max(len(lines) for lines in cells)


def _height(cells: Sequence[list[Words]], size: float) -> float:
    return _lines(cells) * size * LEADING + size


def render(report: Diagnosis, path: Path, style: Style | None = None) -> Path:
    """Write a report as a PDF and return its path. The same input gives the same bytes."""
    flow = _laid_out(report, style or Style())
    flow.pdf.set_title(report.title)
    flow.save(path)
    return path


def lay_out(report: Diagnosis, style: Style) -> list[Sheet]:
    """A report as plain shapes and lines, page by page."""
    flow = _laid_out(report, style)
    sheets = flow.plain_sheets()
    for font in flow.pdf.fonts.values():
        font.ttfont.close()  # fpdf2 closes them only where it writes the file
    return sheets


def _laid_out(report: Diagnosis, style: Style) -> _Flow:
    flow = _Flow(style, report.head)
    _front(flow, report)
    for block in report.blocks:
        _block(flow, block)
    return flow


def _front(flow: _Flow, report: Diagnosis) -> None:
    size = flow.style.size
    for line in report.cover:
        flow.centred(line, size * 1.2)
    flow.y += 9 * size
    for words in flow.wrapped(report.title, flow.width * 0.8, size * 1.6):
        flow.centred(" ".join(text for _, text in _runs(words)), size * 1.6)
    flow.y += 2 * size
    for line in report.institution:
        flow.centred(line, size * 2.2, bold=True)
    flow.new_page()
    for line in report.credits:
        flow.text(line, size=size * 0.66)
    flow.new_page()


def _block(flow: _Flow, block: Block) -> None:
    size = flow.style.size
    if block.kind == "heading":
        chapter = block.text.startswith("Principales") or block.text.startswith("Consideraciones")
        if chapter or (block.text.startswith("Anexo") and flow.style.break_before_annex):
            flow.new_page()
        flow.need(8 * size)
        flow.text(block.text, size=size * 1.35, bold=True)
    elif block.kind == "caption":
        flow.need(flow.style.figure_height + 4 * size)
        flow.text(block.text, bold=True)
        flow.frame(flow.style.figure_height)
    elif block.kind == "source":
        flow.text(block.text, size=size * 0.8)
    elif block.kind == "bullet":
        flow.text(block.text, indent=1.6 * size, mark="•")
    elif block.kind == "note":
        flow.note(block.text)
    elif block.kind == "banner":
        flow.need(12 * size)
        row = block.rows[0]
        flow._row([flow._cell(cell, 1 / len(row)) for cell in row], [1 / len(row)] * len(row))
        flow.y += size * 0.6
    elif block.kind == "findings":
        flow.table(block.rows, (0.36, 0.64))
    elif block.kind == "annex":
        flow.table(block.rows, _columns(block.rows))
    else:
        flow.text(block.text)


def _columns(rows: Sequence[Row]) -> list[float]:
    """Columns as wide as the longest words and the whole of their texts ask for."""
    wanted = []
    for cells in zip(*rows, strict=True):
        texts = [" ".join(cell) for cell in cells]
        longest = max(len(word) for text in texts for word in text.split())
        wanted.append(max(longest * 1.5, max(map(len, texts)) ** 0.8))
    return [each / sum(wanted) for each in wanted]
