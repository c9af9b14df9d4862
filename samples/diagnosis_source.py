"""CONEVAL's Diagnóstico de Monitoreo as blocks, from its transcription.

The transcription marks bold and italic words, tables (a tab between cells, ``<p>`` around the
paragraphs of one), a link and a formula; the blocks keep bold and italic marks only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samples.source import SOURCES

IMSS = SOURCES / "coneval-diagnostico-imss-2024.txt"

Kind = Literal[
    "heading", "paragraph", "bullet", "caption", "source", "banner", "findings", "annex", "note"
]
Row = tuple[tuple[str, ...], ...]
"""The cells of a row, each its paragraphs."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table. ``text`` marks ``**bold**`` and ``*italic*`` words; a banner's texts
    are the cells of its one row; a table's first row is its heading."""

    kind: Kind
    text: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A report: ``cover`` and ``credits`` are lines, ``institution`` those of its name on the
    cover; ``head`` stands at the top of every page behind them."""

    cover: tuple[str, ...]
    title: str
    institution: tuple[str, ...]
    credits: tuple[str, ...]
    head: str
    blocks: tuple[Block, ...]


_PARAGRAPH = re.compile(r"<p>(.*?)</p>")
_LINK = re.compile(r"\[(.+)\]\(#\)")
_HEADING = re.compile(r"(?:Introducción|Principales resultados|Consideraciones finales|Anexo \d)")


def read_diagnosis(path: Path = IMSS) -> Diagnosis:
    """The report of the transcription. Raises ``ValueError`` where its parts are not found."""
    lines = [line.rstrip(" ") for line in path.read_text(encoding="utf-8").split("\n")]
    title = next(line for line in lines if line.startswith("Diagnóstico de Monitoreo"))
    start = lines.index(title)
    head = next(at for at, line in enumerate(lines) if line.startswith(f"{title} "))
    front = [line for line in lines[start + 1 : head] if line]
    return Diagnosis(
        cover=tuple(line for line in lines[:start] if line),
        title=title,
        institution=tuple(front[:2]),
        credits=tuple(_plain(line) for line in front[2:]),
        head=lines[head],
        blocks=tuple(_blocks(lines[head + 1 :])),
    )


def _plain(line: str) -> str:
    """A line of the transcription as it is printed, bold and italic marks apart."""
    line = _LINK.sub(r"\1", line).replace("\\(", "(").replace("\\)", ")")
    line = re.sub(r"\\text\{(.*?)\}", r"\1", line).replace("\\times", "×")
    return " ".join(line.replace("$", "").split())


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if "\t" in line:
            end = next(n for n in range(at, len(lines) + 1) if n == len(lines) or not lines[n])
            yield from _tables([_cells(row) for row in lines[at:end]])
            at = end
            continue
        if line == "Objetivos":
            at = lines.index("Indicadores", at)
            yield Block("banner", rows=((("Objetivos",), ("Indicadores",)),))
        elif line.strip():
            yield _block(_plain(line))
        at += 1


def _block(line: str) -> Block:
    if re.match(r"(?:Figura|Gráfica) \d+\.", line):
        return Block("caption", line)
    if line.startswith("Fuente:"):
        return Block("source", line)
    if line.startswith("¹"):
        return Block("note", line)
    if line.startswith("- "):
        return Block("bullet", line[2:])
    return Block("heading" if _HEADING.match(line) else "paragraph", line)


def _cells(line: str) -> Row:
    return tuple(
        tuple(_plain(part) for part in _PARAGRAPH.findall(cell)) or (_plain(cell),)
        for cell in line.split("\t")
        if cell.strip()
    )


def _tables(rows: Sequence[Row]) -> Iterator[Block]:
    if rows[0] == (("Objetivos",), ("Indicadores",)):
        yield Block("banner", rows=(rows[0],))
        rows = rows[1:]
    kind: Kind = "findings" if len(rows[0]) == 2 else "annex"
    yield Block(kind, rows=tuple(rows))
