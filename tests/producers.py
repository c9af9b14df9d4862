"""Draws fichas cell by cell, so that a test decides what stands on which page and how.

``samples.fichas_reportlab`` lays out whole programmes; this is for the single awkward page.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from samples import pages

Row = tuple[tuple[str, int], ...]
"""Texts with the twelfths of the table's width that they take."""
Block = str | list[Row]
"""A line of text, or a table."""

SIZE = 7.0
LEADING = 8.0
PAD = 2.0
MARGIN = 54.0
WIDTH = letter[0] - 2 * MARGIN
START = "ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"


def row(*cells: str) -> Row:
    """Cells from ``"text|twelfths"``.

    >>> row("Nombre|2", "1.1 Tasa|10")
    (('Nombre', 2), ('1.1 Tasa', 10))
    """
    parts = (cell.rpartition("|") for cell in cells)
    return tuple((text, int(span)) for text, _, span in parts)


def variable_row(number: int, name: str, value: str, source: str = "IMSS") -> Row:
    return row(
        f"Nombre variable {number}|2",
        f"{name}|2",
        f"Valor variable {number}|2",
        f"{value}|2",
        f"Fuente de información variable {number}|2",
        f"{source}|2",
    )


def series_rows(series: dict[str, str]) -> list[Row]:
    """A row of years over a row of values; the number of years must divide twelve."""
    span = 12 // len(series)
    return [
        tuple((year, span) for year in series),
        tuple((value, span) for value in series.values()),
    ]


def _four(label: str, value: str, other_label: str, other_value: str) -> Row:
    return ((label, 2), (value, 4), (other_label, 2), (other_value, 4))


def elements(key: str = "1.1") -> list[Row]:
    return [
        row(f"{START}|12"),
        row("Nombre|2", f"{key} Cobertura de consultas.|10"),
        row("Objetivo prioritario|2", "Ampliar la cobertura.|10"),
        row("Definición o descripción|2", "Mide la cobertura.|10"),
        _four(
            "Nivel de desagregación", "Nacional", "Periodicidad o frecuencia de medición", "Anual"
        ),
        _four("Tipo", "Gestión", "Acumulado o periódico", "Periódico"),
        _four("Unidad de medida", "Porcentaje", "Periodo de recolección de datos", "Enero"),
        _four("Dimensión", "Eficacia", "Disponibilidad de la información", "Enero"),
        _four(
            "Tendencia esperada",
            "Ascendente",
            "Unidad Responsable de reportar el avance",
            "50.- Instituto Mexicano del Seguro Social",
        ),
        row("Método de cálculo|2", "(Consultas / Población) x 100|10"),
        row("Observaciones|2", "Ninguna|10"),
    ]


APPLICATION = row(
    "APLICACIÓN DEL MÉTODO DE CÁLCULO DEL INDICADOR PARA LA OBTENCIÓN DEL VALOR DE LA LÍNEA BASE|12"
)


def application() -> list[Row]:
    return [
        APPLICATION,
        variable_row(1, "1.- Consultas", "50"),
        variable_row(2, "2.- Población", "200"),
        row("Sustitución en método de cálculo del indicador|2", "(50 / 200) x 100 = 25|10"),
    ]


def values() -> list[Row]:
    return [
        row("VALOR DE LÍNEA BASE Y METAS|12"),
        row("Línea base|4", "Nota sobre la línea base|8"),
        row("Valor|2", "25|2", "Nota de la base|8"),
        row("Año|2", "2018|2", "|8"),
        row("META 2024|4", "Nota sobre la meta 2024|8"),
        row("40|4", "Nota de la meta|8"),
    ]


def history() -> list[Row]:
    return [
        row("SERIE HISTÓRICA DE LA META PARA EL BIENESTAR O PARÁMETRO|12"),
        *series_rows({"2016": "n.d.", "2017": "24", "2018": "25"}),
    ]


def targets() -> list[Row]:
    return [row("METAS INTERMEDIAS|12"), *series_rows({"2022": "30", "2023": "35", "2024": "40"})]


def ficha(key: str = "1.1") -> list[Row]:
    """All rows of a plain ficha whose numbers agree."""
    return [*elements(key), *application(), *values(), *history(), *targets()]


