"""From what was printed to what it says: a ``RawDocument`` becomes rows, provenance and notes.

Nothing is judged here. What cannot be read with certainty is null in the dataset and a note, the
fact that the REA rules report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from normalize.cards import add_card
from normalize.distributions import add_cells
from normalize.fichas import add_ficha
from normalize.figures import PROBLEM_PATH, add_figures, figure_texts
from normalize.keys import assign_card_keys, assign_keys
from normalize.ledger import Ledger, Note
from normalize.numbers import Habits
from normalize.schema import Dataset, Document
from normalize.second import SecondReading
from normalize.statements import add_statements
from normalize.text import fold, programme_id_of

if TYPE_CHECKING:
    from extract.types import Printed, RawDocument

__all__ = ["Normalized", "Note", "document_id_of", "normalize", "programme_id_of"]

_NUMBER_FIELDS = ("baseline", "target", "substitution", "method")


@dataclass
class Normalized:
    """One document normalized: its rows (checks and findings empty), doubts and number habits, and
    what became of a second reading, if there was one."""

    dataset: Dataset
    notes: list[Note]
    habits: Habits
    second: SecondReading = field(default_factory=SecondReading)


def document_id_of(sha256: str) -> str:
    """``d`` and the first 16 hexadecimal digits of the file's SHA-256."""
    return f"d{sha256[:16].lower()}"


def normalize(
    raw: RawDocument, reading_version: str, only: Collection[int] | None = None
) -> Normalized:
    """Read a document's texts: a row per document, ficha, variable and printed year; per card, cell
    and stated number.

    ``reading_version`` is stored with the document. Of the fichas ``only`` some may be wanted, by
    their place: the others tell how numbers are written and which keys recur. Never raises for what
    is printed: doubts are notes.
    """
    ledger = Ledger(document_id_of(raw.sha256), Habits.learn(_number_texts(raw)))
    ledger.dataset.documents.append(_document(raw, reading_version, ledger))
    keys = assign_keys(raw.fichas, ledger)
    for at, (ficha, key) in enumerate(zip(raw.fichas, keys, strict=True)):
        if only is None or at in only:
            add_ficha(ledger, ficha, key)
    for card, key in zip(raw.cards, assign_card_keys(raw.cards, ledger), strict=True):
        add_card(ledger, card, key)
    add_cells(ledger, raw.cells)
    add_figures(ledger, raw)
    add_statements(ledger, raw.statements)
    _note_problems(ledger, raw)
    return Normalized(ledger.dataset, ledger.notes, ledger.habits)


def _number_texts(raw: RawDocument) -> Iterator[str]:
    """The texts that show how a document writes its numbers."""
    for ficha in raw.fichas:
        yield from (ficha.fields[name].text for name in _NUMBER_FIELDS if name in ficha.fields)
        yield from (row.value.text for row in ficha.variables if row.value)
        yield from (value.text for _, value in ficha.historical + ficha.targets if value)
    yield from figure_texts(raw)


def _note_problems(ledger: Ledger, raw: RawDocument) -> None:
    """Carry over what the reader saw amiss in the document as a whole; a problem names a table
    (``distributions``), a field of one (``documents.title``), or nothing. Those of one figure are
    :func:`add_figures`'."""
    for problem in raw.problems:
        if problem.field.startswith(PROBLEM_PATH):
            continue
        text = fold(" ".join(piece.text for piece in problem.pieces))
        table, _, field_name = problem.field.partition(".")
        ledger.notes.append(
            Note(
                rule=problem.rule,
                indicator_id="",
                table_name=table or "documents",
                record="",
                field=field_name,
                text=text,
                message_es=problem.message_es,
                message_en=problem.message_en,
            )
        )


def _document(raw: RawDocument, reading_version: str, ledger: Ledger) -> Document:
    title = _document_text(raw.title, "title", ledger)
    period_start, period_end = raw.period or (None, None)
    if raw.period and raw.period_printed:
        ledger.trace("documents", "", ["period_start", "period_end"], raw.period_printed)
    return Document(
        document_id=ledger.document_id,
        sha256=raw.sha256,
        file_name=raw.file_name,
        source_uri=raw.source_uri,
        family=raw.family,
        title=title,
        institution=_document_text(raw.institution, "institution", ledger),
        programme_id=programme_id_of(raw.programme or title),
        period_start=period_start,
        period_end=period_end,
        page_count=raw.page_count,
        producer=raw.producer,
        reading_version=reading_version,
    )


def _document_text(printed: Printed | None, field: str, ledger: Ledger) -> str | None:
    text = fold(printed.text) if printed else ""
    if printed is None or not text:
        return None
    ledger.trace("documents", "", [field], printed)
    return text
