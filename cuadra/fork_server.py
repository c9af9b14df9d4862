"""The process from which those that read documents are forked, with the readers in its memory.

Nothing heavy is imported here: the sooner it is started, the more of its own start passes beside
that of the command.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver

PRELOAD = "cuadra.preload"


def warm_up() -> None:
    """Start the fork server, unless it runs: it imports the readers while the caller goes on."""
    forkserver.set_forkserver_preload([PRELOAD])
    with _deaf_to_interrupts():  # inherited: an interrupt is the parent's to handle
        forkserver.ensure_running()


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
