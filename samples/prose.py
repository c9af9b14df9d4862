"""The pages around the fichas as blocks: headings, paragraphs, tables, drawings, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from samples.ficha import FULL, Cell, Row
from samples.source import FOOTNOTE_RULE, SourcePage, joined

BULLET = "• "  # the transcription lost the sign itself
DRAWING_HEIGHT = 120  # points; the drawings themselves could not be had

_ACTIONS = "Acción puntual"
_GOALS = "Objetivos prioritarios del Programa"
_CHAPTER = re.compile(r"\d\.- |Anexo\. - ")
_SECTION = re.compile(r"\d\.\d\.- |Objetivo prioritario \d\.- ")
_STRATEGY = re.compile(r"Estrategia prioritaria (\d\.\d) ")
_ACTION = re.compile(r"(\d\.\d)\.\d+ ")

_WHOLE = (0, FULL)
_ALIGNMENT = "Alineación PND"
_ALIGNMENT_HEAD = ("Eje PND", "Eje Rector", "Objetivos Prioritarios", "Enfoque a la población")
_ALIGNMENT_ROW = re.compile(r"([A-ZÁÉÍÓÚ ]+) (Objetivo \d) ([^.]+\.) ([^.]+\.)")

Kind = Literal[
    "chapter", "section", "strategy", "paragraph", "bullet", "drawing", "footnotes", "table"
]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page."""

    kind: Kind
    text: str = ""
    lines: tuple[str, ...] = ()  # footnotes, as printed
    rows: tuple[tuple[str, ...], ...] = ()  # tables; the first row heads them
    upright: str = ""  # words that stand upright in a column before the rows under the head


def page_blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of a page's lines, each table under the strategy whose actions it lists."""
    notes: list[str] = []
    if FOOTNOTE_RULE in lines:
        at = list(lines).index(FOOTNOTE_RULE)
        lines, notes = lines[:at], [line for line in lines[at + 1 :] if line]
    if any(line.startswith(_ALIGNMENT) for line in lines):
        return _alignment([line for line in lines if line.strip()])
    blocks = _tables_in_place(list(_body(lines)))
    return [*blocks, Block("footnotes", lines=tuple(notes))] if notes else blocks


def index_entries(pages: Sequence[SourcePage]) -> list[tuple[str, int]]:
    """The chapters with the position of the page that each begins (from 0)."""
    return [
        (block.text, position)
        for position, page in enumerate(pages)
        for block in page_blocks(page.lines)[:1]
        if block.kind == "chapter"
    ]


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones; a listed action begins a run of its own."""
    group: list[str] = []
    for line in lines:
        if group and (not line.strip() or _ACTION.match(line)):
            yield group
            group = []
        if line.strip():
            group.append(line)
    if group:
        yield group


def _body(lines: Sequence[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for group in _groups(lines):
        text = joined(group)
        opens = text == _ACTIONS or text.startswith(_GOALS)
        if rows and (opens or not _is_row(text, rows[0][0])):
            yield Block("table", rows=tuple(rows))
            rows = []
        if opens or rows:
            rows.append((text,))
            continue
        if text.startswith("Fuente:"):
            yield Block("drawing")
        yield Block(_kind(group[0], text), text)
    if rows:
        yield Block("table", rows=tuple(rows))


def _is_row(text: str, head: str) -> bool:
    return bool((_ACTION if head == _ACTIONS else _CHAPTER).match(text))


def _kind(first_line: str, text: str) -> Kind:
    if first_line.startswith(" "):
        return "bullet"
    patterns: tuple[tuple[re.Pattern[str], Kind], ...] = (
        (_CHAPTER, "chapter"),
        (_SECTION, "section"),
        (_STRATEGY, "strategy"),
    )
    return next((kind for pattern, kind in patterns if pattern.match(text)), "paragraph")


def _tables_in_place(blocks: Sequence[Block]) -> list[Block]:
    """The transcription gives a page's tables behind all its headings."""
    tables = {
        found.group(1): block
        for block in blocks
        if block.kind == "table" and (found := _ACTION.match(block.rows[-1][0]))
    }
    placed: list[Block] = []
    for block in blocks:
        if block in tables.values():
            continue
        placed.append(block)
        if block.kind == "strategy" and (found := _STRATEGY.match(block.text)):
            placed.append(tables[found.group(1)])
    return placed


def _alignment(lines: Sequence[str]) -> list[Block]:
    """The table that sets the programme's objectives beside the axes of the national plan.

    Its first column is written upright: single letters in the transcription, between the head and
    the first axis.
    """
    letters = [at for at, line in enumerate(lines) if len(line.strip()) <= 2]
    upright = "".join(lines[letters[0] : letters[-1] + 1])
    found = _ALIGNMENT_ROW.findall(joined(lines[letters[-1] + 1 :]))
    cells = [tuple(text.strip() for text in row) for row in found]
    table = Block("table", rows=(_ALIGNMENT_HEAD, *cells), upright=upright)
    return [Block("strategy", lines[0]), table]


def paragraph_lines(lines: Sequence[str]) -> list[list[str]]:
    """A cell's lines as paragraphs: one that opens with a dash or an enumerator begins its own."""
    opens = re.compile(r"- |\w+\. ?- ?")
    starts = [at for at, line in enumerate(lines) if at == 0 or opens.match(line)]
    return [list(lines[a:b]) for a, b in pairwise([*starts, len(lines)])]


def table_rows(block: Block) -> list[Row]:
    """A table block as rows of cells, its upright words in one cell beside all rows."""
    if not block.upright:
        head, *rest = block.rows
        return [
            Row([Cell(head, "section")], _WHOLE),
            *(Row([Cell(r, "text")], _WHOLE) for r in rest),
        ]
    edges = (0, 90, 290, 390, 690, FULL)
    head, *rest = block.rows
    titles = [Cell((text,), "label") for text in (head[0], head[1], "", *head[2:])]
    side = Cell((block.upright,), "label", rowspan=len(rest), upright=True)
    rows = [Row(list(titles), edges)]
    for position, texts in enumerate(rest):
        rows.append(Row([None if position else side, *(Cell((t,), "text") for t in texts)], edges))
    return rows
