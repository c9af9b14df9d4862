"""Runs tasks each in a process of its own, with limits, so that none can harm the run.

The processes are forked from multiprocessing's fork server, which has the readers imported. Each
has its own pipe and shares nothing, so that one may be killed at any instant. (A pool such as
Pebble's keeps one pipe for all workers: who is killed while holding its lock stops them all.)
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cuadra import fork_server, second_process
from cuadra.forked import ForkedPages, cores, die_with_parent
from extract import limits
from extract.limits import Limits, PageMap

if TYPE_CHECKING:
    import psutil

LOOK_EVERY = 0.05
"""Seconds between two looks at time and memory: a stream inflates by some 50 MB meanwhile."""
SCRATCH = "cuadra-"
"""How the name of a run's folder of temporary files begins."""

Stop = Literal["timeout", "memory", "crashed"]


class Done(NamedTuple):
    """A task's answer, still pickled."""

    pickled: bytes


class GoOn(NamedTuple):
    """What a task may give instead of an answer: ``function(*arguments, pages)`` is to go on with
    it in a process forked now, which has more modules in its memory. Time is not counted anew."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class Stopped(NamedTuple):
    """A task without an answer: over its ``seconds`` or ``memory``, or ended by itself.

    ``exit_code`` is multiprocessing's: negative for the signal that ended it.
    """

    why: Stop
    exit_code: int | None = None
    seconds: float = 0.0


class _Borrow(NamedTuple):
    """A task's message: how many further cores it could use (negative: gives back)."""

    cores: int


class _Scans(NamedTuple):
    """A task's message: how many pages OCR is going to read."""

    pages: int


class _Answer(NamedTuple):
    pickled: bytes


@dataclass
class _Running:
    process: BaseProcess
    pipe: Connection
    scratch: Path
    started: float
    borrowed: int = 0
    read_by: int | None = None
    scanned: int = 0


@dataclass
class Isolation:
    """Up to ``jobs`` tasks at a time; a task may borrow the cores that nobody uses.

    ``function(*arguments, pages)`` runs in the new process, ``pages`` being its ``PageMap``; it and
    its arguments must be picklable. Each task has a folder for its temporary files, below
    ``within`` (the system's, where there is none), which goes with it however it ends. ``close()``
    ends what still runs.
    """

    jobs: int
    limits: Limits
    within: Path | None = None
    _running: dict[int, _Running] = field(default_factory=dict)
    _forked: int = 0
    _halfway: bool = False
    _scratch: tempfile.TemporaryDirectory[str] | None = None
    _second: second_process.SecondReader = field(default_factory=second_process.SecondReader)

    def close(self) -> None:
        """End all processes, whatever they do."""
        for key in list(self._running):
            self._remove(key)
        self._second.close()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def dismiss(self) -> None:
        """All tasks have ended, and none will follow."""
        self._second.dismiss()

    @property
    def idle(self) -> int:
        """How many cores are free. May be negative while a new task waits for a borrowed one."""
        return self.jobs - sum(1 + task.borrowed for task in self._running.values())

    @property
    def free(self) -> int:
        """How many tasks may be started now."""
        return self.jobs - len(self._running)

    def start(self, key: int, function: Callable[..., Any], *arguments: Any) -> None:
        """Start a task under a key of the caller's. Raises ``OSError`` (no temporary files)."""
        self._running[key] = self._fork(time.monotonic(), function, arguments)

    def _fork(
        self, started: float, function: Callable[..., Any], arguments: Sequence[Any]
    ) -> _Running:
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix=SCRATCH, dir=self.within)
        scratch = Path(self._scratch.name, str(self._forked))
        scratch.mkdir()
        self._forked += 1
        context = multiprocessing.get_context("forkserver")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_child, args=(theirs, self._second.address, scratch, function, arguments)
        )
        fork_server.warm_up()
        process.start()
        theirs.close()
        return _Running(process, ours, scratch, started)

    def completed(self, *, or_halfway: bool = False) -> Iterator[tuple[int, Done | Stopped]]:
        """Wait until tasks end, and yield them; nothing where none runs, nor, ``or_halfway``, where
        one has begun to go on in another process."""
        self._halfway = False
        while self._running and not (or_halfway and self._halfway):
            ended = list(self._look())
            if ended:
                yield from ended
                return

    def _look(self) -> Iterator[tuple[int, Done | Stopped]]:
        by_pipe = {task.pipe: key for key, task in self._running.items()}
        ready = wait(list(by_pipe), LOOK_EVERY)
        for pipe in ready:
            key = by_pipe[pipe]  # type: ignore[index]
            result = self._listen(key)
            if result is not None:
                yield key, result
        for key, task in list(self._running.items()):
            stopped = self._over(task)
            if stopped is not None:
                self._remove(key)
                yield key, stopped

    def _listen(self, key: int) -> Done | Stopped | None:
        task = self._running[key]
        try:
            message = task.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            task.process.join(1.0)
            return Stopped("crashed", self._remove(key))
        if isinstance(message, _Answer):
            self._remove(key)
            return Done(message.pickled)
        if isinstance(message, GoOn):
            return self._go_on(key, message)
        if isinstance(message, second_process.Wanted):
            if message.surely or len(self._running) < cores():
                self._second.get_ready()
            return None
        if isinstance(message, second_process.ReadBy):
            task.read_by = message.pid
            return None
        if isinstance(message, _Scans):
            task.scanned = message.pages
            return None
        granted = max(-task.borrowed, min(message.cores, max(self.idle, 0)))
        task.borrowed += granted
        with suppress(OSError):  # its end is noticed at the next look
            task.pipe.send(granted)
        return None

    def _go_on(self, key: int, work: GoOn) -> Stopped | None:
        before = self._running.pop(key)
        try:
            after = self._fork(before.started, work.function, work.arguments)
            self._halfway = True
            self._running[key] = replace(after, scanned=before.scanned)
        except OSError:  # no memory for a process, or no disk for its files
            return Stopped("crashed")
        finally:
            _end(before)
        return None

    def _over(self, task: _Running) -> Stopped | None:
        seconds = self.limits.within(task.scanned)
        if time.monotonic() - task.started > seconds:
            return Stopped("timeout", seconds=seconds)
        shared = task.borrowed > 0 or task.read_by is not None
        most = self.limits.memory
        if _resident(task.process.pid, task.read_by, most, shared=shared) > most:
            return Stopped("memory")
        return None

    def _remove(self, key: int) -> int | None:
        """End a task's processes, if they have not ended, and forget it. Its exit code."""
        return _end(self._running.pop(key))


