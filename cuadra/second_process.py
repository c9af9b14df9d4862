"""The second reader in a process of its own, which the documents of a run share.

camelot takes longer to load than to read a page, and most runs never need it. The first document in
doubt has the run start this process; it loads camelot once, and every reading is done by a process
forked from it, which ends with the document that asked. Where it cannot be reached, who asks reads
by itself.
"""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import signal
import socket
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Client, Connection
from multiprocessing.process import BaseProcess
from multiprocessing.util import get_temp_dir
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from cuadra import fork_server
from cuadra.forked import die_with_parent

if TYPE_CHECKING:
    from extract.template import Template
    from extract.types import RawFicha

AT_ONCE = 64
"""Documents that may wait until camelot is loaded."""


class Wanted(NamedTuple):
    """A document's message to its run: there may be, or ``surely`` is, something to read again."""

    surely: bool


class ReadBy(NamedTuple):
    """A document's message to its run: which process reads for it now; none any more."""

    pid: int | None


class Request(NamedTuple):
    """What to read again: the arguments of ``extract.camelot_reader.read_again``."""

    path: Path
    pages: tuple[int, ...]
    template: Template
    password: str | None


class SecondReader:
    """The run's side: a place where documents can ask, and the process behind it once it is wanted.

    ``close()`` ends it.
    """

    def __init__(self) -> None:
        self.address = f"{get_temp_dir()}/second-{uuid.uuid4().hex[:8]}"
        self._socket: socket.socket | None = socket.socket(socket.AF_UNIX)
        self._socket.bind(self.address)
        self._socket.listen(AT_ONCE)
        self._process: BaseProcess | None = None

    def get_ready(self) -> None:
        """Start the process, unless it has been started."""
        if self._socket is None:
            return
        self._process = get_context("forkserver").Process(target=_serve, args=(self._socket,))
        self._process.start()
        self._socket.close()  # where the process has ended, whoever asks is refused
        self._socket = None

    def dismiss(self) -> None:
        """End the process while the caller goes on: the system takes 15 ms to free its memory."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process and its place. What it forked ends with the documents that asked."""
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._socket = self._process = None
        Path(self.address).unlink(missing_ok=True)


@dataclass
class Asking:
    """A document's side. ``tell`` sends a message to the run."""

    address: str
    tell: Callable[[Wanted | ReadBy], None]
    told: Wanted | None = None

    def get_ready(self, *, surely: bool = True) -> None:
        """Have camelot loaded: there is something to read again, or there may be. Where there only
        may be, it is loaded on a core that has nothing else to do, or not at all."""
        if self.told is None or surely > self.told.surely:
            self.told = Wanted(surely)
            self.tell(self.told)

    def begin(self, request: Request) -> Begun:
        """Ask for a reading, and do not wait for it. Raises ``OSError`` where nobody listens."""
        self.get_ready()
        pipe = Client(self.address, "AF_UNIX")
        pipe.send(request)
        return Begun(request, pipe, self.tell)


@dataclass
class Begun:
    """A reading that was asked for."""

    request: Request
    _pipe: Connection
    _tell: Callable[[Wanted | ReadBy], None]

    def close(self) -> None:
        """Nobody waits for it any more."""
        self._pipe.close()

    def result(self) -> list[RawFicha] | Exception:
        """What ``extract.camelot_reader.read_again`` returns or raises.

        Raises ``OSError`` or ``EOFError`` where nobody answers.
        """
        with self._pipe as pipe:
            self._tell(ReadBy(pipe.recv()))
            answer: list[RawFicha] | Exception = pipe.recv()
        self._tell(ReadBy(None))
        return answer


asking: Asking | None = None
"""Whom this process asks; none where it reads by itself."""


def begin(request: Request) -> Begun | None:
    """Have something read again while this process goes on, where there is another one for it."""
    if asking is None:
        return None
    try:
        return asking.begin(request)
    except OSError:
        return None


def read_again(request: Request, begun: Begun | None = None) -> list[RawFicha]:
    """The fichas on some pages as camelot reads them: ``extract.camelot_reader.read_again``, in the
    run's second process where there is one; what was ``begun`` is taken if it is this."""
    if begun is not None and begun.request != request:
        begun.close()
        begun = None
    begun = begun or begin(request)
    answer: list[RawFicha] | Exception | None = None
    if begun is not None:
        with suppress(OSError, EOFError):
            answer = begun.result()
    if isinstance(answer, Exception):
        raise answer
    if answer is not None:
        return answer
    from extract import camelot_reader

    return camelot_reader.read_again(*request)


def _serve(place: socket.socket) -> None:
    """What the process does: load camelot, then fork a process for everyone that asks."""
    os.setsid()  # interrupts of the terminal go to the parent alone
    fork_server.let_it_end()
    die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are forked
    gc.disable()
    with suppress(Exception):  # whoever asks meets it again, and says so
        _load_camelot()
    gc.freeze()
    while True:
        asked, _ = place.accept()
        if os.fork() == 0:
            status = 1
            try:
                place.close()
                _answer(asked)
                status = 0
            finally:
                os._exit(status)
        asked.close()


class _Unread:
    """In the place of a ``pandas.DataFrame``: what camelot makes of each table."""

    def __init__(self, rows: Sequence[Sequence[str]] = ()) -> None:
        self.shape = len(rows), len(rows[0]) if rows else 0


def _load_camelot() -> None:
    """Import camelot without pandas, which takes as long to import as all the rest: camelot makes a
    data frame of each table besides, and asks of it only how large it is."""
    pandas = ModuleType("pandas")
    vars(pandas)["DataFrame"] = _Unread
    sys.modules["pandas"] = pandas
    import camelot  # noqa: F401


def _answer(asked: socket.socket) -> None:
    """Read for one document, as long as it lives."""
    die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    gc.enable()
    fd = asked.detach()
    with Connection(fd) as pipe:
        pipe.send(os.getpid())
        request = pipe.recv()
        with _ended_with(fd):
            answer = _reading(request)
        pipe.send_bytes(answer)


def _reading(request: Request) -> bytes:
    from extract.camelot_reader import read_again

    try:
        return pickle.dumps(read_again(*request))
    except Exception as error:
        try:
            return pickle.dumps(error)
        except Exception:  # errors of other people's libraries need not travel
            return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))


@contextmanager
def _ended_with(fd: int) -> Iterator[None]:
    """Meanwhile this process ends when the other end of a socket closes, whatever it does.

    The signal of a socket on which something happens (SIGIO) ends a process; nothing more comes.
    """
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    fcntl.fcntl(fd, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_ASYNC)
    yield
    fcntl.fcntl(fd, fcntl.F_SETFL, flags)
