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
_LABEL_EDGES = (0, _LABEL_EDGE, FULL)
_PADDING = 4  # letters' worth of space beside the text of a cell
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
    breaks: bool = False  # a page begins with the row that is being read

    def has(self, words: str) -> bool:
        """Whether the label is still to come."""
        return _pattern(words).search(self.text, self.at) is not None

    def label(self, words: str, role: Role = "label") -> Cell:
        """Moves behind the next occurrence of the label."""
        found = _pattern(words).search(self.text, self.at)
        if found is None:
            raise ValueError(f"no label {words!r} behind {self.text[self.at : self.at + 60]!r}")
        self.breaks |= "\f" in self.text[self.at : found.start()]
        self.at = found.end()
        return Cell(_lines(found.group()), role)

    def value(self, following: str | None) -> str:
        """The text up to the label that follows, which is left to be read."""
        found = _pattern(following).search(self.text, self.at) if following else None
        end = found.start() if found else len(self.text)
        value = self.text[self.at : end].rstrip(" \n\f")
        self.at += len(value)
        self.breaks |= value.lstrip(" \n").startswith("\f")
        return value.strip(" \n\f")

    def cell(self, following: str, role: Role = "text") -> Cell:
        """The value up to the following label as a cell, cut where a page begins inside it."""
        head, _, tail = self.value(following).partition("\f")
        return Cell(_lines(head), role, _lines(tail))

    def add(self, cells: Sequence[Cell | None], edges: Sequence[int] = ()) -> Row:
        """Adds a row, at the head of a page if one has begun."""
        self.rows.append(Row(list(cells), tuple(edges), self.breaks))
        self.breaks = False
        return self.rows[-1]

    def section(self, words: str) -> None:
        """Adds the row of a section's title, over the whole width."""
        self.add([self.label(words, "section")], (0, FULL))


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
    reader.section(TITLE)
    order = [label for labels in _LABELS for label in labels]
    following = dict(zip(order, [*order[1:], _METHOD_SECTION], strict=True))
    pairs: list[Row] = []
    for labels in _LABELS:
        cells: list[Cell | None] = []
        for label in labels:
            cells += [reader.label(label), reader.cell(following[label])]
        row = reader.add(cells, _LABEL_EDGES)
        if len(labels) > 1:
            pairs.append(row)
    _fit(pairs)


def _variables(reader: _Reader) -> None:
    reader.section(_METHOD_SECTION)
    rows: list[Row] = []
    while reader.has(f"Nombre variable {len(rows) + 1}"):
        number = len(rows) + 1
        name, value = f"Nombre variable {number}", f"Valor variable {number}"
        source = f"Fuente de información variable {number}"
        following = f"Nombre variable {number + 1}"
        cells: list[Cell | None] = [reader.label(name), reader.cell(value)]
        cells += [reader.label(value), reader.cell(source, "value"), reader.label(source)]
        cells.append(reader.cell(following if reader.has(following) else _SUBSTITUTION))
        rows.append(reader.add(cells))
    _fit(rows)
    reader.add([reader.label(_SUBSTITUTION), reader.cell(_BASE_SECTION)], _LABEL_EDGES)


def _base_and_target(reader: _Reader) -> None:
    reader.section(_BASE_SECTION)
    two = (0, _BASE_EDGES[2], FULL)
    reader.add([reader.label("Línea base"), reader.label("Nota sobre la línea base")], two)
    label = reader.label("Valor")
    value, note = _amount_and_note(reader.value(r"Año \d{4}"))
    note.rowspan = 2
    reader.add([label, value, note], _BASE_EDGES)
    reader.add([reader.label("Año"), reader.cell(r"META \d{4}", "value"), None], _BASE_EDGES)
    reader.add([reader.label(r"META \d{4}"), reader.label(r"Nota sobre la meta \d{4}")], two)
    reader.add(_amount_and_note(reader.value(_HISTORY_SECTION)), two)


def _amount_and_note(text: str) -> tuple[Cell, Cell]:
    """A number and the note in the cell beside it, which the text gives in one stretch."""
    amount, _, note = text.replace("\n", " \n").partition(" ")
    return Cell((amount,), "value"), Cell(_lines(note), "text")


def _series(reader: _Reader, section: str, following: str | None) -> None:
    """A section over a row of years and a row of their values; a page may begin between them."""
    reader.section(section)
    head, _, behind = reader.value(following).partition("\f")
    words = [*head.split(), *behind.split()]
    count = len(words) // 2
    if len(words) != 2 * count:
        raise ValueError(f"{section}: years and values differ in number: {words}")
    edges = [FULL * column // count for column in range(count + 1)]
    reader.add([Cell((year,), "label") for year in words[:count]], edges)
    reader.breaks = bool(behind)
    reader.add([Cell((value,), "value") for value in words[count:]], edges)


def _fit(rows: Sequence[Row]) -> None:
    """Makes the columns behind the first as wide as their longest lines ask for.

    Cells are wrapped in the transcription, so their lines show how wide the original's columns are.
    """
    needs = [0] * (len(rows[0].cells) - 1)
    for row in rows:
        for column, cell in enumerate(row.cells[1:]):
            longest = max(len(line) for line in (*cell.lines, *cell.tail)) if cell else 0
            needs[column] = max(needs[column], longest + _PADDING)
    edges = [0, _LABEL_EDGE]
    for need in needs[:-1]:
        edges.append(edges[-1] + (FULL - _LABEL_EDGE) * need // sum(needs))
    for row in rows:
        row.edges = (*edges, FULL)


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
