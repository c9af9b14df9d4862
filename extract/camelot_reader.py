"""The second reader, independent of the first: camelot's own text (playa) and cells (OpenCV).

Only what follows the cells is shared with the first reader: labels, strips and fichas. It is asked
for single pages, and imported only then: camelot costs half a second and 200 MB.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.columns import columns
from extract.fichas import read_ficha
from extract.geometry import Frame, Rect, union
from extract.grid import Cell, Grid, Table, TextLine
from extract.labels import Matcher
from extract.page import Char, Page
from extract.strip import build_strips
from extract.template import Template
from extract.types import RawFicha
from extract.words import Line, Word, text_of
from normalize.text import join_lines

READER = "camelot"
QUARTERS = {"clockwise": 1, "anticlockwise": 3}
"""Quarter turns clockwise by which the text of a page is turned, in camelot's words."""
SAME_ROW = 3.0
"""Points by which the tops of two lines of text of one row may differ."""


def read_again(
    path: Path, pages: Sequence[int], template: Template, password: str | None = None
) -> list[RawFicha]:
    """The fichas on some pages (from 1) of a PDF, as camelot's lattice reads them.

    A page in which camelot finds no ruled table gives nothing. Raises whatever camelot raises on a
    file or a page that it cannot read.
    """
    matcher = Matcher(template)
    grids = _grids(path, pages, password)
    return [read_ficha(strip, matcher, READER) for strip in build_strips(grids, matcher)]


def _grids(path: Path, pages: Sequence[int], password: str | None) -> Iterator[Grid]:
    found = _tables(path, pages, password, "vector")
    if missed := sorted(set(pages) - found.keys()):  # its lines may be drawn in a picture
        found.update(_tables(path, missed, password, "combined"))
    for number in sorted(found):
        yield from columns(_grid(number, found[number]))


def _tables(
    path: Path, pages: Sequence[int], password: str | None, engine: str
) -> dict[int, list[Any]]:
    """camelot's tables by page, those without any left out. ``engine`` says where it takes the
    lines from: the file (``vector``), or also the rendered page, at ten times the cost."""
    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a page without tables is told by what it lacks
        found = camelot.read_pdf(
            str(path),
            pages=",".join(map(str, pages)),
            password=password,
            flavor="lattice",
            split_text=True,
            engine=engine,
        )
    tables: dict[int, list[Any]] = {}
    for table in found:
        tables.setdefault(table.page, []).append(table)
    return tables


def _grid(number: int, tables: Sequence[Any]) -> Grid:
    """The tables of a page, and its lines of text outside of them, in reading space."""
    width, height = tables[0].pdf_size
    reading = Frame(0.0, 0.0, width, height, 0)
    displayed = Frame(0.0, 0.0, width, height, QUARTERS.get(tables[0].rotation, 0))
    page = Page(number, [], [], [], reading, displayed)
    ruled = [_table(page, table) for table in tables]
    ruled = sorted((table for table in ruled if table.cells), key=lambda table: table.rect.top)
    return Grid(page, ruled, list(_lines(page, tables[0].textlines, ruled)))


def _table(page: Page, table: Any) -> Table:
    cells = [_cell(page, *merged) for merged in _merged_cells(table.cells)]
    area = union(cell.rect for cell in cells) if cells else Rect(0.0, 0.0, 0.0, 0.0)
    return Table(page, cells, area)


def _merged_cells(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[list[float], list[str]]]:
    """Each ruled cell: x1, y1, x2 and y2 in the page's own space, and the lines of its text.

    camelot cuts a table along all of its lines and marks which sides of a part are ruled.
    """
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if not (cell.left and cell.top):
                continue
            right, low = c, r
            while right < len(row) - 1 and not row[right].right:
                right += 1
            while low < len(rows) - 1 and not rows[low][c].bottom:
                low += 1
            parts = [part for each in rows[r : low + 1] for part in each[c : right + 1]]
            lines = [line.strip() for part in parts for line in part.text.split("\n")]
            corner = rows[low][right]
            yield [cell.x1, corner.y1, corner.x2, cell.y2], [line for line in lines if line]


def _cell(page: Page, sides: Sequence[float], texts: Sequence[str]) -> Cell:
    rect = page.reading.rect(*sides)
    height = rect.height / max(len(texts), 1)
    lines = [
        _line(text, Rect(rect.x0, rect.top + at * height, rect.x1, rect.top + (at + 1) * height))
        for at, text in enumerate(texts)
    ]
    return Cell(page, rect, lines, text=text_of((lines, rect)))


def _line(text: str, rect: Rect) -> Line:
    """A line's words, each letter with an equal share of the line's box: camelot gives the box of
    whole lines."""
    step = rect.width / max(len(text), 1)
    words: list[list[Char]] = [[]]
    for at, letter in enumerate(text):
        if letter.isspace():
            words.append([])
            continue
        left = rect.x0 + at * step
        gap = "" if words[-1] else " "
        words[-1].append(Char(letter, Rect(left, rect.top, left + step, rect.bottom), at, gap))
    return tuple(Word(tuple(word)) for word in words if word)


def _lines(page: Page, textlines: Sequence[Any], tables: Sequence[Table]) -> Iterator[TextLine]:
    """The lines of text outside of the tables, those of one row joined, from the top."""
    rows: list[list[tuple[Rect, str]]] = []
    placed = ((page.reading.rect(*line.bbox), line.get_text().strip()) for line in textlines)
    for rect, text in sorted(placed, key=lambda item: (item[0].top, item[0].x0)):
        middle = (rect.x0 + rect.x1) / 2, (rect.top + rect.bottom) / 2
        if not text or any(table.rect.holds(*middle) for table in tables):
            continue
        if rows and rect.top - rows[-1][0][0].top <= SAME_ROW:
            rows[-1].append((rect, text))
        else:
            rows.append([(rect, text)])
    for row in rows:
        row.sort(key=lambda item: item[0].x0)
        words = [word for rect, text in row for word in _line(text, rect)]
        area = union(rect for rect, _ in row)
        yield TextLine(page, tuple(words), area, join_lines([text for _, text in row]))