@dataclass(frozen=True)
class Style:
    """``open``: no line where a page cuts the table. ``sideless``: no line at left and right.
    ``double``: two lines per border. ``spaced``: cells apart from each other. ``dashed``: short
    strokes. ``offset``: points by which even pages are shifted to the right (mirrored margins).
    ``frame``: a rectangle around the page."""

    rules: Literal["closed", "open", "sideless", "double", "spaced", "dashed"] = "closed"
    frame: bool = False
    offset: float = 0.0
    top: float = 60.0
    colour: float = 0.0


def draw(path: Path, sheets: Sequence[Sequence[Block]], style: Style | None = None) -> Path:
    """Draw the blocks of each page, from the top down, and return the path."""
    style = style or Style()
    canvas = Canvas(str(path), pagesize=letter)
    for number, blocks in enumerate(sheets, start=1):
        if style.frame:
            canvas.rect(20, 20, letter[0] - 40, letter[1] - 40)
        left = MARGIN + (style.offset if number % 2 == 0 else 0.0)
        y = letter[1] - style.top
        for block in blocks:
            if isinstance(block, str):
                canvas.setFont("Helvetica", SIZE)
                canvas.drawString(left, y - SIZE, block)
                y -= 2 * LEADING
            else:
                y = _table(canvas, block, left, y, style) - LEADING
        canvas.setFont("Helvetica", SIZE)
        canvas.drawCentredString(letter[0] / 2, 30, f"Página {number}")
        canvas.showPage()
    canvas.save()
    return path


def _table(canvas: Canvas, rows: Sequence[Row], left: float, y: float, style: Style) -> float:
    for position, cells in enumerate(rows):
        wrapped = [
            simpleSplit(text, "Helvetica", SIZE, WIDTH * span / 12 - 2 * PAD)
            for text, span in cells
        ]
        height = max(1, *(len(lines) for lines in wrapped)) * LEADING + 2 * PAD
        x = left
        for (_, span), lines in zip(cells, wrapped, strict=True):
            width = WIDTH * span / 12
            box = (x, y - height, width, height)
            outer = (
                x == left,
                x + width > left + WIDTH - 1,
                position == 0,
                position == len(rows) - 1,
            )
            _border(canvas, box, outer, style)
            canvas.setFont("Helvetica", SIZE)
            for index, line in enumerate(lines):
                canvas.drawString(x + PAD, y - PAD - SIZE - index * LEADING, line)
            x += width
        y -= height
    return y


def _border(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    outer: tuple[bool, bool, bool, bool],
    style: Style,
) -> None:
    """Rule a cell; ``outer`` says whether it is at the table's left, right, top and bottom."""
    x, y, width, height = box
    canvas.setStrokeGray(style.colour)
    if style.rules == "double":
        canvas.rect(x + 1, y + 1, width - 2, height - 2)
    elif style.rules == "spaced":
        x, y, width, height = x + 2, y + 2, width - 4, height - 4
    left, right, top, bottom = outer
    gaps = {"open": (False, False, top, bottom), "sideless": (left, right, False, False)}
    sides = (
        (x, y, x, y + height),
        (x + width, y, x + width, y + height),
        (x, y + height, x + width, y + height),
        (x, y, x + width, y),
    )
    for side, missing in zip(sides, gaps.get(style.rules, (False,) * 4), strict=True):
        if not missing:
            _line(canvas, *side, dashed=style.rules == "dashed")


def _line(canvas: Canvas, xa: float, ya: float, xb: float, yb: float, *, dashed: bool) -> None:
    if not dashed:
        canvas.line(xa, ya, xb, yb)
        return
    length = max(xb - xa, yb - ya)
    along = ((xb - xa) / length, (yb - ya) / length)
    for start in range(0, int(length), 6):
        end = min(start + 2.5, length)
        canvas.line(
            xa + start * along[0], ya + start * along[1], xa + end * along[0], ya + end * along[1]
        )


def turned(source: Path, target: Path, content: int, rotate: int) -> Path:
    """A copy with its content turned by ``content`` quarter turns counter-clockwise, and /Rotate
    set to ``rotate`` degrees."""
    shutil.copyfile(source, target)
    pages.turned(target, content, rotate)
    return target
