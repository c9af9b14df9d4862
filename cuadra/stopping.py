"""Ctrl-C and a polite ``kill`` end a run in the same clean way."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cuadra.exit_status import INTERRUPTED, TERMINATED

_OF_DUCKDB = "Query interrupted"
"""What DuckDB's ``RuntimeError`` says where a signal's handler raised while it was at work."""


class Terminated(KeyboardInterrupt):
    """SIGTERM: what batch schedulers send before they kill."""


def status_of(interrupt: KeyboardInterrupt) -> int:
    """The exit status of a run that an interrupt ended."""
    return TERMINATED if isinstance(interrupt, Terminated) else INTERRUPTED


@contextmanager
def stopping() -> Iterator[None]:
    """While it lasts SIGTERM raises :class:`Terminated`, as SIGINT raises ``KeyboardInterrupt``,
    whatever was going on: DuckDB makes an error of its own of an interrupt, or swallows it.

    SIGINT stays ignored where it is, as for the background jobs of a shell.
    """
    came: list[KeyboardInterrupt] = []

    def stop(number: int, _: FrameType | None) -> None:
        came.append(Terminated() if number == signal.SIGTERM else KeyboardInterrupt())
        raise came[-1]

    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    taken = [each for each in before if before[each] is not signal.SIG_IGN]
    try:
        for each in taken:
            signal.signal(each, stop)
    except ValueError:  # not in the main thread, which alone gets signals
        yield
        return
    try:
        yield
        if came:
            raise came[-1]
    except RuntimeError as error:
        if came and str(error) == _OF_DUCKDB:
            raise came[-1] from None
        raise
    finally:
        for each in taken:
            signal.signal(each, before[each])


@contextmanager
def held_back() -> Iterator[None]:
    """While it lasts, SIGINT and SIGTERM do nothing; afterwards they do what they do otherwise.

    For what takes a moment and is to be done whole.
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
