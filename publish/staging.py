"""The rows of one document, checked and laid out by column, ready to be stored.

What storage would refuse is refused here, document by document, so that one document's rows never
spoil the others' transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.schema import NUMBER_PRECISION, NUMBER_SCALE, TABLES, Dataset, Document, Row
from publish.columns import Column, columns, short

MAX_INTEGER = 2**31 - 1
_NUMBER_LIMIT = Decimal(10) ** (NUMBER_PRECISION - NUMBER_SCALE)

Cells = list[str | None]
"""The values of one column as text; storage casts them (exactly) to the column's type."""


class UnstorableDocument(ValueError):
    """Rows that the dataset cannot hold; the message names table, key and column."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One document's rows: for each table one list per column, all of the same length."""

    document: Document
    tables: dict[str, list[Cells]]


def stage(dataset: Dataset) -> Staged:
    """Check and lay out a dataset that holds exactly one document.

    Raises :class:`UnstorableDocument` when there is not exactly one document, a row belongs to
    another one, a key recurs, or a value does not fit its column (a number with more digits than
    DECIMAL(38,10) has, a text that is no Unicode).
    """
    if len(dataset.documents) != 1:
        raise UnstorableDocument(f"one document expected, {len(dataset.documents)} given")
    document = dataset.documents[0]
    tables = {}
    for model in TABLES:
        rows = dataset.rows(model.table)
        _check_keys(model, rows, document.document_id)
        tables[model.table] = lay_out(model, rows)
    return Staged(document, tables)


def lay_out(model: type[Row], rows: Sequence[Row]) -> list[Cells]:
    """The rows of one table by column, as text. Raises :class:`UnstorableDocument`."""
    return [_cells(model, column, rows) for column in columns(model)]


def _check_keys(model: type[Row], rows: Sequence[Row], document_id: str) -> None:
    seen = set()
    for row in rows:
        key = tuple(getattr(row, name) for name in model.key)
        if key in seen:
            raise UnstorableDocument(f"{model.table}: the key {key} recurs")
        if getattr(row, "document_id", None) != document_id:
            raise UnstorableDocument(f"{model.table}: {key} belongs to another document")
        seen.add(key)


def _cells(model: type[Row], column: Column, rows: Iterable[Row]) -> Cells:
    cells: Cells = []
    for row in rows:
        try:
            cells.append(_cell(column, getattr(row, column.name)))
        except ValueError as error:
            where = f"{model.table} {row.record_key}, {column.name}"
            raise UnstorableDocument(f"{where}: {error}") from error
    return cells


def _cell(column: Column, value: object) -> str | None:
    if value is None:
        return None
    if column.kind == "DECIMAL":
        return _number(value)
    if column.kind == "INTEGER":
        if not isinstance(value, int) or abs(value) > MAX_INTEGER:
            raise ValueError(f"{value!r} does not fit an integer")
        return str(value)
    text = str(value)
    if not text.isascii():
        text.encode()  # a lone surrogate raises UnicodeEncodeError, a ValueError
    return text


def _number(value: object) -> str:
    # copy_abs, since abs() would round to the context's 28 digits
    if not isinstance(value, Decimal) or not value.is_finite() or value.copy_abs() >= _NUMBER_LIMIT:
        raise ValueError(f"{value!r} does not fit {NUMBER_PRECISION} digits")
    text = short(value)
    if len(text.partition(".")[2]) > NUMBER_SCALE:
        raise ValueError(f"{text} has more than {NUMBER_SCALE} decimals")
    return text
