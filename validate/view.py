"""What rules look at: an indicator or a document with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from normalize.numbers import Habits, Number, parse_number
from normalize.records import Note
from normalize.schema import (
    Assessment,
    Distribution,
    Document,
    Family,
    Figure,
    Indicator,
    Observation,
    Row,
    Variable,
)
from normalize.second import SecondReading
from validate.claims.sentence import Sentence, sentences_among


@dataclass(frozen=True)
class IndicatorView:
    """One indicator with its variables, series and the reader's notes.

    ``historical`` and ``targets`` are in the order of their years.
    """

    document: Document
    indicator: Indicator
    variables: tuple[Variable, ...]
    historical: tuple[Observation, ...]
    targets: tuple[Observation, ...]
    notes: tuple[Note, ...]
    habits: Habits

    @property
    def record(self) -> str:
        return self.indicator.record_key

    def number(self, text: str | None) -> Number:
        """Read a printed number by the habits of this document."""
        return parse_number(text or "", self.habits)

    @cached_property
    def baseline(self) -> Number:
        return self.number(self.indicator.baseline_text)

    @cached_property
    def target(self) -> Number:
        return self.number(self.indicator.target_text)


@dataclass(frozen=True)
class DocumentView:
    """A document with the views of its indicators, in the order of the document."""

    document: Document
    indicators: tuple[IndicatorView, ...]
    notes: tuple[Note, ...] = field(default=())
    """Notes of the reader that belong to no indicator."""
    assessments: tuple[Assessment, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    """The stated numbers; sentences are among them, under the code ``statement``."""
    habits: Habits = field(default_factory=lambda: Habits.learn(()))
    second: SecondReading = field(default_factory=SecondReading)
    scanned: bool = False
    """Whether OCR read its cards or its distribution."""
    doubtful_keys: bool = False
    """Whether OCR is not sure of the key of some card."""
    uncounted: tuple[str, str] | None = None
    """Why its own audit said that its cards cannot be counted, where others are beside it."""

    def number(self, text: str | None) -> Number:
        """Read a printed number by the habits of this document."""
        return parse_number(text or "", self.habits)

    @cached_property
    def rows(self) -> dict[tuple[str, str], Row]:
        """The document's rows by table and record; the document itself under the empty record,
        where its provenance stands."""
        found: list[Row] = []
        for view in self.indicators:
            found += [view.indicator, *view.variables, *view.historical, *view.targets]
        found += [*self.assessments, *self.distributions, *self.figures]
        return {(row.table, row.record_key): row for row in found} | {
            (self.document.table, ""): self.document
        }

    @property
    def document_id(self) -> str:
        return self.document.document_id

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """The reader's notes, those of its indicators included."""
        return (*self.notes, *(note for view in self.indicators for note in view.notes))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The document's sentences, read once for all rules about prose."""
        return sentences_among(self.figures, self.habits)

    def holds(self, table: str, record: str, field: str) -> bool:
        """Whether the dataset has a value in a field."""
        row = self.rows.get((table, record))
        return row is not None and getattr(row, field, None) is not None


@dataclass(frozen=True)
class Related:
    """The other current documents of a document's programme, in the order of their identifiers.

    ``superseded_by`` is the newer release of the document itself: it is not compared then.
    """

    others: tuple[DocumentView, ...] = ()
    superseded_by: str | None = None

    def of_family(self, family: Family) -> tuple[DocumentView, ...]:
        return tuple(each for each in self.others if each.document.family == family)


ALONE = Related()
"""What a document has beside it before others are looked for."""
