"""The family ``programa_derivado``: a programme with one ficha per indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from extract.bare import bare_strips
from extract.columns import columns
from extract.family import candidate_pages
from extract.fichas import read_ficha
from extract.grid import Grid, read_grid
from extract.identity import identify
from extract.labels import Matcher
from extract.page import read_page
from extract.pdf import Pdf
from extract.scan import read_pages
from extract.scan.marks import doubt
from extract.scan.reading import CellReading, judge_cells, look_at_cells
from extract.strip import build_strips
from extract.template import TEMPLATES
from extract.types import RawDocument, RawFicha
from extract.vocabulary import Vocabulary

if TYPE_CHECKING:
    from normalize.schema import Family

FAMILY: Family = "programa_derivado"
CLEARLY = 3
"""Texts that a reading finds more, to be the better one."""
DOUBT = 0.8
"""Part of a text's worth that it loses where it is doubtful."""
POOR = 4
"""Things that are not found on a ficha from which its rules are not trusted."""


def pages(texts: Sequence[str]) -> Sequence[int]:
    """The pages (from 1) that can hold a ficha of any template, told by their texts."""
    return sorted({at for template in TEMPLATES for at in candidate_pages(texts, template)})


def read(pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
    """Fill ``raw`` with the programme's fichas; only pages that can hold one are parsed.

    False where there is none. Raises :class:`~extract.types.UnreadableDocument`.
    """
    raw.fichas = _fichas(pdf, texts, reader)
    if not raw.fichas:
        return False
    identity = identify(pdf, texts, raw.fichas, reader)
    raw.title = identity.title
    raw.institution = identity.institution
    raw.period = identity.period
    raw.period_printed = identity.period_printed
    return True


def _fichas(pdf: Pdf, texts: Sequence[str], reader: str) -> list[RawFicha]:
    """The fichas of the first template that has any in this document."""
    vocabulary = Vocabulary(texts)
    for template in TEMPLATES:
        matcher = Matcher(template)
        pages = candidate_pages(texts, template)
        grids = _seen(_grids(pdf, pages), vocabulary)
        fichas = []
        for strip in build_strips(grids, matcher):
            fichas.append(read_ficha(strip, matcher, reader, vocabulary))
            pdf.noticed(fichas[-1])
        fichas = _better(fichas, pdf, pages, matcher, reader, vocabulary)
        fichas = [ficha for ficha in fichas if len(ficha.fields) >= template.least]
        if fichas:
            return fichas
    return []


def _better(
    fichas: list[RawFicha],
    pdf: Pdf,
    pages: Sequence[int],
    matcher: Matcher,
    reader: str,
    vocabulary: Vocabulary,
) -> list[RawFicha]:
    """The fichas, those that rules do not hold read without them, where that finds more.

    Where rules hold none, only what is clearly a ficha is one: a title alone may be mere text.
    """
    if fichas and not any(map(_is_poor, fichas)):
        return fichas
    bare: list[RawFicha] = []
    for run in _runs(pages):
        strips = bare_strips(read_pages(pdf, run), matcher)
        found = [read_ficha(strip, matcher, reader, vocabulary) for strip in strips]
        bare += [doubt(ficha, pdf.scans) for ficha in found] if pdf.scans else found
    if not fichas:
        return [ficha for ficha in bare if not _is_poor(ficha)]
    if len(bare) != len(fichas):
        return bare if _is_better(bare, fichas) else fichas
    pairs = list(zip(fichas, bare, strict=True))
    clear = [_is_better([other], [ficha]) for ficha, other in pairs]
    most = 2 * sum(clear) > len(clear)  # one producer set them all
    return [
        other if better or (most and _is_poor(ficha) and _found(other) > _found(ficha)) else ficha
        for (ficha, other), better in zip(pairs, clear, strict=True)
    ]


def _is_better(bare: Sequence[RawFicha], ruled: Sequence[RawFicha]) -> bool:
    """Whether alignment finds clearly more than rules do."""
    found = sum(map(_found, ruled))
    return sum(map(_found, bare)) > found + max(CLEARLY, 0.2 * found)


def _is_poor(ficha: RawFicha) -> bool:
    """Whether much of a ficha was not found in ruled cells."""
    missing = [problem for problem in ficha.problems if problem.rule == "REA01"]
    return not ficha.fields.keys() - {"measure", "objective_number"} or len(missing) > POOR


def _found(ficha: RawFicha) -> float:
    """How much of a ficha is read; a text that is doubtful is worth less."""
    cells = [cell for row in ficha.variables for cell in (row.name, row.value, row.source)]
    cells += [value for _, value in [*ficha.historical, *ficha.targets]]
    texts = [*ficha.fields.values(), *(cell for cell in cells if cell)]
    doubtful = {problem.field for problem in ficha.problems if problem.rule != "REA01"}
    unread = sum(problem.rule == "REA01" and problem.field == "" for problem in ficha.problems)
    return sum(bool(text.text) for text in texts) - DOUBT * len(doubtful) - unread


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers as runs without a gap."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _seen(grids: Iterable[Grid], vocabulary: Vocabulary) -> Iterator[Grid]:
    """The grids, the words of their pages told on the way."""
    number = 0
    for grid in grids:
        if grid.page.number != number:
            number = grid.page.number
            vocabulary.see(grid.page)
        yield grid


def _grids(pdf: Pdf, numbers: Sequence[int]) -> Iterator[Grid]:
    """The cells of some pages, column by column, all in the first one's scale."""
    if not numbers:
        return
    first = read_page(pdf, numbers[0])

    def look(number: int) -> tuple[Grid, CellReading | None]:
        at_hand = number == first.number
        page = first if at_hand else read_page(pdf, number, first.reading.scale)
        return look_at_cells(pdf, read_grid(page))

    for seen in pdf.pages(look, numbers, dear=pdf.scans is not None):
        yield from columns(judge_cells(pdf, seen))
