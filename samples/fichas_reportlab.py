"""Lays out indicator fichas in the ministry's template with nothing but reportlab.

A third producer beside the word processor and the browser: quick, of one process, needing no system
package, and free in everything that a reader must not depend on (:class:`Style`). Tests render the
documents they need with it, and ``tools/faults.py`` renders a faulted programme a hundred times.

A ficha is a ``dict`` as in ``samples/sources/*.fichas.json``: texts as printed, without the key,
the enumerators and the final stop that the template adds. ``target_year`` may be given; else it is
the last year of ``target_series``. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Ficha = Mapping[str, Any]

ELEMENTS = "ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"
APPLICATION = (
    "APLICACIÓN DEL MÉTODO DE CÁLCULO DEL INDICADOR PARA LA OBTENCIÓN DEL VALOR DE LA LÍNEA BASE"
)
VALUES = "VALOR DE LÍNEA BASE Y METAS"
HISTORY = "SERIE HISTÓRICA DE LA META PARA EL BIENESTAR O PARÁMETRO"
TARGETS = "METAS INTERMEDIAS"

HEADINGS = {
    "meta_para_el_bienestar": "Meta del bienestar del Objetivo prioritario {number}",
    "parametro": "Parámetro del Objetivo prioritario {number}",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks. Nothing here may change what is read from it."""

    page_size: tuple[float, float] = letter
    margin: float = 50.0
    font: str = "Vera"
    bold: str = "VeraBd"
    size: float = 7.5
    rules: Literal["cells", "segments", "bars"] = "cells"
    """A stroked rectangle per cell, short line segments, or thin filled rectangles."""
    section_titles: Literal["cell", "text"] = "cell"
    """Section titles inside the one table of a ficha, or as text between one table a section."""
    page_per_ficha: bool = True
    cut_rows: bool = True
    """A row that does not fit is cut by the page's end, or goes whole to the next page."""
    headings: Mapping[str, str] = field(default_factory=lambda: HEADINGS)
    """The line above a ficha by its ``measure``; ``{number}`` is that of the objective."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Other wordings by the template's own label (``{"Tipo": "TIPO"}``)."""
    title: str = "Programa Institucional del Instituto Mexicano del Seguro Social"
    period: tuple[int, int] = (2020, 2024)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text between two fractions of the table's width, over one or more rows of its band."""

    text: str
    left: float
    right: float
    first_row: int = 0
    last_row: int = 0
    bold: bool = False


