"""The fichas of the transcription as rows of cells, in the layout of the ministry's template.

The printed order of the text is the order of the cells, so the template's labels, looked for one
after the other, cut a ficha's text into its cells. A form feed marks where a page begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from samples.source import WITNESS, SourcePage, joined

TITLE = "ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"
_METHOD_SECTION = (
    "APLICACIÓN DEL MÉTODO DE CÁLCULO DEL INDICADOR PARA LA OBTENCIÓN DEL VALOR DE LA LÍNEA BASE"
)
_BASE_SECTION = "VALOR DE LÍNEA BASE Y METAS"
_HISTORY_SECTION = "SERIE HISTÓRICA DE LA META PARA EL BIENESTAR O PARÁMETRO"
_TARGETS_SECTION = "METAS INTERMEDIAS"
_LABELS = (
    ("Nombre",),
    ("Objetivo prioritario",),
    ("Definición o descripción",),
    ("Nivel de desagregación", "Periodicidad o frecuencia de medición"),
    ("Tipo", "Acumulado o periódico"),
    ("Unidad de medida", "Periodo de recolección de datos"),
    ("Dimensión", "Disponibilidad de la información"),
    ("Tendencia esperada", "Unidad Responsable de reportar el avance"),
    ("Método de cálculo",),
    ("Observaciones",),
)
_SUBSTITUTION = r"Sustitución en método de cálculo(?: del indicador)?"

FULL = 1000  # the width of a table, in which the cells' edges are given
_LABEL_EDGE = 170
_BASE_EDGES = (0, 110, 300, FULL)

Role = Literal["section", "label", "value", "text"]
Lines = tuple[str, ...]


@dataclass(slots=True)
class Cell:
    """A cell's printed lines; ``tail`` are those behind the page break that cuts the cell."""

    lines: Lines
    role: Role
    tail: Lines = ()
    rowspan: int = 1
    upright: bool = False


@dataclass(slots=True)
class Row:
    """Cells between ``edges`` (thousandths of the width), one edge more than columns.

    A column that the rowspan of the row above covers holds ``None``.
    """

    cells: list[Cell | None]
    edges: tuple[int, ...]
    breaks_before: bool = False  # the original begins a page here
    height: int = 0  # points, at least

    @property
    def is_cut(self) -> bool:
        """Whether a page break runs through the row."""
        return any(cell is not None and cell.tail for cell in self.cells)


@dataclass(slots=True)
class Ficha:
    """One indicator's table with the heading above it."""

    key: str
    heading: str
    rows: list[Row]
    urls: tuple[str, ...]  # targets of its pages' link annotations
    intro: Lines  # what stands above the heading on the chapter's first page


@dataclass(slots=True)
class _Reader:
    """Reads the running text label by label and collects the rows."""

    text: str
    at: int = 0
    rows: list[Row] = field(default_factory=list)
    breaks: bool = False  # a page began behind the last row

    def has(self, words: str) -> bool:
        return _pattern(words).search(self.text, self.at) is not None

    def label(self, words: str) -> Cell:
        """Moves behind the next occurrence of the label."""
        found = _pattern(words).search(self.text, self.at)
        if found is None:
            raise ValueError(f"no label {words!r} behind {self.text[self.at : self.at + 60]!r}")
        self.at = found.end()
        return Cell(_lines(found.group()), "section" if words.isupper() else "label")

    def value(self, following: str | None) -> str:
        """The text up to the label that follows, which is left to be read."""
        found = _pattern(following).search(self.text, self.at) if following else None
        end = found.start() if found else len(self.text)
        value = self.text[self.at : end]
        self.at = end
        return value.strip(" \n")

    def cell(self, following: str, role: Role = "text") -> Cell:
        """The value up to the following label as a cell, cut where a page begins inside it."""
        value = self.value(following)
        if value.endswith("\f"):
            self.breaks = True
        head, _, tail = value.strip(" \n\f").partition("\f")
        return Cell(_lines(head), role, _lines(tail))

    def add(self, cells: Sequence[Cell | None], edges: Sequence[int], breaks: bool = False) -> None:
        self.rows.append(Row(list(cells), tuple(edges), breaks))


def _pattern(words: str) -> re.Pattern[str]:
    spaced = re.sub(" ", r"\\s+", words)
    return re.compile(rf"(?<!\w){spaced}(?!\w)")


def _lines(text: str) -> Lines:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def read_fichas(pages: Sequence[SourcePage], witness: Path = WITNESS) -> list[Ficha]:
    """The fichas on the pages of their chapter; raises ``ValueError`` where a label is missing.

    The witness (the fichas' values as JSON) tells to which cell of a row belongs what stands
    behind a page break; nothing else is taken from it.
    """
    known = {entry["indicator_id"]: entry for entry in json.loads(witness.read_text("utf-8"))}
    groups: list[list[SourcePage]] = []
    for page in pages:
        if TITLE in page.lines:
            groups.append([page])
        else:
            groups[-1].append(page)
    return [_ficha(group, known) for group in groups]


def _ficha(pages: Sequence[SourcePage], known: dict[str, Any]) -> Ficha:
    first = pages[0].lines
    start = first.index(TITLE)
    heading = max(at for at in range(start) if first[at])
    body = ["\n".join(first[start:]), *("\n".join(page.lines) for page in pages[1:])]
    reader = _Reader("\n\f".join(body))
    _description(reader)
    _variables(reader)
    _base_and_target(reader)
    _series(reader, _HISTORY_SECTION, _TARGETS_SECTION)
    _series(reader, _TARGETS_SECTION, None)
    name = reader.rows[1].cells[1]
    key = name.lines[0].split(" ")[0] if name else ""
    _place_tails(reader.rows, known[key]["variables"])
    urls = tuple(dict.fromkeys(url for page in pages for url in page.urls))
    return Ficha(key, first[heading], reader.rows, urls, first[:heading])


