"""From paths to rows, one document at a time: no document's fault touches the others.

``read → normalize → audit`` gives one document's rows; ``ingest`` stores them, ``audit`` does not.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from cuadra.collect import is_regular
from cuadra.language import Text
from cuadra.summary import count_values
from cuadra.version import READING_VERSION
from extract.types import UnreadableDocument
from normalize.schema import Dataset
from publish import quarantine
from publish.errors import DatasetError
from publish.files import digest, writing

Status = Literal["read", "known", "unreadable"]
"""``known``: stored by an earlier run, or another file of this run has the same content."""

STORE_EVERY = 200
"""Documents held in memory before they are published: an interrupted night keeps most of it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file. ``reason``, ``problem`` and ``page`` say why it was unreadable."""

    path: Path
    status: Status
    seconds: float
    sha256: str | None = None
    document_id: str | None = None
    family: str | None = None
    pages: int = 0
    indicators: int = 0
    values: int = 0
    findings: int = 0
    reason: str = ""
    problem: Text | None = None
    page: int | None = None


Listener = Callable[[Report], None]
Step = Callable[[Dataset], None]


@dataclass
class Audited:
    """The rows of all readable documents, and what became of each file."""

    dataset: Dataset = field(default_factory=Dataset)
    reports: list[Report] = field(default_factory=list)


def process(path: Path, *, double_check: bool = False) -> Dataset:
    """All rows of one PDF: documents (one), indicators … findings, provenance.

    ``double_check`` has every ficha read by the second reader too; without it only those that the
    first reading, or the document's own arithmetic, leaves in doubt.
    Raises ``extract.types.UnreadableDocument``.
    """
    from extract import read
    from normalize.records import normalize
    from validate.doubts import suspects
    from validate.engine import audit as run_rules

    raw = read(path)
    normalized = normalize(raw, READING_VERSION)
    dataset = normalized.dataset
    dataset.checks, dataset.findings = run_rules(normalized)
    asked = {row.indicator_id for row in dataset.indicators}
    if not double_check:
        asked &= suspects(normalized.notes, dataset.findings)
    if asked:
        from cuadra.second_look import look_again

        look_again(path, raw, normalized, asked)
        dataset.checks, dataset.findings = run_rules(normalized)
    return dataset


def audit(files: Sequence[Path], listener: Listener, *, double_check: bool = False) -> Audited:
    """Read and check files; nothing is stored. The same content is read once."""
    result = Audited()
    done: dict[str, str] = {}
    for path in files:
        report = _attempt(path, done, result.dataset.extend, double_check)
        result.reports.append(report)
        listener(report)
    return result


def ingest(
    files: Sequence[Path],
    directory: Path,
    *,
    force: bool,
    listener: Listener,
    double_check: bool = False,
) -> list[Report]:
    """Read, check and store files in ``directory``; a document already stored is not read again.

    ``force`` reads it again all the same. Unreadable files go to the quarantine.
    Raises ``publish.errors.DatasetError`` (before anything is read, when the stored dataset cannot
    be used) or ``OSError`` (the folder cannot be written).
    """
    from publish import store
    from publish.export import export, is_current
    from publish.staging import Staged, stage

    _prepare(directory)
    stored = store.known_readings(directory)
    done = {
        sha256: document_id
        for sha256, (document_id, version) in stored.items()
        if version == READING_VERSION and not force
    }
    reports: list[Report] = []
    waiting: list[Staged] = []
    for path in files:
        report = _attempt(path, done, lambda dataset: waiting.append(stage(dataset)), double_check)
        if report.status == "unreadable":
            quarantine.put(directory, path, _entry(report))
        else:
            quarantine.release(directory, path)
        if len(waiting) >= STORE_EVERY:
            store.publish(directory, waiting)
            waiting.clear()
        reports.append(report)
        listener(report)
    if waiting or not store.database(directory).exists():
        store.publish(directory, waiting)
    if not is_current(directory):
        export(directory)
    return reports


def _prepare(directory: Path) -> None:
    """Make the output folder and try to write there, before the night is spent reading."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with writing(directory):
            pass
    except OSError as error:
        raise DatasetError(
            f"{directory}: no se puede escribir en esta carpeta ({error.strerror}).",
            f"{directory}: this folder cannot be written ({error.strerror}).",
        ) from error


def _attempt(path: Path, done: dict[str, str], keep: Step, double_check: bool) -> Report:
    """Read one file unless its content is ``done`` (SHA-256 → document), and keep its rows.

    Every failure of reading, checking or keeping becomes an unreadable report, never an exception.
    """
    start = time.perf_counter()
    report = Report(path, "unreadable", 0)
    try:
        if path.exists() and not is_regular(path):
            return _unreadable(report, start, "not_pdf", _NOT_A_FILE)
        report = replace(report, sha256=digest(path))
        if report.sha256 in done:
            known = done[report.sha256]
            return replace(report, status="known", document_id=known, seconds=_since(start))
        dataset = process(path, double_check=double_check)
        keep(dataset)
    except UnreadableDocument as error:
        problem = Text(error.message_es, error.message_en)
        return _unreadable(report, start, error.reason, problem, error.page)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = Text(f"no se puede leer ({reason}).", f"cannot be read ({reason}).")
        return _unreadable(report, start, "not_readable", problem)
    except Exception as error:  # an error that nobody foresaw must not end the night's run
        return _unreadable(report, start, "internal", _internal(error))
    document = dataset.documents[0]
    done[document.sha256] = document.document_id
    return replace(
        report,
        status="read",
        seconds=_since(start),
        sha256=document.sha256,
        document_id=document.document_id,
        family=document.family,
        pages=document.page_count,
        indicators=len(dataset.indicators),
        values=count_values(dataset),
        findings=len(dataset.findings),
    )


_NOT_A_FILE = Text(
    "no es un archivo ordinario (¿tubería, dispositivo?); no se abre.",
    "is not an ordinary file (a pipe, a device?); it is not opened.",
)


def _internal(error: Exception) -> Text:
    """One line for an unforeseen error: what it was and which line of the program raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Text(
        f"error interno del programa, no del documento ({what}; {where}). Repórtelo, por favor.",
        f"internal error of the program, not of the document ({what}; {where}). Please report it.",
    )


def _unreadable(
    report: Report, start: float, reason: str, problem: Text, page: int | None = None
) -> Report:
    """The report of a failure; its messages begin with the path as it was given."""
    es, en = (f"{report.path}: {text.removeprefix(f'{report.path.name}: ')}" for text in problem)
    return replace(report, seconds=_since(start), reason=reason, problem=Text(es, en), page=page)


def _since(start: float) -> float:
    return time.perf_counter() - start


def _entry(report: Report) -> quarantine.Entry:
    problem = report.problem or Text("", "")
    return quarantine.Entry(
        file_name=report.path.name,
        source_uri=str(report.path),
        sha256=report.sha256,
        reason=report.reason,
        message_es=problem.es,
        message_en=problem.en,
        page=report.page,
    )