Band = tuple[Cell, ...]
"""Cells that touch: one row, or rows that a merged cell ties together."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    bands: tuple[Band, ...]


def row(*cells: tuple[str, float], bold: Sequence[int] = ()) -> Band:
    """One row from texts and relative widths; ``bold`` are the positions of its labels."""
    total = sum(width for _, width in cells)
    edges = [sum(width for _, width in cells[:count]) / total for count in range(len(cells) + 1)]
    return tuple(
        Cell(text, edges[at], edges[at + 1], bold=at in bold) for at, (text, _) in enumerate(cells)
    )


def ficha_sections(ficha: Ficha) -> list[Section]:
    """The template: which text stands in which cell."""
    target_year = ficha.get("target_year") or max(ficha["target_series"], default="")
    return [
        Section(ELEMENTS, tuple(_elements(ficha))),
        Section(APPLICATION, tuple(_application(ficha))),
        Section(VALUES, tuple(_values(ficha, str(target_year)))),
        Section(HISTORY, tuple(_series(ficha["historical_series"]))),
        Section(TARGETS, tuple(_series(ficha["target_series"]))),
    ]


def _elements(ficha: Ficha) -> Iterator[Band]:
    yield _pair("Nombre", f"{ficha['indicator_id']} {ficha['name']}.")
    yield _pair("Objetivo prioritario", ficha["objective"])
    yield _pair("Definición o descripción", ficha["definition"])
    for left, right in (
        (("Nivel de desagregación", "disaggregation"), (FREQUENCY, "frequency")),
        (("Tipo", "kind"), ("Acumulado o periódico", "accumulation")),
        (("Unidad de medida", "unit"), ("Periodo de recolección de datos", "collection_period")),
        (("Dimensión", "dimension"), ("Disponibilidad de la información", "availability")),
        (("Tendencia esperada", "trend"), (RESPONSIBLE, "responsible_unit")),
    ):
        yield row(
            (left[0], 16),
            (ficha[left[1]], 30),
            (right[0], 20),
            (ficha[right[1]], 34),
            bold=(0, 2),
        )
    yield _pair("Método de cálculo", ficha["method"])
    yield _pair("Observaciones", ficha["remarks"])


FREQUENCY = "Periodicidad o frecuencia de medición"
RESPONSIBLE = "Unidad Responsable de reportar el avance"


def _application(ficha: Ficha) -> Iterator[Band]:
    for variable in ficha["variables"]:
        number = variable["position"]
        yield row(
            (f"Nombre variable {number}", 13),
            (f"{number}.- {variable['name']}", 20),
            (f"Valor variable {number}", 11),
            (variable["value_text"], 15),
            (f"Fuente de información variable {number}", 14),
            (variable["source"], 27),
            bold=(0, 2, 4),
        )
    yield _pair("Sustitución en método de cálculo del indicador", ficha["substitution"])


def _values(ficha: Ficha, target_year: str) -> Iterator[Band]:
    yield row(("Línea base", 40), ("Nota sobre la línea base", 60), bold=(0, 1))
    yield (
        Cell("Valor", 0, 0.16, bold=True),
        Cell(ficha["baseline_text"], 0.16, 0.4),
        Cell("Año", 0, 0.16, 1, 1, bold=True),
        Cell(str(ficha["baseline_year"]), 0.16, 0.4, 1, 1),
        Cell(ficha["baseline_note"], 0.4, 1, 0, 1),
    )
    yield row((f"META {target_year}", 40), (f"Nota sobre la meta {target_year}", 60), bold=(0, 1))
    yield row((ficha["target_text"], 40), (ficha["target_note"], 60))


def _pair(label: str, text: str) -> Band:
    return row((label, 16), (text, 84), bold=(0,))


def _series(series: Mapping[str, str]) -> Iterator[Band]:
    yield row(*((year, 1) for year in series), bold=range(len(series)))
    yield row(*((text, 1) for text in series.values()))


@cache
def _register(font: str) -> None:
    if font not in pdfmetrics.standardFonts:
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))


@cache
def _width(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Unbreakable pieces and whether a space stands before each; a line may end after a hyphen."""
    pieces: list[tuple[str, bool]] = []
    for word in text.split():
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
        longer = line + (" " if line and spaced else "") + piece
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
        self.padding = style.size * 0.4
        self.page = 1
        self.y = self._top

    @property
    def _top(self) -> float:
        return self.style.page_size[1] - self.style.margin

    @property
    def room(self) -> float:
        return self.y - self.style.margin

    def break_page(self) -> None:
        self.canvas.setFont(self.style.font, self.style.size)
        self.canvas.drawCentredString(
            self.style.page_size[0] / 2, self.style.margin / 2, str(self.page)
        )
        self.canvas.showPage()
        self.page += 1
        self.y = self._top

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
            at_top = self.y == self._top
            if (self.style.cut_rows or at_top) and len(heights) == 1 and fitting > 0:
                head = [replace(part, lines=part.lines[:fitting]) for part in laid]
                self._draw(head, self._row_heights(head))
                laid = [replace(part, lines=part.lines[fitting:]) for part in laid]
            elif at_top:
                raise ValueError("the page is too small for rows that a merged cell ties together")
            self.break_page()

    def _lay(self, cell: Cell) -> Laid:
        cell = replace(cell, text=self.style.labels.get(cell.text, cell.text))
        font = self.style.bold if cell.bold else self.style.font
        width = (cell.right - cell.left) * self.width - 2 * self.padding
        size, lines = wrap(cell.text, font, self.style.size, width)
        return Laid(cell, size, lines)

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
            self._rule(left, top - height, width, height)
            font = self.style.bold if cell.bold else self.style.font
            self.canvas.setFont(font, part.size)
            slack = height - len(part.lines) * self.leading
            baseline = top - slack / 2 - self.leading * 0.8
            for line in part.lines:
                self.canvas.drawString(left + self.padding, baseline, line)
                baseline -= self.leading
        self.y -= sum(heights)

    def _rule(self, left: float, bottom: float, width: float, height: float) -> None:
        canvas = self.canvas
        if self.style.rules == "cells":
            canvas.setLineWidth(0.5)
            canvas.rect(left, bottom, width, height)
            return
        right, top = left + width, bottom + height
        for x0, y0, x1, y1 in (
            (left, bottom, right, bottom),
            (left, top, right, top),
            (left, bottom, left, top),
            (right, bottom, right, top),
        ):
            if self.style.rules == "bars":
                canvas.rect(x0 - 0.3, y0 - 0.3, x1 - x0 + 0.6, y1 - y0 + 0.6, stroke=0, fill=1)
            else:
                self._segments(x0, y0, x1, y1)

    def _segments(self, x0: float, y0: float, x1: float, y1: float, step: float = 12.0) -> None:
        self.canvas.setLineWidth(0.4)
        count = max(1, round(max(x1 - x0, y1 - y0) / step))
        for at in range(count):
            self.canvas.line(
                x0 + (x1 - x0) * at / count,
                y0 + (y1 - y0) * at / count,
                x0 + (x1 - x0) * (at + 1) / count,
                y0 + (y1 - y0) * (at + 1) / count,
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
    number = str(ficha["indicator_id"]).split(".")[0]
    pages.text(pages.style.headings[ficha["measure"]].format(number=number), scale=1.2, bold=True)
    for section in ficha_sections(ficha):
        title = pages.style.labels.get(section.title, section.title)
        if pages.style.section_titles == "cell":
            pages.band((Cell(title, 0.0, 1.0, bold=True),))
        else:
            pages.y -= pages.leading
            pages.text(title, bold=True)
        for band in section.bands:
            pages.band(band)
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
