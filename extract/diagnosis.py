"""The family ``diagnostico_monitoreo``: CONEVAL's Diagnóstico de Monitoreo of an institution.

Figures: from the prose, the institution's score, level and rank (subject empty) and the counts;
from the annexes, a score and a level for each programme, under its key (its name where no key is
printed), and for each line of the institution's own annex, under ``dependencia/`` and the
programme's name.

Sections of the prose: ``introduccion``, ``resultados`` (the institution as a whole), ``programas``,
``dependencia``, ``consideraciones``; the findings of a table under ``programas-`` or
``dependencia-`` and what most of its questions ask for: ``objetivos``, ``indicadores`` or, for
neither, ``institucional``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from extract.diagnosis_annex import Annex, AnnexRow, find_annexes
from extract.diagnosis_findings import Findings, find_findings
from extract.diagnosis_head import identify
from extract.diagnosis_prose import figures_of
from extract.family import letters_of
from extract.grid import read_grid
from extract.pdf import Pdf
from extract.report_flow import (
    SMALL,
    Block,
    as_printed,
    blocks_of,
    joined,
    rect_of,
    rows_of,
    text_height,
    with_marks,
    without_figures,
    without_repeated,
)
from extract.scan import read_pages
from extract.segments import Segment, segments_of
from extract.types import Piece, Printed, Problem, RawDocument, RawFigure, RawStatement
from extract.words import block_piece, printed, text_of
from normalize.text import match_key

if TYPE_CHECKING:
    from normalize.schema import Family

FAMILY: Family = "diagnostico_monitoreo"

HEADING = "diagnosticodemonitoreo"
_SIGNS = (
    "valoraciondemonitoreo",
    "niveldemonitoreo",
    "nivelesdemonitoreo",
    "inmonitoreo",
    "quesevalora",
    "subindice",
)
"""Words that only these reports have, letters only."""
ENOUGH = 2
"""Of them from which a document can be one."""
SENTENCE = 5
"""Words from which a text is prose."""
TITLE = 18
"""Words up to which a text is a heading."""

CLOSE = 90.0
"""Likeness (0 to 100) from which a heading is one with a slip."""
_SPELT_OUT = {
    "principales resultados en el ambito de los programas": "programas",
    "principales resultados en el ambito de la dependencia": "dependencia",
    "principales resultados en el ambito de la entidad": "dependencia",
    "consideraciones finales": "consideraciones",
}
_CHAPTERS = (
    ("programas", re.compile(r"(?:principales )?resultados en el ambito de los programas")),
    ("dependencia", re.compile(r"(?:principales )?resultados en el ambito de la (?:dep|ent)")),
    ("resultados", re.compile(r"principales resultados\b")),
    ("introduccion", re.compile(r"(?:introduccion|presentacion)$")),
    ("consideraciones", re.compile(r"(?:consideraciones|conclusiones)(?: finales)?$")),
    ("anexo", re.compile(r"anexos?(?: \w{1,3}\b|$)")),
)


def pages(texts: Sequence[str]) -> Sequence[int]:
    """The pages (from 1) that are parsed, told by their texts: all, or none."""
    return range(1, len(texts) + 1) if is_kind(texts) else ()


def read(pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
    """Fill ``raw`` from a Diagnóstico; False where the document is none.

    Raises :class:`~extract.types.UnreadableDocument`.
    """
    numbers = pages(texts)
    if not numbers:
        return False
    found = [with_marks(segments_of(read_grid(page))) for page in read_pages(pdf, numbers)]
    return _Reading(found, raw, reader).read()


def is_kind(texts: Sequence[str]) -> bool:
    """Whether the cheap text of a document is that of a Diagnóstico: its title, and words that only
    these reports have."""
    letters = letters_of(texts)
    return HEADING in letters and sum(sign in letters for sign in _SIGNS) >= ENOUGH


@dataclass(slots=True, eq=False)
class _Item:
    """A block of a page with the table that it is a finding of, if any."""

    block: Block
    table: Findings | None = None


class _Reading:
    """One pass over the pages of a report."""

    def __init__(self, pages: Sequence[Sequence[Segment]], raw: RawDocument, reader: str) -> None:
        self.printed_pages = pages
        self.pages = without_repeated(pages)
        self.raw = raw
        self.reader = reader

    def read(self) -> bool:
        """Fill the document; False where it has neither annexes nor chapters."""
        annexes = find_annexes(self.pages)
        used = {id(each) for annex in annexes for each in annex.segments}
        sections = list(self._sections(list(self._items(used))))
        if not annexes and not sections:
            return False
        identify(self.raw, self.printed_pages, annexes, self.reader)
        self.raw.figures += figures_of(sections, self.reader)
        for annex in annexes:
            self._annex(annex)
        self._told(annexes)
        for section, block in sections:
            if len(block.text.split()) >= SENTENCE:
                text = as_printed(block, self.reader)
                self.raw.statements.append(RawStatement(section, text))
        return True

    # --- prose

    def _items(self, used: set[int]) -> Iterator[_Item]:
        """The blocks of all pages in reading order, without small print."""
        before: Findings | None = None
        found: list[tuple[list[Findings], list[Segment]]] = []
        for page in self.pages:
            free = [each for each in page if id(each) not in used]
            tables = find_findings(free, before)
            before = tables[-1] if tables else None
            own = {id(word) for table in tables for each in table.segments for word in each.words}
            rest = [each for each in free if not any(id(word) in own for word in each.words)]
            found.append((tables, rest))
        small = SMALL * text_height([rest for _, rest in found])
        for tables, rest in found:
            blocks = (
                each for each in _blocks(rest) if each.kind == "source" or each.height >= small
            )
            items = [_Item(block) for block in blocks]
            for table in tables:
                items += [_Item(Block("text", rows_of(text)), table) for text in table.findings]
            yield from sorted(items, key=lambda item: rect_of(item.block).top)

    def _sections(self, items: Sequence[_Item]) -> Iterator[tuple[str, Block]]:
        """The prose by section, paragraphs that a page break cuts joined."""
        chapter = ""
        runs: list[tuple[str, list[Block]]] = []
        nouns: dict[int, str] = {}
        noun = ""
        for item in items:
            if item.table is None and (heading := _chapter(item.block)):
                chapter = heading
                runs.append((chapter, []))
                continue
            section = chapter
            if item.table is not None:
                if id(item.table) not in nouns:
                    own = "" if item.table.continues and noun else _noun(item.table)
                    noun = own or noun
                    nouns[id(item.table)] = noun
                section = f"{chapter}-{nouns[id(item.table)]}"
            if not runs or runs[-1][0] != section:
                runs.append((section, []))
            runs[-1][1].append(item.block)
        for section, blocks in runs:
            if section and not section.startswith(("anexo", "-")):
                yield from ((section, block) for block in joined(without_figures(blocks)))

    # --- annexes

    def _annex(self, annex: Annex) -> None:
        for row in annex.rows:
            subject = self._subject(annex, row)
            if not subject:
                self._problem(
                    "score", "", row.score, "no tiene clave ni nombre", "has no key or name"
                )
                continue
            self._figure("score", subject, row.score)
            if row.level is None:
                self._problem("level", subject, row.score, "no tiene nivel", "has no level")
            else:
                self._figure("level", subject, row.level)
        for key in annex.lonely:
            self._problem("score", key.text, key, "no tiene valoración", "has no score")

    def _subject(self, annex: Annex, row: AnnexRow) -> str:
        name = text_of(([each.words for each in row.name], None))
        if annex.is_of_institution:
            return f"dependencia/{name}" if name else "dependencia"
        return row.key.text if row.key is not None else name

    def _figure(self, code: str, subject: str, value: Segment) -> None:
        self.raw.figures.append(RawFigure(code, subject, 0, self._printed(value)))
        if value.doubtful:
            self._problem(
                code, subject, value, "rebasa su celda", "runs over its cell", rule="REA03"
            )

    def _told(self, annexes: Sequence[Annex]) -> None:
        """What every Diagnóstico states and this one does not."""
        codes = {figure.figure for figure in self.raw.figures if not figure.subject}
        if "score" not in codes:
            self._missing("score", "la valoración del InMonitoreo", "the score InMonitoreo")
        if "level" not in codes:
            self._missing("level", "el nivel de monitoreo de la dependencia", "its level")
        own = [annex.is_of_institution for annex in annexes]
        if False not in own:
            self._missing("score", "el anexo de los programas", "the annex of the programmes")
        if True not in own:
            self._missing("score", "el anexo de la dependencia", "the annex of the institution")

    # --- what stands where, and what does not

    def _piece(self, each: Segment) -> Piece:
        return block_piece(each.page, [each.words])

    def _printed(self, each: Segment) -> Printed:
        return printed([self._piece(each)], self.reader)

    def _problem(
        self,
        code: str,
        subject: str,
        each: Segment,
        spanish: str,
        english: str,
        rule: str = "REA01",
    ) -> None:
        self.raw.problems.append(
            Problem(
                rule,
                f"figures.{code}.0.{subject}",
                f"«{each.text}», en una tabla del anexo, {spanish}.",
                f"“{each.text}”, in a table of the annex, {english}.",
                (self._piece(each),),
            )
        )

    def _missing(self, code: str, spanish: str, english: str) -> None:
        self.raw.problems.append(
            Problem(
                "REA01",
                f"figures.{code}",
                f"No se encontró en el diagnóstico: {spanish}.",
                f"Not found in the report: {english}.",
            )
        )


def _blocks(segments: Sequence[Segment]) -> Iterator[Block]:
    """The blocks of a page's text: of the column, and of each cell."""
    cells = {each.cell for each in segments}
    for cell in cells:
        own = [each for each in segments if each.cell == cell]
        yield from blocks_of(rows_of(own))


def _chapter(block: Block) -> str | None:
    """The chapter that a heading opens."""
    text = block.text.strip()
    if len(text.split()) > TITLE or text.endswith((",", ";")) or block.kind != "text":
        return None
    key = re.sub(r"^(?:\d+|[ivx]+) ", "", match_key(text))
    told = next((name for name, words in _CHAPTERS if words.match(key)), None)
    likeness = {heading: fuzz.ratio(key, heading) for heading in _SPELT_OUT}
    nearest = max(likeness, key=lambda heading: likeness[heading])
    return _SPELT_OUT[nearest] if CLOSE <= likeness[nearest] < 100 else told


def _noun(table: Findings) -> str:
    """What most questions of a table ask for; empty where the page shows no question."""
    if not table.questions:
        return ""
    text = match_key(" ".join(each.text for each in table.questions))
    indicators = len(re.findall(r"\bindicador(?:es)?\b", text))
    objectives = len(re.findall(r"\b(?:objetivos?|propositos?)\b", text))
    if not indicators and not objectives:
        return "institucional"
    return "indicadores" if indicators >= objectives else "objetivos"
