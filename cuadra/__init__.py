"""¿Cuadra? Reads the indicator tables of published programmes and checks that they add up.

>>> import cuadra
>>> document = cuadra.open("programa.pdf")             # doctest: +SKIP
>>> document.indicators, document.findings             # doctest: +SKIP
>>> document.frame("findings")                         # a pandas DataFrame  # doctest: +SKIP

``cuadra.load("out")`` gives the data frames of a dataset that ``cuadra ingest`` stored.
"""

from cuadra.api import Reading, load, open  # noqa: A004 - the name that users of pdfplumber know
from cuadra.version import READING_VERSION, __version__

__all__ = ["READING_VERSION", "Reading", "__version__", "load", "open"]