def _description(reader: _Reader) -> None:
    reader.add([reader.label(TITLE)], (0, FULL))
    order = [label for labels in _LABELS for label in labels]
    following = dict(zip(order, [*order[1:], _METHOD_SECTION], strict=True))
    rows = [
        [cell for label in labels for cell in (reader.label(label), reader.cell(following[label]))]
        for labels in _LABELS
    ]
    edges = _fitted([cells for cells in rows if len(cells) == 4], _LABEL_EDGE)
    for cells in rows:
        reader.add(cells, edges if len(cells) == 4 else (0, _LABEL_EDGE, FULL))
    reader.add([reader.label(_METHOD_SECTION)], (0, FULL))


def _variables(reader: _Reader) -> None:
    rows: list[list[Cell]] = []
    number = 1
    while reader.has(f"Nombre variable {number}"):
        value, source = f"Valor variable {number}", f"Fuente de información variable {number}"
        name = [reader.label(f"Nombre variable {number}"), reader.cell(value)]
        number += 1
        more = f"Nombre variable {number}"
        following = more if reader.has(more) else _SUBSTITUTION
        amount = [reader.label(value), reader.cell(source, "value")]
        rows.append([*name, *amount, reader.label(source), reader.cell(following)])
    edges = _fitted(rows, _LABEL_EDGE)
    for cells in rows:
        reader.add(cells, edges)
    reader.add([reader.label(_SUBSTITUTION), reader.cell(_BASE_SECTION)], (0, _LABEL_EDGE, FULL))


def _base_and_target(reader: _Reader) -> None:
    reader.add([reader.label(_BASE_SECTION)], (0, FULL))
    value_label, note_label, target_note = "Valor", "Nota sobre la línea base", r"Nota sobre la meta \d{4}"
    two = (0, _BASE_EDGES[2], FULL)
    reader.add([reader.label("Línea base"), reader.label(note_label)], two)
    label = reader.label(value_label)
    value, note = _amount_and_note(reader.value(r"Año \d{4}"))
    note.rowspan = 2
    reader.add([label, value, note], _BASE_EDGES)
    year_label = reader.label("Año")
    year = reader.cell(r"META \d{4}", "value")
    reader.add([year_label, year, None], _BASE_EDGES)
    target_label = reader.label(r"META \d{4}")
    target_label.role = "label"
    reader.add([target_label, reader.label(target_note)], two)
    printed = reader.value(_HISTORY_SECTION)
    reader.breaks = printed.endswith("\f")
    cells = _amount_and_note(printed.strip(" \n\f"))
    reader.add(cells, two, breaks=printed.startswith("\f"))


def _amount_and_note(text: str) -> tuple[Cell, Cell]:
    """A number and the note in the cell beside it, which the text gives in one stretch."""
    amount, _, note = text.replace("\n", " \n").partition(" ")
    return Cell((amount,), "value"), Cell(_lines(note), "text")


def _series(reader: _Reader, section: str, following: str | None) -> None:
    """A section over a row of years and a row of their values; a page may begin between them."""
    reader.add([reader.label(section)], (0, FULL), reader.breaks)
    printed = reader.value(following)
    tokens = printed.replace("\f", " \f ").split(" ") if "\f" in printed else printed.split()
    words = [word for token in tokens for word in (token.split() if token != "\f" else ["\f"])]
    at = words.index("\f") if "\f" in words else -1
    words = [word for word in words if word != "\f"]
    count = len(words) // 2
    if len(words) != 2 * count:
        raise ValueError(f"{section}: years and values differ in number: {words}")
    edges = [FULL * column // count for column in range(count + 1)]
    reader.add([Cell((year,), "label") for year in words[:count]], edges, at == 0)
    reader.add([Cell((value,), "value") for value in words[count:]], edges, at == count)
    reader.breaks = at == len(words)


def _fitted(rows: Sequence[Sequence[Cell]], first: int) -> tuple[int, ...]:
    """Edges for columns as wide as their longest lines ask for, behind a first one of fixed width.

    Cells are wrapped in the transcription, so their lines show how wide the original's columns are.
    """
    columns = range(1, len(rows[0]))
    needs = [
        4 + max(len(line) for row in rows for line in (*row[column].lines, *row[column].tail))
        for column in columns
    ]
    edges = [0, first]
    for need in needs:
        edges.append(edges[-1] + (FULL - first) * need // sum(needs))
    return (*edges[:-1], FULL)


def _place_tails(rows: Sequence[Row], variables: Sequence[dict[str, Any]]) -> None:
    """Moves what stands behind a page break to the cell of the row that it completes.

    In running text it follows the row's last cell, whichever cell the break cuts.
    """
    known = {variable["name"] for variable in variables} | {v["source"] for v in variables}
    for row in rows:
        cells = [cell for cell in row.cells if cell is not None]
        tail = cells[-1].tail
        if not tail:
            continue
        cells[-1].tail = ()
        owner = next(
            cell
            for cell in cells
            if cell.role == "text"
            and re.sub(r"^\d+\.-\s*", "", joined([*cell.lines, *tail])) in known
        )
        owner.tail = tail


def printed_parts(ficha: Ficha) -> list[list[Row]]:
    """The rows page by page as the original breaks them, a cut row in two."""
    parts: list[list[Row]] = [[]]
    for row in ficha.rows:
        if row.breaks_before:
            parts.append([])
        parts[-1].append(row)
        if row.is_cut:
            rest = [cell and Cell(cell.tail, cell.role) for cell in row.cells]
            parts.append([Row(rest, row.edges)])
    return parts
