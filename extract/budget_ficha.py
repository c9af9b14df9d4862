"""The family ``ficha_monitoreo_pp``: CONEVAL's Ficha de Monitoreo of a budget programme.

Everything is found by labels, columns and headings. Its prose is handed on in the sections
``objetivo`` (what the programme is for), ``resultados``, ``definicion`` (of the target population),
``cobertura``, ``sector`` and ``indicador-sectorial``. A programme is told from others by its
institution and budget key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extract.budget_across import read_across
from extract.budget_identity import identify
from extract.budget_labels import (
    INDICATOR,
    LETTERS,
    MARKS,
    NUMBERS,
    OTHER_TEXTS,
    PLACES,
    POPULATIONS,
    SECTIONS,
)
from extract.budget_names import text_lines, text_of_lines
from extract.budget_table import BudgetTable, read_budget
from extract.budget_values import (
    by_year,
    indicator_blocks,
    population_units,
    without_legends,
    year_headings,
)
from extract.family import letters_of
from extract.geometry import overlap
from extract.grid import read_grid
from extract.label_parts import part_labels
from extract.labelled import Found, Mark, find_labels, place_values
from extract.paragraphs import Paragraph, as_printed, beside, continued, is_cut, under
from extract.pdf import Pdf
from extract.scan import read_pages
from extract.segments import Segment, segments_of
from extract.types import Piece, Printed, Problem, RawDocument, RawFigure, RawStatement
from extract.words import are_overlaid, block_piece, printed

if TYPE_CHECKING:
    from normalize.schema import Family

FAMILY: Family = "ficha_monitoreo_pp"

HEADING = "fichademonitoreo"
_SIGNS = (
    "clavepresupuestaria",
    "presupuestoejercido",
    "presupuestodelramo",
    "cuantificaciondepoblaciones",
    "evoluciondelacobertura",
    "analisisdelsector",
    "resultadosdelprogramaycomolosmide",
)
"""Headings that only this kind of ficha has, letters only."""
ENOUGH = 2
"""Of them from which a document can be one."""
LABELS = 3
"""Labels and headings, standing by themselves, from which it is one: an article quotes them."""
ALWAYS = frozenset({"base_year", "goal", "result"})
"""Figures that every ficha has."""


def pages(texts: Sequence[str]) -> Sequence[int]:
    """The pages (from 1) that are parsed, told by their texts: all, or none."""
    return range(1, len(texts) + 1) if is_kind(texts) else ()


def read(pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
    """Fill ``raw`` from a budget programme's ficha; False where the document is none.

    Raises :class:`~extract.types.UnreadableDocument`.
    """
    numbers = pages(texts)
    if not numbers:
        return False
    reading = _Reading(raw, reader)
    for page in read_pages(pdf, numbers, alike=False):
        reading.add_page(segments_of(read_grid(page)))
    if not reading.tables and len({label.mark.name for label in reading.labels}) < LABELS:
        return False
    reading.read()
    return True


def is_kind(texts: Sequence[str]) -> bool:
    """Whether the cheap text of a document is that of a budget programme's ficha: its heading, and
    two of the headings that only this kind of ficha has."""
    letters = letters_of(texts)
    return HEADING in letters and sum(sign in letters for sign in _SIGNS) >= ENOUGH


def _with_headings(segments: Sequence[Segment]) -> tuple[list[Segment], set[int]]:
    """A page's segments, those cut that hold a heading or label beside the budget table's, and the
    ``id`` of these headings and labels."""
    parts = part_labels(segments, MARKS)
    sure = [label for label in find_labels(parts, MARKS) if label.mark.name in OTHER_TEXTS]
    said = {id(word) for label in sure for each in label.segments for word in each.words}
    whole = [each for each in segments if not any(id(word) in said for word in each.words)]
    kept = {id(word) for each in whole for word in each.words}
    cut = [each for each in parts if not any(id(word) in kept for word in each.words)]
    found = sorted([*whole, *cut], key=lambda each: (round(each.rect.top), each.rect.x0))
    return found, {id(each) for label in sure for each in label.segments}


def _is_headed(label: Found, text: Sequence[Paragraph]) -> bool:
    """Whether a text stands right under a label, at its margin, as under a heading."""
    first = text[0][0][0]
    gap = first.rect.top - label.rect.bottom
    return abs(first.rect.x0 - label.rect.x0) < label.height and gap < label.height


class _Reading:
    """One pass over the pages of a ficha."""

    def __init__(self, raw: RawDocument, reader: str) -> None:
        self.raw = raw
        self.reader = reader
        self.segments: list[Segment] = []
        self.labels: list[Found] = []
        self.tables: list[BudgetTable] = []
        self.taken: set[int] = set()

    def add_page(self, segments: Sequence[Segment]) -> None:
        before = self.tables[-1] if self.tables else None
        segments, others = _with_headings(segments)
        table = read_budget(segments, before, others)
        if table is None or not table.cells:
            table = read_across([e for e in segments if id(e) not in others]) or table
        used = {id(each) for each in table.segments} if table else set()
        if table:
            self.tables.append(table)
        rest = part_labels([each for each in segments if id(each) not in used], MARKS)
        self.segments += rest
        self.labels += find_labels(rest, MARKS)

    def read(self) -> None:
        self._indicators()
        self._group(PLACES)
        self._populations()
        self._budget()
        self._start_and_key()
        self._overlaid()
        purpose = identify(self.raw, self.segments, self.labels, self.reader)
        self._prose(purpose)

    def _named(self, marks: Iterable[Mark]) -> list[Found]:
        names = {mark.name for mark in marks}
        return [label for label in self.labels if label.mark.name in names]

    # --- numbers behind labels

    def _indicators(self) -> None:
        """Goal, result and base year of each indicator. Its subject is its name, where printed; its
        number, from the second on, where not."""
        labels = self._named(INDICATOR)
        place_values(labels, self.segments, self.labels)
        blocks = indicator_blocks(labels)
        if not blocks:
            self._no_block("result", "Meta y Valor del indicador", "goal and result")
        for block in blocks:
            self._absent(block, [mark for mark in INDICATOR if mark.name in ("goal", "result")])
        for number, block in enumerate(blocks, start=1):
            said: dict[str, str] = {}
            for label in (each for each in block if each.mark.name in ("name", "unit")):
                lines = text_lines(label, self.segments, self.labels)
                self.taken.update(id(each) for each in lines)
                said[label.mark.name] = text_of_lines(lines)
            subject = said.get("name", "" if number == 1 else str(number)).strip(" .")
            for label in block:
                if label.mark.name in NUMBERS:
                    unit = said.get("unit") if label.mark.name != "base_year" else None
                    self._figure(label, label.value, label.year, subject, unit)

    def _group(self, marks: Sequence[Mark]) -> None:
        """Labels that stand in one list with their values."""
        labels = self._named(marks)
        place_values(labels, self.segments, self.labels)
        kept = without_legends(labels)
        for label in kept:
            self._figure(label, label.value)
        if kept:
            self._absent(kept, marks)

    def _absent(self, labels: Sequence[Found], marks: Iterable[Mark]) -> None:
        """Tell which labels of a list are not among those found."""
        found = {label.mark.name for label in labels}
        for mark in marks:
            if mark.name not in found:
                wording = mark.wordings[0]
                self._no_block(mark.name, f"la etiqueta «{wording}»", f"the label “{wording}”")

    def _populations(self) -> None:
        labels = self._named(POPULATIONS)
        place_values(labels, self.segments, self.labels)
        labels = without_legends(labels)
        if not any(label.mark.name in LETTERS.values() for label in labels):
            self._no_block("population_attended", "poblaciones", "populations")
        else:
            self._absent(labels, [mark for mark in POPULATIONS if mark.name in LETTERS.values()])
        headings = year_headings(self.labels, self.segments, labels)
        units = population_units(self.labels, self.segments)
        if labels and not units:
            self._no_units(labels)
        for label in labels:
            unit = units.get(label.mark.name) if label.mark.name != "coverage" else "%"
            for year, value in by_year(label, headings):
                self._figure(label, value, year, unit=unit)

    def _no_units(self, populations: Sequence[Found]) -> None:
        """Say that the label of the populations' unit has no unit, where there is such a label on
        their page or at the end of the one before."""
        page = populations[0].segments[0].page.number
        for label in self.labels:
            if label.mark.name == "population_unit" and label.segments[0].page.number == page - 1:
                pieces = tuple(self._piece(each) for each in label.segments)
                for each in (each for each in populations if each.mark.name != "coverage"):
                    path = f"figures.{each.mark.name}"
                    self._no_value(path, " ".join(piece.text for piece in pieces), pieces)

    def _start_and_key(self) -> None:
        labels = [label for label in self.labels if label.mark.name in ("start_year", "key")]
        for label in labels:
            place_values([label], self.segments, self.labels)
            if label.mark.name == "start_year":
                self._figure(label, label.value)

    def _figure(
        self,
        label: Found,
        value: Segment | None,
        year: int = 0,
        subject: str = "",
        unit: str | None = None,
    ) -> None:
        code = label.mark.name
        path = f"figures.{code}.{year}.{subject}"
        if value is None:
            pieces = tuple(self._piece(each) for each in label.segments)
            self._no_value(path, " ".join(piece.text for piece in pieces), pieces)
            return
        if unit is None and "%" in value.text:
            unit = "%"
        self._add(code, subject, year, value, unit)

    def _add(self, code: str, subject: str, year: int, value: Segment, unit: str | None) -> None:
        self.raw.figures.append(RawFigure(code, subject, year, self._printed(value), unit))
        if value.doubtful:
            self._doubt(value, f"figures.{code}.{year}.{subject}")

    def _overlaid(self) -> None:
        """Tell of lines so close that their letters come mixed, where a number was not found that
        every ficha has: it may stand in them."""
        if {figure.figure for figure in self.raw.figures} >= ALWAYS:
            return
        known = {id(label.value) for label in self.labels}
        for each in self.segments:
            if each.doubtful and id(each) not in known and are_overlaid([each.words]):
                self._doubt(each, "")

    def _budget(self) -> None:
        if not self.tables:
            self._no_block("programme_budget", "presupuesto por año", "budget by year")
        for code in dict.fromkeys(code for table in self.tables for code in table.missing):
            self._no_block(code, "esa columna del presupuesto", "that column of the budget")
        for table in self.tables:
            for cell in table.cells:
                if cell.value is not None:
                    self._add(cell.figure, "", cell.year, cell.value, cell.unit)
                    continue
                row = self._piece(cell.year_segment)
                self._no_value(f"figures.{cell.figure}.{cell.year}", str(cell.year), (row,))

    # --- prose

    def _prose(self, purpose: Sequence[Paragraph]) -> None:
        parts = self.taken | {id(each) for label in self.labels for each in label.segments}
        parts |= {id(label.value) for label in self.labels if label.value is not None}
        free = [each for each in self.segments if id(each) not in parts]
        free += [
            label.inline for label in self.labels if label.inline and label.mark.name in SECTIONS
        ]
        self._statements("objetivo", purpose)
        said = {id(each) for paragraph in purpose for row in paragraph for each in row}
        for label in sorted(self.labels, key=lambda label: label.mark.name != "definicion"):
            if label.mark.name in SECTIONS:
                text = self._text_of(label, [each for each in free if id(each) not in said])
                said |= {id(each) for paragraph in text for row in paragraph for each in row}
                self._statements(label.mark.name, text)

    def _text_of(self, label: Found, free: Sequence[Segment]) -> list[Paragraph]:
        """What stands under a heading, or beside it where it is the label of its text."""
        page, known = label.segments[0].page, {id(each) for each in free}
        own = [each for each in free if each.page is page]
        others = [each for each in self.segments if each.page is page and id(each) not in known]
        text = under(label.rect, own, label.height, others)
        if label.mark.name == "definicion" and not (text and _is_headed(label, text)):
            text = beside(label.rect, own, label.height, others) or text
        if text and is_cut(text, [*own, *others]):
            self._continue(text, free)
        if not text and self._is_at_foot(label):
            self._no_text(label)
        return text

    def _is_at_foot(self, label: Found) -> bool:
        """Whether a heading is the last thing in its column, and a page follows."""
        page = label.segments[0].page
        below = [
            each
            for each in self.segments
            if each.page is page
            and each.rect.top > label.rect.bottom
            and overlap(each.rect.x0, each.rect.x1, label.rect.x0, label.rect.x1) > 0
            and not each.text.strip(" -–—|").isdecimal()
        ]
        return not below and any(each.page.number > page.number for each in self.segments)

    def _no_text(self, label: Found) -> None:
        pieces = tuple(self._piece(each) for each in label.segments)
        said = " ".join(piece.text for piece in pieces)
        self.raw.problems.append(
            Problem(
                "REA01",
                "",
                f"El apartado «{said}» empieza al pie de la página y no se encontró su texto.",
                f"The section “{said}” begins at the foot of its page; its text was not found.",
                pieces,
            )
        )

    def _continue(self, text: list[Paragraph], free: Sequence[Segment]) -> None:
        """Add what stands on the next page of a text that the end of its page cuts, or say that
        it is not found."""
        number = text[-1][-1][0].page.number + 1
        known = {id(each) for each in free}
        following = [each for each in self.segments if each.page.number == number]
        own = [each for each in following if id(each) in known]
        others = [each for each in following if id(each) not in known]
        rest = continued(text, own, others) if following else []
        if rest:
            text[-1] += rest[0]
            text += rest[1:]
        elif following:
            piece = self._piece(text[-1][-1][-1])
            self.raw.problems.append(
                Problem(
                    "REA03",
                    "",
                    f"El texto que termina en «{piece.text}» parece seguir en la página {number}, "
                    "pero no se encontró dónde.",
                    f"The text that ends in “{piece.text}” seems to go on on page {number}; where "
                    "was not found.",
                    (piece,),
                )
            )

    def _statements(self, section: str, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            self.raw.statements.append(RawStatement(section, as_printed(paragraph, self.reader)))

    # --- what stands where, and what does not

    def _piece(self, each: Segment) -> Piece:
        return block_piece(each.page, [each.words])

    def _printed(self, each: Segment) -> Printed:
        return printed([self._piece(each)], self.reader)

    def _no_value(self, path: str, label: str, pieces: tuple[Piece, ...]) -> None:
        self.raw.problems.append(
            Problem(
                "REA01",
                path,
                f"«{label}» no tiene junto a sí un valor que se pueda leer.",
                f"“{label}” has no value beside it that can be read.",
                pieces,
            )
        )

    def _doubt(self, value: Segment, path: str) -> None:
        self.raw.problems.append(
            Problem(
                "REA03",
                path,
                f"El texto «{value.text}» rebasa su celda o está impreso sobre otro.",
                f"The text “{value.text}” runs over its cell or is printed over another.",
                (self._piece(value),),
            )
        )

    def _no_block(self, code: str, spanish: str, english: str) -> None:
        self.raw.problems.append(
            Problem(
                "REA01",
                f"figures.{code}",
                f"No se encontró en la ficha: {spanish}.",
                f"Not found in the ficha: {english}.",
            )
        )
