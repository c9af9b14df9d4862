"""Documents read on a Dask cluster that is there already (extra ``dask``).

A local document travels as bytes, a remote one as its URL. On the worker, too, it is read in a
process of its own, with the same limits. One result per document comes back, also where a worker
was lost and its documents went to another; who asked is the only one that writes.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cuadra import reports, sources, version
from cuadra.isolation import Done, Isolation, Stopped
from cuadra.reports import Failure
from cuadra.runner import Read, outcome
from cuadra.work import Job, Work
from extract.limits import Limits
from publish.errors import DatasetError

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_WITHIN = "15s"
AHEAD = 2
"""Documents per thread of the cluster that are under way, so that none of them waits for us."""


class DaskRunner:
    """Up to twice as many documents at a time as the cluster has threads."""

    def __init__(self, address: str, limits: Limits, read: Read) -> None:
        self._client = _connect(address)
        self._limits = limits
        self._read = read
        self._run = uuid.uuid4().hex
        self._futures: dict[Future, int] = {}
        self._unsent: list[tuple[int, Failure]] = []

    def __enter__(self) -> DaskRunner:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._client.close()

    @property
    def free(self) -> int:
        """How many more documents keep the cluster busy; one where it has lost all workers."""
        threads: int = sum(self._client.nthreads().values())
        return max(AHEAD * threads, 1) - len(self._futures)

    def warm_up(self) -> None:
        """Workers get ready with their first document."""

    def submit(self, key: int, job: Job) -> None:
        """Send a document to the cluster."""
        content = None
        if isinstance(job.path, Path):
            try:
                content = job.path.read_bytes()
            except OSError as error:
                self._unsent.append((key, reports.not_readable(error)))
                return
        future = self._client.submit(
            read_remotely,
            job,
            content,
            self._read,
            self._limits,
            key=f"cuadra-{self._run}-{key}",
            pure=False,
        )
        self._futures[future] = key

    def completed(self) -> Iterator[tuple[int, Work | Failure]]:
        """Wait for documents to be finished, wherever they are read."""
        from distributed import wait

        while self._unsent:
            yield self._unsent.pop()
        if not self._futures:
            return
        with self._client.as_current():
            finished = wait(list(self._futures), return_when="FIRST_COMPLETED").done
        for future in finished:
            key = self._futures.pop(future)
            yield key, self._outcome(future)
            future.release()

    def _outcome(self, future: Future) -> Work | Failure:
        from distributed import KilledWorker

        error = future.exception()
        if isinstance(error, KilledWorker):
            return reports.crashed(None)
        if isinstance(error, Exception):
            return reports.internal(error)
        result: Done | Stopped | Failure = future.result()
        return result if isinstance(result, Failure) else outcome(result, self._limits)

    def dismiss(self) -> None:
        """The cluster's workers wait for others."""

    def stop(self) -> None:
        """Give up all that is not finished."""
        if self._futures:
            self._client.cancel(list(self._futures))
        self._futures.clear()


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise DatasetError(
            "--dask necesita el extra «dask»: pip install 'cuadra[dask]'.",
            "--dask needs the extra “dask”: pip install 'cuadra[dask]'.",
        ) from error
    try:
        return Client(address, timeout=CONNECT_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        raise DatasetError(
            f"{address}: no se puede conectar con este cluster de Dask ({error}).",
            f"{address}: cannot connect to this Dask cluster ({error}).",
        ) from error


def read_remotely(
    job: Job, content: bytes | None, read: Read, limits: Limits
) -> Done | Stopped | Failure:
    """What a worker does: read a document in a process of its own. ``content`` is a local one's."""
    if job.version != version.READING_VERSION:
        return reports.other_version(version.READING_VERSION)
    multiprocessing.current_process().daemon = False  # Dask's workers are; they may not fork then
    with tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        if content is not None:
            here = Path(folder, sources.local_name(job.path.name))
            here.write_bytes(content)
            job = replace(job, path=here, known_as=str(job.path))
        isolation = Isolation(1, limits)
        try:
            isolation.start(0, read, job)
            ((_, result),) = isolation.completed()
            return result
        finally:
            isolation.close()
