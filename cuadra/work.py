"""One document, from its path to its rows: what a document's own process does."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

from cuadra import reports, second_process
from cuadra.forked import PageProcessDied
from cuadra.isolation import GoOn
from cuadra.language import Text
from cuadra.options import Options
from cuadra.reports import Failure
from cuadra.sources import Source, fetched
from cuadra.version import READING_VERSION
from extract.limits import PageMap, one_by_one
from extract.types import UnreadableDocument

if TYPE_CHECKING:
    from extract.types import RawDocument, RawFicha
    from normalize.schema import Dataset, Finding

P = ParamSpec("P")
T = TypeVar("T")

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
    options = options or Options()
    raw, password = _read(path, options, pages)
    return check(path, raw, password, options, version)


def check(
    path: Path, raw: RawDocument, password: str | None, options: Options, version: str
) -> Dataset:
    """All rows of a document that has been read from ``path``, which ``password`` opens."""
    from cuadra.second_look import SecondLook
    from normalize.records import normalize
    from normalize.second import distrust, note_scans
    from validate.doubts import DOUBT, misread, suspects
    from validate.engine import ask_anew, audit

    normalized = normalize(raw, version)
    note_scans(normalized)
    dataset = normalized.dataset
    everything = {row.indicator_id for row in dataset.indicators}
    look = SecondLook(path, raw, normalized, password)

    def doubted(findings: Sequence[Finding]) -> set[str]:
        if options.double_check:
            return everything
        return everything & suspects(normalized.notes, findings)

    dataset.checks, dataset.findings = audit(
        normalized, meanwhile=lambda findings: look.begin(doubted(findings))
    )
    if suspected := misread(dataset.findings, dataset.provenance):
        distrust(normalized, suspected)
        dataset.checks, dataset.findings = audit(normalized)
    if asked := doubted(dataset.findings):
        known = len(normalized.notes)
        look.finish(asked)
        if len(normalized.notes) > known:
            dataset.checks, dataset.findings = audit(normalized)
        else:  # no value has changed: only what is said of the second reading has
            ask_anew(normalized, DOUBT)
    return dataset


def _read(path: Path, options: Options, pages: PageMap) -> tuple[RawDocument, str | None]:
    """Read without a password, then with each one, as long as the document stays locked; and the
    one that opened it."""
    from extract import read

    noticed = partial(_foresee, options.double_check)
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


def _foresee(surely: bool, _: RawFicha) -> None:
    """Where there is a ficha, the second reader may be asked about it: camelot is best loaded while
    the others are being read. (To tell here which sums fail took as long as half the checks.)"""
    if second_process.asking is not None:
        second_process.asking.get_ready(surely=surely)


def read_document(job: Job, pages: PageMap) -> Work | Failure:
    """Read, check and lay out one document; every failure is an answer, never an exception."""
    return _or_failure(_whole, job, pages)


def begin_document(job: Job, pages: PageMap) -> Work | Failure | GoOn:
    """As :func:`read_document`; but while the fork server is still loading what checks (the first
    document of a run), a process that is forked when this one has read it goes on, and has it."""
    if "validate.engine" in sys.modules or not isinstance(job.path, Path):
        return read_document(job, pages)
    return _or_failure(_half, job, job.path, pages)


def _whole(job: Job, pages: PageMap) -> Work | Failure:
    with _at_hand(job) as (path, known_as):
        dataset = process(path, job.options, pages=pages, version=job.version)
    return _work(dataset, job, known_as)


def _half(job: Job, path: Path, pages: PageMap) -> GoOn:
    read = pickle.dumps(_read(path, job.options, pages), pickle.HIGHEST_PROTOCOL)
    return GoOn(finish_document, (job, path, read))


def finish_document(job: Job, path: Path, read: bytes, _: PageMap) -> Work | Failure:
    """The other half of :func:`begin_document`."""
    return _or_failure(_other_half, job, path, read)


def _other_half(job: Job, path: Path, read: bytes) -> Work | Failure:
    raw, password = pickle.loads(read)
    return _work(check(path, raw, password, job.options, job.version), job, job.known_as)


def _or_failure(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Failure:
    try:
        return work(*args, **kwargs)
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


def _work(dataset: Dataset, job: Job, known_as: str | None) -> Work | Failure:
    from cuadra.summary import count_values
    from publish.staging import stage

    if known_as is not None:
        name = known_as.rstrip("/").rpartition("/")[2]
        update = {"source_uri": known_as, "file_name": name}
        dataset.documents[0] = dataset.documents[0].model_copy(update=update)
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
