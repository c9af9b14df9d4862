"""Imported by the fork server: every document's process starts with these modules in its memory.

What reading needs is there before the first process is forked. The rest, which is as much again, is
imported while the first documents are being read: as long as nobody asks for a process.
"""

from __future__ import annotations

import gc
import selectors
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from selectors import SelectorKey
from typing import Any

READING = (
    "multiprocessing.connection",
    "pdfminer.pdfpage",
    "pypdfium2",
    "cuadra.isolation",
    "cuadra.work",
    "extract.reader",
)
CHECKING = (
    "pydantic.main",
    "normalize.schema",
    "normalize.records",
    "validate.comparison",
    "validate.series",
    "validate.notes_reading",
    "validate.claims.context",
    "validate.claims.indicators",
    "validate.engine",
    "publish.staging",
    "cuadra.summary",
)
"""In steps of some 20 ms: for so long one who asks for a process may have to wait."""


def _make_parser() -> None:
    from validate.formula.parse import parser

    parser()


def _do(*steps: Callable[[], object]) -> None:
    """Import modules without looking for garbage, of which they make none; and never look for it
    among them, so that the processes go on sharing these pages of memory."""
    gc.disable()
    for step in steps:
        step()
    gc.freeze()
    gc.enable()


_Waiting = selectors.DefaultSelector


class _Loading(_Waiting):
    """What the fork server waits with: it loads the rest while it has nothing to do.

    multiprocessing has no place to say so. It makes one selector, once all that it was told to
    import is imported, and that one is this.
    """

    def __init__(self) -> None:
        selectors.DefaultSelector = _Waiting  # type: ignore[misc]
        super().__init__()
        imports = (partial(import_module, name) for name in CHECKING)
        self._rest = deque[Callable[[], object]]([*imports, _make_parser])

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, Any]]:
        while self._rest:
            if ready := super().select(0):
                return ready
            with suppress(Exception):  # who needs it meets the error again, and says so
                _do(self._rest.popleft())
        return super().select(timeout)


_do(*(partial(import_module, name) for name in READING))
selectors.DefaultSelector = _Loading  # type: ignore[misc]
