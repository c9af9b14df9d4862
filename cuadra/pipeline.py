"""From paths to stored rows: no document's fault touches the others.

Documents are read and checked by a :class:`Runner`, in processes of their own; what comes back is
taken in the order of the paths, so that the same paths leave the same dataset whoever was first.
"""

from __future__ import annotations

import errno
import os
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cuadra import sources, version
from cuadra.failing import Failing
from cuadra.isolation import SCRATCH
from cuadra.language import Text
from cuadra.options import Options
from cuadra.reading import read_in_order
from cuadra.reports import Report
from cuadra.runner import LocalRunner, Runner
from cuadra.sources import Source
from cuadra.stopping import held_back
from cuadra.work import begin_document
from publish.errors import DatasetError
from publish.files import Holder, database, digest, writing
from publish.state import Files, scratch

if TYPE_CHECKING:
    from normalize.schema import Dataset
    from publish.store import Draft

STORE_EVERY = 200
STORE_BYTES = 16_000_000
"""Documents, and bytes of their rows, that are held in memory before they are published: an
interrupted night keeps most of it. (A programme's rows are 0.2 MB, and four times that at work.)"""
READINGS = 2
"""Times that a run reads what it stored: to export it, and to say what it found."""
WORK = begin_document
"""What a document's process runs."""

Listener = Callable[[Report], None]


@dataclass
class Audited:
    """The rows of all readable documents, and what became of each file."""

    dataset: Dataset
    reports: list[Report] = field(default_factory=list)


@dataclass
class Ingested:
    """What became of each file, and the seconds of each stage: reading, storing, export."""

    reports: list[Report] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def audit(
    files: Sequence[Source],
    listener: Listener,
    *,
    options: Options | None = None,
    jobs: int = 1,
) -> Audited:
    """Read and check files, also across each other; nothing is stored.

    The same content is read once.
    """
    from normalize.schema import Dataset

    options = options or Options()
    result = Audited(Dataset())
    with LocalRunner(jobs, options.limits, WORK) as runner:
        runner.warm_up()
        for report, rows in read_in_order(
            files, {}, {}, runner, "dataset", options, partial(_digest, digest)
        ):
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
    files: Sequence[Source],
    directory: Path,
    *,
    force: bool,
    listener: Listener,
    options: Options | None = None,
    jobs: int = 1,
    dask: str | None = None,
    say: Callable[[Text], None] = lambda _: None,
    into: Ingested | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    stored: Callable[[], None] = lambda: None,
) -> Ingested:
    """Read, check and store files in ``directory``; a document already stored is not read again.

    ``force`` reads it again all the same. ``dask`` is the address of a cluster that reads instead
    of ``jobs`` processes of this machine. Unreadable files go to the quarantine. Two runs into one
    directory go one after the other; the one that waits says so. ``meanwhile`` is done once, while
    the first documents are being read; ``stored`` when all is stored, while a small dataset is
    copied to its other forms. An interrupt
    (``KeyboardInterrupt``) is passed on after what was done is stored; what that is stands in
    ``into``, which is returned otherwise.
    Raises ``publish.errors.DatasetError`` (before anything is read, when the stored dataset cannot
    be used) or ``OSError`` (the folder cannot be written).
    """
    options = options or Options()
    with ExitStack() as stack:
        stack.enter_context(_prepared(directory, say))
        runner = stack.enter_context(_runner(jobs, dask, options, directory))
        kept = Files(directory)
        if force or not all(isinstance(each, Path) and kept.is_unchanged(each) for each in files):
            runner.warm_up()
        known = _known(directory, force)
        failing = Failing(directory, options, force=force)
        result = into or Ingested()
        storing = _Storing(directory, listener, known, failing, meanwhile, stored, result)
        stack.callback(storing.close)
        try:
            for report, rows in read_in_order(
                files,
                storing.known.done,
                storing.failing.known,
                runner,
                "staged",
                options,
                partial(_digest, kept.digest),
                (storing.load, storing.prepare),
            ):
                storing.take(report, rows)
        except KeyboardInterrupt:
            runner.stop()
            storing.stop()
            raise
        finally:
            kept.save()
        runner.dismiss()
        storing.finish()
        return storing.result


def _runner(
    jobs: int, dask: str | None, options: Options, directory: Path
) -> AbstractContextManager[Runner]:
    if dask is None:
        within = scratch(directory.absolute(), SCRATCH)
        return LocalRunner(jobs, options.limits, WORK, within)
    from cuadra.cluster import DaskRunner

    return DaskRunner(dask, options.limits, WORK)


