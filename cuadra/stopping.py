"""Ctrl-C and a polite ``kill`` end a run in the same clean way."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cuadra.exit_status import INTERRUPTED, TERMINATED


class Terminated(KeyboardInterrupt):
    """SIGTERM: what batch schedulers send before they kill."""


def status_of(interrupt: KeyboardInterrupt) -> int:
    """The exit status of a run that an interrupt ended."""
    return TERMINATED if isinstance(interrupt, Terminated) else INTERRUPTED


@contextmanager
def stopping() -> Iterator[None]:
    """While it lasts SIGTERM raises :class:`Terminated`, as SIGINT raises ``KeyboardInterrupt``."""

    def terminate(_: int, __: FrameType | None) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, terminate)
    except ValueError:  # not in the main thread, which alone gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
