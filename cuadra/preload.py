"""Imported once by the fork server: every document's process starts with it in memory."""

from __future__ import annotations

import gc
from importlib import import_module

PRELOADED = (
    "multiprocessing.connection",
    "pdfminer.pdfpage",
    "pypdfium2",
    "cuadra.isolation",
    "cuadra.work",
    "extract.reader",
    "normalize.records",
    "publish.staging",
    "validate.engine",
)


def _preload() -> None:
    """Import all, without looking for garbage, of which modules make none; and never look for it
    among them, so that the processes go on sharing these pages of memory."""
    gc.disable()
    for name in PRELOADED:
        import_module(name)
    gc.freeze()
    gc.enable()


_preload()
