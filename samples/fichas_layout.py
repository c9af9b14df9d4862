"""The ministry's template as sections of cells: which text of a ficha stands where.

Widths are parts of the table's width; nothing here knows of points, fonts or pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Ficha = Mapping[str, Any]

ELEMENTS = "ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"
APPLICATION = (
    "APLICACIÓN DEL MÉTODO DE CÁLCULO DEL INDICADOR PARA LA OBTENCIÓN DEL VALOR DE LA LÍNEA BASE"
)
VALUES = "VALOR DE LÍNEA BASE Y METAS"
HISTORY = "SERIE HISTÓRICA DE LA META PARA EL BIENESTAR O PARÁMETRO"
TARGETS = "METAS INTERMEDIAS"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text between two fractions of the table's width, over one or more rows of its band."""

    text: str
    left: float
    right: float
    first_row: int = 0
    last_row: int = 0
    bold: bool = False
    kind: Literal["text", "head", "number"] = "text"
    """A head may be centred; a number as well, and it may carry a mark."""


Band = tuple[Cell, ...]
"""Cells that touch: one row, or rows that a merged cell ties together."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    bands: tuple[Band, ...]


def row(
    *cells: tuple[str, float],
    bold: Sequence[int] = (),
    heads: Sequence[int] = (),
    numbers: Sequence[int] = (),
) -> Band:
    """One row from texts and relative widths; ``bold`` are the positions of its labels, ``heads``
    of its columns' headings, ``numbers`` of its numbers."""
    total = sum(width for _, width in cells)
    edges = [sum(width for _, width in cells[:count]) / total for count in range(len(cells) + 1)]
    return tuple(
        Cell(
            text,
            edges[at],
            edges[at + 1],
            bold=at in bold,
            kind="head" if at in heads else "number" if at in numbers else "text",
        )
        for at, (text, _) in enumerate(cells)
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
    yield _pair("Nombre", f"{ficha['indicator_id']} {ficha['name']}.".lstrip())
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
            numbers=(3,),
        )
    yield _pair("Sustitución en método de cálculo del indicador", ficha["substitution"])


def _values(ficha: Ficha, target_year: str) -> Iterator[Band]:
    yield row(("Línea base", 40), ("Nota sobre la línea base", 60), bold=(0, 1), heads=(0, 1))
    yield (
        Cell("Valor", 0, 0.16, bold=True),
        Cell(ficha["baseline_text"], 0.16, 0.4, kind="number"),
        Cell("Año", 0, 0.16, 1, 1, bold=True),
        Cell(str(ficha["baseline_year"]), 0.16, 0.4, 1, 1),
        Cell(ficha["baseline_note"], 0.4, 1, 0, 1),
    )
    yield row(
        (f"META {target_year}", 40),
        (f"Nota sobre la meta {target_year}", 60),
        bold=(0, 1),
        heads=(0, 1),
    )
    yield row((ficha["target_text"], 40), (ficha["target_note"], 60), numbers=(0,))


def _pair(label: str, text: str) -> Band:
    return row((label, 16), (text, 84), bold=(0,))


def _series(series: Mapping[str, str]) -> Iterator[Band]:
    columns = range(len(series))
    yield row(*((year, 1) for year in series), bold=columns, heads=columns)
    yield row(*((text, 1) for text in series.values()), numbers=columns)
