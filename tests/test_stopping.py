"""Interrupts that wait until what is being done is done."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress

import duckdb
import pytest

from cuadra.stopping import Terminated, held_back, stopping


@pytest.fixture(autouse=True)
def _interrupts() -> Iterator[None]:
    """A shell's background jobs, these tests among them, may have interrupts ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("sent", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)]
)
def test_an_interrupt_that_is_held_back_is_raised_when_all_is_done(
    sent: signal.Signals, raised: type[KeyboardInterrupt]
) -> None:
    done = []
    with pytest.raises(raised) as caught, stopping(), held_back():
        signal.raise_signal(sent)
        done.append("all")
    assert (done, caught.type) == (["all"], raised)


@pytest.mark.parametrize(
    ("sent", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)]
)
def test_an_interrupt_of_a_query_is_told_as_what_it_is(
    sent: signal.Signals, raised: type[KeyboardInterrupt]
) -> None:
    long = "SELECT sum(i % 7) FROM range(300000000) r(i)"  # about a second
    sender = threading.Timer(0.1, os.kill, (os.getpid(), sent))
    with duckdb.connect() as connection, pytest.raises(raised) as caught, stopping():
        sender.start()
        connection.execute(long).fetchall()
    assert caught.type is raised


def test_an_error_without_an_interrupt_stays_one() -> None:
    with pytest.raises(RuntimeError, match="Query interrupted"), stopping():
        raise RuntimeError("Query interrupted")


def test_what_fails_meanwhile_gives_way_to_the_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        raise OSError("disk full")


def test_interrupts_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with suppress(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