def _end(task: _Running) -> int | None:
    """End a task's processes, if they have not ended. Its exit code."""
    pid = task.process.pid
    if pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)  # the pages' processes too
    if task.process.exitcode is None:
        with suppress(ProcessLookupError):
            task.process.kill()  # it has no group of its own yet
    task.process.join()
    code = task.process.exitcode
    task.process.close()
    task.pipe.close()
    shutil.rmtree(task.scratch, ignore_errors=True)
    return code


def _resident(pid: int | None, read_by: int | None, most: int, *, shared: bool) -> int:
    """Resident bytes of a task; where it ``shared`` its work, of its pages' processes and of the
    one that it is ``read_by`` too.

    Pages of memory that forked processes still share count once (the proportional set size). To
    tell which those are takes milliseconds, during which a process gets no memory: where all
    together are within ``most`` even counted twice, that is not asked.
    """
    import psutil

    try:
        process = psutil.Process(pid)
        if not shared:
            return int(process.memory_info().rss)
        family = [process, *process.children()]
    except psutil.Error:
        return 0  # it has ended; its pipe says how
    with suppress(psutil.Error):
        family += [psutil.Process(read_by)] if read_by is not None else []
    at_most = sum(map(_counted, family))
    return at_most if at_most <= most else sum(map(_proportional, family))


def _counted(process: psutil.Process) -> int:
    import psutil

    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _proportional(process: psutil.Process) -> int:
    import psutil

    try:
        return int(getattr(process.memory_full_info(), "pss", 0))
    except psutil.Error:
        return 0


def _child(
    pipe: Connection,
    second: str,
    scratch: Path,
    function: Callable[..., Any],
    arguments: Sequence[Any],
) -> None:
    """What the new process does. Its only words are its answer: it is mute otherwise."""
    os.setsid()  # interrupts of the terminal go to the parent alone
    fork_server.let_it_end()
    die_with_parent()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)  # that of its programs, too
    second_process.asking = second_process.Asking(second, pipe.send)
    limits.scans_ahead = lambda pages: pipe.send(_Scans(pages))
    answer = function(*arguments, _page_map(pipe))
    if not isinstance(answer, GoOn):
        answer = _Answer(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    pipe.send(answer)


def _page_map(pipe: Connection) -> PageMap:
    def borrow(cores: int) -> int:
        pipe.send(_Borrow(cores))
        granted: int = pipe.recv()
        return granted

    def give_back(cores: int) -> None:
        borrow(-cores)

    return ForkedPages(borrow, give_back)
