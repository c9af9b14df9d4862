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


@contextmanager
def held_back() -> Iterator[None]:
    """While it lasts, SIGINT and SIGTERM do nothing; afterwards they do what they do otherwise.

    For what takes a moment and is to be done whole. DuckDB makes an error of its own of an
    interrupt (``RuntimeError: Query interrupted``), which does not tell one from the other.
    """
    came: list[int] = []
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        for each in before:
            signal.signal(each, lambda number, _: came.append(number))
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in came[:1]:
            signal.raise_signal(number)
