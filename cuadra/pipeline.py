"""From paths to stored rows: no document's fault touches the others.

Documents are read and checked by a :class:`Runner`, in processes of their own; what comes back is
taken in the order of the paths, so that the same paths leave the same dataset whoever was first.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cuadra import reports
from cuadra.collect import is_regular
from cuadra.options import Options
from cuadra.reports import Failure, Report
from cuadra.runner import LocalRunner, Runner
from cuadra.version import READING_VERSION
from cuadra.work import Form, Job, Work, read_document
from normalize.schema import Dataset
from publish import quarantine
from publish.errors import DatasetError
from publish.files import digest, writing

STORE_EVERY = 200
"""Documents held in memory before they are published: an interrupted night keeps most of it."""
AHEAD = 200
"""Documents that may be read while an earlier one is not finished."""

WORK = read_document
"""What a document's process runs."""

Listener = Callable[[Report], None]


@dataclass
class Audited:
    """The rows of all readable documents, and what became of each file."""

    dataset: Dataset = field(default_factory=Dataset)
    reports: list[Report] = field(default_factory=list)


class _Finished(NamedTuple):
    """What became of one file, and its rows (pickled) where it was read."""

    report: Report
    rows: bytes | None = None


@dataclass
class _Place:
    """A file whose turn has not come: it is being read, or waits for those before it."""

    path: Path
    started: float
    sha256: str | None = None
    outcome: Work | Failure | None = None
    twin: bool = False
    """Whether its content is that of a file before it."""

    @property
    def ready(self) -> bool:
        return self.twin or self.outcome is not None


def audit(
    files: Sequence[Path],
    listener: Listener,
    *,
    options: Options | None = None,
    jobs: int = 1,
) -> Audited:
    """Read and check files, also across each other; nothing is stored.

    The same content is read once.
    """
    options = options or Options()
    result = Audited()
    with LocalRunner(jobs, options.limits, WORK) as runner:
        for report, rows in _read(files, {}, runner, "dataset", options):
            if rows is not None:
                result.dataset.extend(pickle.loads(rows))
            result.reports.append(report)
            listener(report)
    _across(result.dataset)
    return result


def _across(dataset: Dataset) -> None:
    """Audit documents in memory across each other; of one that recurs, the last one given."""
    if len(dataset.documents) < 2:
        return
    from publish.releases import order, release_of
    from validate.across import settle

    chain = order([], [release_of(document) for document in dataset.documents])
    settle(dataset, chain.superseded_by)


def ingest(
    files: Sequence[Path],
    directory: Path,
    *,
    force: bool,
    listener: Listener,
    options: Options | None = None,
    jobs: int = 1,
) -> list[Report]:
    """Read, check and store files in ``directory``; a document already stored is not read again.

    ``force`` reads it again all the same. Unreadable files go to the quarantine. An interrupt
    (``KeyboardInterrupt``) is passed on after what was done is stored.
    Raises ``publish.errors.DatasetError`` (before anything is read, when the stored dataset cannot
    be used) or ``OSError`` (the folder cannot be written).
    """
    from publish import store
    from publish.export import export, is_current

    options = options or Options()
    _prepare(directory)
    stored = store.known_readings(directory)
    done = {
        sha256: document_id
        for sha256, (document_id, version) in stored.items()
        if version == READING_VERSION and not force
    }
    result: list[Report] = []
    waiting: list[bytes] = []
    with LocalRunner(jobs, options.limits, WORK) as runner:
        try:
            for report, rows in _read(files, done, runner, "staged", options):
                _mark(directory, report)
                if rows is not None:
                    waiting.append(rows)
                if len(waiting) >= STORE_EVERY:
                    _store(directory, waiting)
                result.append(report)
                listener(report)
        except KeyboardInterrupt:
            runner.stop()
            if waiting:
                _store(directory, waiting)
            raise
    if waiting or not store.database(directory).exists():
        _store(directory, waiting)
    if not is_current(directory):
        export(directory)
    return result


def _store(directory: Path, waiting: list[bytes]) -> None:
    from publish import store

    store.publish(directory, [pickle.loads(rows) for rows in waiting])
    waiting.clear()


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


def _mark(directory: Path, report: Report) -> None:
    """Keep the reason of an unreadable file; forget that of one that can be read now."""
    if report.status == "unreadable":
        quarantine.put(directory, report.path, _entry(report))
    else:
        quarantine.release(directory, report.path)


def _read(
    files: Sequence[Path], done: dict[str, str], runner: Runner, form: Form, options: Options
) -> Iterator[_Finished]:
    """What became of each file, in order; ``done`` (SHA-256 → document) are not read, and grow."""
    places: deque[tuple[int, _Place]] = deque()
    read_by: dict[str, _Place] = {}
    by_key: dict[int, _Place] = {}
    remaining = enumerate(files)
    more = True
    while more or places:
        while more and runner.free > 0 and len(places) < AHEAD:
            key, path = next(remaining, (-1, None))
            if path is None:
                more = False
                break
            place = _look(path, options)
            places.append((key, place))
            if place.sha256 is None or place.sha256 in done:
                place.twin = place.sha256 is not None
            elif place.sha256 in read_by:
                place.twin = True
            else:
                read_by[place.sha256] = by_key[key] = place
                runner.submit(key, Job(path, place.sha256, form, READING_VERSION, options))
        while places and places[0][1].ready:
            _, place = places.popleft()
            yield _finish(place, done, read_by)
        if by_key and (not more or runner.free <= 0 or len(places) >= AHEAD):
            for key, outcome in runner.completed():
                by_key.pop(key).outcome = outcome


def _look(path: Path, options: Options) -> _Place:
    """The bytes of a file: their digest, or why they cannot be had."""
    place = _Place(path, time.perf_counter())
    try:
        if path.exists() and not is_regular(path):
            place.outcome = reports.not_ordinary()
            return place
        size, limit = path.stat().st_size, options.limits.file_bytes
        if size > limit:
            place.outcome = reports.too_large(size, limit)
            return place
        place.sha256 = digest(path)
    except OSError as error:
        place.outcome = reports.not_readable(error)
    return place


def _finish(place: _Place, done: dict[str, str], read_by: dict[str, _Place]) -> _Finished:
    sha256, outcome = place.sha256, place.outcome
    seconds = time.perf_counter() - place.started
    if place.twin and sha256 is not None:
        if sha256 in done:
            known = Report(place.path, "known", seconds, sha256=sha256, document_id=done[sha256])
            return _Finished(known)
        outcome = read_by[sha256].outcome
    if isinstance(outcome, Failure):
        return _Finished(reports.unreadable(place.path, outcome, seconds, sha256))
    assert outcome is not None and sha256 is not None
    done[sha256] = outcome.document_id
    report = Report(
        place.path,
        "read",
        seconds,
        sha256=sha256,
        document_id=outcome.document_id,
        family=outcome.family,
        pages=outcome.pages,
        indicators=outcome.indicators,
        values=outcome.values,
        findings=outcome.findings,
    )
    return _Finished(report, outcome.rows)


def _entry(report: Report) -> quarantine.Entry:
    problem = report.problem
    return quarantine.Entry(
        file_name=report.path.name,
        source_uri=str(report.path),
        sha256=report.sha256,
        reason=report.reason,
        message_es=problem.es if problem else "",
        message_en=problem.en if problem else "",
        page=report.page,
    )
