"""CONEVAL's Ficha de Monitoreo of a budget programme as blocks of lines, from its transcription.

The transcription gives the text in the order of the published file, which is not the order of the
page: its headings, looked for one after the other, cut it into the blocks of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samples.source import SOURCES

E012 = SOURCES / "coneval-ficha-monitoreo-e012-2020-2021.txt"

Lines = tuple[str, ...]
Pairs = tuple[tuple[str, str], ...]

LETTER_SPACED = {
    "p r e s t a c i o n e s  i n s t i t u c i o n a l e s ,": "prestaciones institucionales,",
    "p r i v i l eg i ando  l a  p revenc ión  de": "privilegiando la prevención de",
    "tutela de la salud en el  t rabajo.": "tutela de la salud en el trabajo.",
    "los e jes generales “Bienestar”  y": "los ejes generales “Bienestar” y",
}
"""Lines that the original spreads to the width of their column by spacing their letters, as the
transcription shows them and as they are printed."""


@dataclass(frozen=True, slots=True)
class BudgetFicha:
    """What is printed, block by block; a block is its lines, pairs are labels with their values."""

    heading: str
    name: str
    institution: str
    objective: Lines
    result_title: str
    result: Lines
    indicators: tuple[Pairs, ...]
    legend: Lines
    definition_title: Lines
    definition: Lines
    coverage_title: str
    places: Pairs
    quantities_title: str
    unit: Lines
    year: str
    populations: Pairs
    ratio: tuple[Lines, str]
    evolution_title: str
    analysis_title: str
    analysis: Lines
    sector_title: str
    sector: Lines
    link_title: str
    link: Lines
    budget_title: str
    budget_header: tuple[Lines, ...]
    budget: tuple[Lines, ...]
    start: str
    notes: Lines
    key: str


class _Cutter:
    """Takes lines off the transcription, from its top."""

    def __init__(self, text: str) -> None:
        self.lines = [LETTER_SPACED.get(line, line.strip()) for line in text.split("\n")]

    def block(self) -> Lines:
        """The lines up to the next blank one."""
        while self.lines and not self.lines[0]:
            self.lines.pop(0)
        taken = []
        while self.lines and self.lines[0]:
            taken.append(self.lines.pop(0))
        return tuple(taken)

    def until(self, *headings: str) -> Lines:
        """The lines above one that begins with a heading, without blank ones."""
        taken = []
        while not self.lines[0].startswith(headings):
            taken.append(self.lines.pop(0))
        return tuple(line for line in taken if line)

    def line(self) -> str:
        """The next line that is not blank."""
        while not self.lines[0]:
            self.lines.pop(0)
        return self.lines.pop(0)


def read_ficha(path: Path = E012) -> BudgetFicha:
    """The ficha of the transcription. Raises ``IndexError`` where a heading is missing."""
    cut = _Cutter(path.read_text(encoding="utf-8"))
    heading, name, institution = (cut.line() for _ in range(3))
    objective = cut.block()
    result_title = cut.line()
    result = cut.until("Frecuencia")
    info = tuple(_pair(line, ": ") for line in cut.until("Avance"))
    legend = (cut.line(), cut.line())
    definition_title, definition = cut.block(), cut.block()
    coverage_title = cut.line()
    places = tuple(_pair(line, " ") for line in cut.until("Cuantificación"))
    quantities_title = cut.line()
    unit, year = cut.until("Valor"), cut.line()
    populations = tuple(_pair(line, " ") for line in cut.until("Población Atendida/"))
    ratio = ((cut.line(), cut.line()), cut.line())
    evolution_title, analysis_title = cut.line(), cut.line()
    analysis = cut.until("Análisis del Sector")
    sector_title, link_title, budget_title = _three_titles(cut.line())
    sector, link = cut.block(), cut.block()
    budget_header = _header(cut.until("2016"))
    budget = tuple(_budget_row(line) for line in cut.until("Año de inicio"))
    start = cut.line()
    notes = cut.block()
    *above, last = notes
    source, _, key = last.partition("  Clave")
    return BudgetFicha(
        heading=heading,
        name=name,
        institution=institution,
        objective=objective,
        result_title=result_title,
        result=result,
        indicators=(info,),
        legend=legend,
        definition_title=definition_title,
        definition=definition,
        coverage_title=coverage_title,
        places=places,
        quantities_title=quantities_title,
        unit=unit,
        year=year,
        populations=populations,
        ratio=ratio,
        evolution_title=evolution_title,
        analysis_title=analysis_title,
        analysis=analysis,
        sector_title=sector_title,
        sector=sector,
        link_title=link_title,
        link=link,
        budget_title=budget_title,
        budget_header=budget_header,
        budget=budget,
        start=start,
        notes=(*above, source),
        key=f"Clave{key}",
    )


def _pair(line: str, mark: str) -> tuple[str, str]:
    """Label and value; the mark that parts them stays with the label."""
    label, _, value = line.rpartition(mark)
    return (label + mark).strip(), value


def _three_titles(line: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(.+?) (Indicador Sectorial) (.+)", line)
    if match is None:
        raise IndexError(f"not the three titles: {line!r}")
    return match[1], match[2], match[3]


def _header(lines: Sequence[str]) -> tuple[Lines, ...]:
    """The heading of the budget table: year, programme, branch, and "% = (1) (2)"."""
    return tuple(lines[:1]), tuple(lines[1:4]), tuple(lines[4:7]), tuple(lines[7:])


def _budget_row(line: str) -> Lines:
    year, programme, branch, share = line.split(" ", 3)
    return year, programme, branch, share
