"""One document, from its path to its rows: what a document's own process does."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cuadra import reports
from cuadra.forked import PageProcessDied
from cuadra.language import Text
from cuadra.options import Options
from cuadra.reports import Failure
from cuadra.sources import Source, fetched
from cuadra.version import READING_VERSION
from extract.limits import PageMap, one_by_one
from extract.types import UnreadableDocument

if TYPE_CHECKING:
    from extract.types import Noticed, RawDocument
    from normalize.schema import Dataset

Form = Literal["staged", "dataset"]
"""Rows laid out for the store (``publish.staging.Staged``), or as models."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read. ``sha256`` is that of the bytes that the caller saw.

    ``known_as`` is what the dataset calls it where ``path`` is a copy.
    """

    path: Source
    sha256: str
    form: Form
    version: str
    options: Options
    known_as: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What one document gave; ``rows`` are pickled in the form that the job asked for."""

    rows: bytes
    document_id: str
    family: str
    pages: int
    indicators: int
    values: int
    findings: int


def process(
    path: Path,
    options: Options | None = None,
    *,
    pages: PageMap = one_by_one,
    version: str = READING_VERSION,
) -> Dataset:
    """All rows of one PDF: documents (one), indicators … findings, provenance.

    Raises ``extract.types.UnreadableDocument``.
    """
    from cuadra.foreseen import foreseeing
    from normalize.records import normalize
    from normalize.second import distrust, note_scans
    from validate.doubts import DOUBT, misread, suspects
    from validate.engine import ask_anew, audit

    options = options or Options()
    raw, password = _read(path, options, pages, foreseeing(options.double_check))
    normalized = normalize(raw, version)
    note_scans(normalized)
    dataset = normalized.dataset
    dataset.checks, dataset.findings = audit(normalized)
    if suspected := misread(dataset.findings, dataset.provenance):
        distrust(normalized, suspected)
        dataset.checks, dataset.findings = audit(normalized)
    asked = {row.indicator_id for row in dataset.indicators}
    if not options.double_check:
        asked &= suspects(normalized.notes, dataset.findings)
    if asked:
        from cuadra.second_look import look_again

        known = len(normalized.notes)
        look_again(path, raw, normalized, asked, password)
        if len(normalized.notes) > known:
            dataset.checks, dataset.findings = audit(normalized)
        else:  # no value has changed: only what is said of the second reading has
            ask_anew(normalized, DOUBT)
    return dataset


def _read(
    path: Path, options: Options, pages: PageMap, noticed: Noticed
) -> tuple[RawDocument, str | None]:
    """Read without a password, then with each one, as long as the document stays locked; and the
    one that opened it."""
    from extract import read

    tried: UnreadableDocument | None = None
    for password in (None, *options.passwords):
        try:
            raw = read(path, password=password, limits=options.limits, pages=pages, noticed=noticed)
            return raw, password
        except UnreadableDocument as error:
            if error.reason != "encrypted":
                raise
            tried = error
    assert tried is not None
    raise tried


def read_document(job: Job, pages: PageMap) -> Work | Failure:
    """Read, check and lay out one document; every failure is an answer, never an exception."""
    try:
        with _at_hand(job) as (path, known_as):
            dataset = process(path, job.options, pages=pages, version=job.version)
        if known_as is not None:
            document = dataset.documents[0]
            name = known_as.rstrip("/").rpartition("/")[2]
            dataset.documents[0] = document.model_copy(
                update={"source_uri": known_as, "file_name": name}
            )
        return _work(dataset, job)
    except UnreadableDocument as error:
        return Failure(error.reason, Text(error.message_es, error.message_en), error.page)
    except OSError as error:
        return reports.not_readable(error)
    except PageProcessDied as error:
        _die_likewise(error.status)
        raise
    except Exception as error:  # an error that nobody foresaw must not end the night's run
        return reports.internal(error)


@contextmanager
def _at_hand(job: Job) -> Iterator[tuple[Path, str | None]]:
    """Where the document can be read, and what to call it where that is a copy."""
    if isinstance(job.path, Path):
        yield job.path, job.known_as
        return
    with fetched(job.path, job.options.limits.file_bytes) as path:
        yield path, str(job.path)


def _work(dataset: Dataset, job: Job) -> Work | Failure:
    from cuadra.summary import count_values
    from publish.staging import stage

    document = dataset.documents[0]
    if document.sha256 != job.sha256:
        return reports.changed()
    rows = stage(dataset) if job.form == "staged" else dataset
    return Work(
        rows=pickle.dumps(rows, pickle.HIGHEST_PROTOCOL),
        document_id=document.document_id,
        family=document.family,
        pages=document.page_count,
        indicators=len(dataset.indicators),
        values=count_values(dataset),
        findings=len(dataset.findings),
    )


def _die_likewise(status: int) -> None:
    """End by the signal that ended a page's process: to the run both are one document."""
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status) or signal.SIGKILL)
