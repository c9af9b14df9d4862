"""Ctrl-C and a polite ``kill`` end a run in the same clean way."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Terminated(KeyboardInterrupt):
    """SIGTERM: what batch schedulers send before they kill."""


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