def _digest(local: Callable[[Path], str], source: Source) -> str:
    return local(source) if isinstance(source, Path) else sources.digest(source)


class _Known(NamedTuple):
    """What is stored: ``done``, SHA-256 → document, of this version; and that of earlier ones."""

    done: dict[str, str]
    versions: dict[str, str]


def _known(directory: Path, force: bool) -> _Known:
    if not database(directory).exists():  # DuckDB is not loaded before the first document is read
        return _Known({}, {})
    from publish import store

    stored = store.known_readings(directory)
    done = {
        sha256: document_id
        for sha256, (document_id, earlier) in stored.items()
        if earlier == version.READING_VERSION and not force
    }
    return _Known(done, dict(stored.values()))


@dataclass
class _Storing:
    """Takes what was read, in order, and publishes it by and by; the only one that writes."""

    directory: Path
    listener: Listener
    known: _Known
    failing: Failing
    meanwhile: Callable[[], None]
    stored: Callable[[], None]
    result: Ingested
    _draft: Draft | None = None
    _waiting: list[bytes] = field(default_factory=list)
    _started: float = field(default_factory=time.perf_counter)

    def load(self) -> None:
        """Load what storing needs."""
        from publish import export, store  # noqa: F401 (now: there is time)

    def prepare(self) -> None:
        """Do what else does not depend on what is read."""
        from publish import store

        with held_back():
            if not database(self.directory).exists():
                self._draft = store.Draft(self.directory)
            store.connect_ahead(READINGS)
        self.meanwhile()

    def close(self) -> None:
        """Discard what was prepared and not used."""
        if self._draft is not None:
            self._draft.close()

    def take(self, report: Report, rows: bytes | None) -> None:
        if rows is not None:
            earlier = self.known.versions.get(report.document_id or "")
            report = replace(report, earlier_version=earlier)
            self._waiting.append(rows)
        self.failing.mark(report)
        self.result.reports.append(report)
        self.listener(report)
        if len(self._waiting) >= STORE_EVERY or sum(map(len, self._waiting)) >= STORE_BYTES:
            self.store()

    def store(self) -> None:
        """Publish what waits."""
        if self._waiting:
            self._publish()

    def stop(self) -> None:
        """Publish what waits, since no more will come."""
        self._end_reading()
        self.store()

    def _end_reading(self) -> None:
        stored = self.result.seconds.get("storing", 0.0)
        self.result.seconds["reading"] = time.perf_counter() - self._started - stored

    def _publish(self) -> None:
        from publish import store

        with held_back(), self._timed("storing"):
            draft, self._draft = self._draft or store.Draft(self.directory), None
            with closing(draft):
                draft.publish([pickle.loads(rows) for rows in self._waiting])
            self._waiting.clear()

    def finish(self) -> None:
        """Publish the rest, also where that is nothing at all, and the copies of the tables."""
        from publish.export import export, is_current, is_small

        self._end_reading()
        if self._waiting or not database(self.directory).exists():
            self._publish()
        if is_current(self.directory):
            self.stored()
            return
        with self._timed("export"), ThreadPoolExecutor(1) as pool:
            copied = pool.submit(export, self.directory)
            if not is_small(self.directory):  # one after the other: DuckDB's memory is bounded once
                copied.result()
            self.stored()
            copied.result()

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        spent = time.perf_counter() - started
        self.result.seconds[stage] = self.result.seconds.get(stage, 0.0) + spent


@contextmanager
def _prepared(directory: Path, say: Callable[[Text], None]) -> Iterator[None]:
    """Make the output folder and hold it, before the night is spent reading."""
    with ExitStack() as stack:
        try:
            directory.mkdir(parents=True, exist_ok=True)
            stack.enter_context(writing(directory, partial(_say_who, directory, say)))
            if not os.access(directory, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            raise DatasetError(
                f"{directory}: no se puede escribir en esta carpeta ({error.strerror}).",
                f"{directory}: this folder cannot be written ({error.strerror}).",
            ) from error
        yield


def _say_who(directory: Path, say: Callable[[Text], None], holder: Holder | None) -> None:
    who = Text("otro proceso", "another process")
    if holder is not None:
        pid, host, since = holder
        who = Text(
            f"el proceso {pid} de {host} (desde {since})",
            f"process {pid} on {host} (since {since})",
        )
    say(
        Text(
            f"{directory}: lo usa {who.es}; se espera a que termine.",
            f"{directory}: {who.en} is using it; waiting for its end.",
        )
    )
