"""What one document may cost, and how its pages are shared out. Both come from the caller."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")

MEGABYTE = 1_000_000
OBJECTS = 500_000
"""New objects after which garbage is looked for: some 50 MB, were all of them garbage."""
PER_SCAN = 1 / 15
"""Part of its time that a document gets more for every page that is read by OCR."""


def _nobody(_: int) -> None:
    return


scans_ahead: Callable[[int], None] = _nobody
"""Is told how many pages OCR is going to read. A document's own process sets it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document; beyond them it is unreadable.

    ``seconds`` and ``memory`` (resident bytes) are watched from outside, by the process that
    started the reading; the others are the reader's own. Scans get more time, see ``within``.
    """

    seconds: float = 300.0
    memory: int = 2_000 * MEGABYTE
    pages: int = 3_000
    file_bytes: int = 500 * MEGABYTE
    inflated_bytes: int = 1_000 * MEGABYTE

    def within(self, scanned: int) -> float:
        """The seconds of a document of which OCR reads so many pages."""
        return self.seconds * (1 + scanned * PER_SCAN)


class PageMap(Protocol):
    """Asks something of several pages, in the order of their numbers.

    The function's answers travel between processes, so they are plain data (no handles of pdfium).
    What it raises is raised, that of the first page that fails. Answers may be given one by one,
    each page being read when it is its turn. ``dear``: a page takes seconds, as OCR does.
    """

    def __call__(
        self, function: Callable[[int], T], numbers: Sequence[int], *, dear: bool = False
    ) -> Iterable[T]: ...


def one_by_one(
    function: Callable[[int], T], numbers: Sequence[int], *, dear: bool = False
) -> Iterable[T]:
    """The :class:`PageMap` of a single process."""
    return map(function, numbers)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without a search for cyclic garbage meanwhile: a page is thousands of tuples and no cycle,
    and each few hundred of them would set off another search."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """With a search for cyclic garbage only after :data:`OBJECTS` more objects: a document is
    hundreds of thousands that stay until it is read, and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
