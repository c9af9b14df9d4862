"""The process from which those that read documents are forked, with the readers in its memory.

Nothing heavy is imported here: the sooner it is started, the more of its own start passes beside
that of the command.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import forkserver, util

PRELOAD = "cuadra.preload"


def warm_up() -> None:
    """Start the fork server, unless it runs: it imports the readers while the caller goes on."""
    forkserver.set_forkserver_preload([PRELOAD])
    with _deaf_to_interrupts():  # inherited: an interrupt is the parent's to handle
        forkserver.ensure_running()


def warm_up_first_of_all() -> None:
    """:func:`warm_up` in a process that has done nothing yet: one thread, few modules, no output.

    The server is forked from it, and multiprocessing's tracker too: an interpreter of their own
    takes each 40 ms to start, of which the one has the first document wait, and both a core.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        warm_up()
        return
    starting = vars(util)
    usual = starting["spawnv_passfds"]
    starting["spawnv_passfds"] = _fork
    try:
        warm_up()
    finally:
        starting["spawnv_passfds"] = usual


def _fork(_: object, arguments: Sequence[str], fds: Iterable[int]) -> int:
    """In the place of ``multiprocessing.util.spawnv_passfds``, for ``python -c PROGRAM``."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        kept = sorted({0, 1, 2, *fds})
        for below, above in pairwise([*kept, os.sysconf("SC_OPEN_MAX")]):
            os.closerange(below + 1, above)
        vars(forkserver)["_forkserver"].__init__()  # that of a process that has started none
        exec(arguments[-1], {"__name__": "__main__"})
        status = 0
    except SystemExit:  # how the server ends
        status = 0
    finally:
        os._exit(status)  # nothing of what the parent does in the end is done here


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone sets handlers
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def let_it_end() -> None:
    """In a child: let go of the server's life.

    It outlives a killed run as long as a child holds this end of its pipe (there is no public way
    to let go of it); when the server ends, so do its children.
    """
    held = getattr(forkserver._forkserver, "_forkserver_alive_fd", None)
    if held is not None:
        os.close(held)
