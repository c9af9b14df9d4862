"""The two sides of ``cuadra diff``: a PDF, or a folder that ``cuadra ingest`` left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cuadra.diff import Change, compare, whole
from normalize.schema import TABLES, Dataset, Document, Finding, Provenance
from publish import query
from publish.errors import DatasetError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Series = tuple[object, ...]


class Side(Protocol):
    """Where documents come from."""

    @property
    def documents(self) -> list[Document]:
        """The current documents."""

    def load(self, document: Document) -> Dataset:
        """The rows of one of them."""


@dataclass(frozen=True)
class OnePdf:
    """A PDF, read now."""

    dataset: Dataset

    @property
    def documents(self) -> list[Document]:
        return self.dataset.documents

    def load(self, document: Document) -> Dataset:
        return self.dataset


@dataclass(frozen=True)
class Stored:
    """A stored dataset; superseded releases are left out."""

    path: Path
    connection: DuckDBPyConnection

    @property
    def documents(self) -> list[Document]:
        return query.rows(self.connection, Document, "superseded_by IS NULL")

    def load(self, document: Document) -> Dataset:
        found = Dataset()
        for model in TABLES:
            if model is not Provenance:
                rows = query.rows(self.connection, model, "document_id = ?", [document.document_id])
                found.rows(model.table).extend(rows)
        return found


@contextmanager
def open_side(path: Path) -> Iterator[Side]:
    """A side by its path: a folder with a dataset, or a PDF.

    Raises ``publish.errors.DatasetError`` or ``extract.types.UnreadableDocument``.
    """
    if path.is_dir():
        from publish.store import reading

        with reading(path) as connection:
            yield Stored(path, connection)
    else:
        from cuadra.work import process

        yield OnePdf(process(path))


def changes(old: Side, new: Side, lang: str = "es") -> Iterator[Change]:
    """All changes from one side to the other, document by document.

    Two PDFs are compared as they are; a PDF with the stored document of its programme, family and
    period; two datasets document by document.
    Raises ``publish.errors.DatasetError`` where a dataset has nothing to compare a PDF with.
    """
    if isinstance(old, OnePdf) and isinstance(new, OnePdf):
        yield from compare(old.dataset, new.dataset, lang)
    elif isinstance(old, Stored) and isinstance(new, Stored):
        yield from _between_datasets(old, new, lang)
    else:
        pdf, stored = (old, new) if isinstance(old, OnePdf) else (new, old)
        assert isinstance(pdf, OnePdf) and isinstance(stored, Stored)
        counterpart = stored.load(_counterpart(pdf.documents[0], stored))
        counterpart.findings = list(_of_its_own(counterpart))
        pair = (pdf.dataset, counterpart) if pdf is old else (counterpart, pdf.dataset)
        yield from compare(*pair, lang)


def _of_its_own(dataset: Dataset) -> Iterator[Finding]:
    """The findings that a document gives by itself: a PDF alone has no others."""
    own = dataset.documents[0].document_id
    for finding in dataset.findings:
        if all(item["document_id"] == own for item in json.loads(finding.evidence)):
            yield finding


def _series(document: Document) -> Series:
    if document.programme_id is None:
        return (document.sha256,)
    return (document.programme_id, document.family, document.period_start, document.period_end)


def _between_datasets(old: Stored, new: Stored, lang: str) -> Iterator[Change]:
    before = {_series(document): document for document in old.documents}
    after = {_series(document): document for document in new.documents}
    for series, document in before.items():
        if series not in after:
            yield whole("document_removed", document)
    for series, document in after.items():
        if series not in before:
            yield whole("document_added", document)
        elif before[series].sha256 != document.sha256 or old.path != new.path:
            yield from compare(old.load(before[series]), new.load(document), lang)


def _counterpart(document: Document, stored: Stored) -> Document:
    """The stored document that a PDF is a release of: the nearest period goes first."""
    alike = [
        other
        for other in stored.documents
        if other.family == document.family
        and (
            other.sha256 == document.sha256
            or (other.programme_id is not None and other.programme_id == document.programme_id)
        )
    ]
    if not alike:
        name = document.title or document.file_name
        raise DatasetError(
            f"{stored.path}: no hay otro documento de «{name}» con que comparar.",
            f"{stored.path}: there is no other document of “{name}” to compare with.",
        )
    return min(alike, key=lambda other: _distance(document, other))


def _distance(one: Document, other: Document) -> tuple[int, str]:
    years = [
        abs(a - b) if a is not None and b is not None else 1000
        for a, b in (
            (one.period_start, other.period_start),
            (one.period_end, other.period_end),
        )
    ]
    return sum(years), other.document_id


def as_rows(found: list[Change]) -> list[dict[str, object]]:
    """Changes as plain dictionaries, in the order of the fields."""
    return [{item.name: getattr(change, item.name) for item in fields(change)} for change in found]
