"""¿Cuadra? Reads the indicator tables of published programmes and checks that they add up.

>>> import cuadra
>>> document = cuadra.open("programa.pdf")             # doctest: +SKIP
>>> document.indicators, document.findings             # doctest: +SKIP
>>> document.frame("findings")                         # a pandas DataFrame  # doctest: +SKIP

``cuadra.load("out")`` gives the data frames of a dataset that ``cuadra ingest`` stored.
"""

from typing import TYPE_CHECKING, Any

from cuadra.version import READING_VERSION, __version__

if TYPE_CHECKING:
    from cuadra.api import Reading, load, open  # noqa: A004 - the name that pdfplumber's users know

__all__ = ["READING_VERSION", "Reading", "__version__", "load", "open"]


def __getattr__(name: str) -> Any:
    """The Python interface, imported when it is used: the command line imports this package too."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cuadra import api

    return getattr(api, name)
