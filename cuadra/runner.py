"""Who reads the documents: processes of this machine. Another runner has the same members."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from cuadra import reports
from cuadra.fork_server import warm_up
from cuadra.isolation import Done, GoOn, Isolation, Stopped
from cuadra.reports import Failure
from cuadra.work import Job, Work
from extract.limits import Limits, PageMap

Read = Callable[[Job, PageMap], Work | Failure | GoOn]


class Runner(Protocol):
    """Takes jobs and hands back what came of each, exactly once, in any order."""

    @property
    def free(self) -> int:
        """How many jobs it takes now without letting one wait for long."""

    def warm_up(self) -> None:
        """Get ready while the caller goes on: there will be jobs."""

    def submit(self, key: int, job: Job) -> None:
        """Take a job under a key of the caller's."""

    def completed(self) -> Iterator[tuple[int, Work | Failure]]:
        """Wait until jobs are finished, and hand them back; nothing where there is none, or where
        one is half done: the caller may have something to do meanwhile."""

    def dismiss(self) -> None:
        """All that was submitted is finished, and no more will be."""

    def stop(self) -> None:
        """Give up all that is not finished."""


class LocalRunner:
    """Up to ``jobs`` documents at a time, each in a process of its own, its temporary files
    ``within`` a folder (the system's, where there is none)."""

    def __init__(self, jobs: int, limits: Limits, read: Read, within: Path | None = None) -> None:
        self._isolation = Isolation(jobs, limits, within)
        self._limits = limits
        self._read = read

    def __enter__(self) -> LocalRunner:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def free(self) -> int:
        """Processes that may be started."""
        return self._isolation.free

    def warm_up(self) -> None:
        """Start the process from which the others are forked."""
        warm_up()

    def submit(self, key: int, job: Job) -> None:
        """Start to read a document."""
        self._isolation.start(key, self._read, job)

    def completed(self) -> Iterator[tuple[int, Work | Failure]]:
        """Wait for documents to be finished."""
        for key, ended in self._isolation.completed(or_halfway=True):
            yield key, outcome(ended, self._limits)

    def dismiss(self) -> None:
        """Let go of what waits for documents."""
        self._isolation.dismiss()

    def stop(self) -> None:
        """End all processes."""
        self._isolation.close()


def outcome(ended: Done | Stopped, limits: Limits) -> Work | Failure:
    """What a document's process answered, or why it could not."""
    if isinstance(ended, Stopped):
        if ended.why == "timeout":
            return reports.timeout(ended.seconds)
        if ended.why == "memory":
            return reports.memory(limits.memory)
        return reports.crashed(ended.exit_code)
    answer: Work | Failure = pickle.loads(ended.pickled)
    return answer
