"""Calls of pdfium that are made for every character and every line of a page.

ctypes checks and converts each argument by pypdfium2's prototypes, which takes longer than most of
these functions do, and reads its own numbers slowly.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


def unchecked(function: Any, answer: Any = None) -> Any:
    """A function of ``pypdfium2.raw`` that takes its arguments as they are, and gives its answer as
    a type of ctypes if another than its own is told (``c_void_p``: a pointer as a mere address).

    They must be what C expects: handles that pdfium gave, ``int``, and the pointers of a
    :class:`Buffer`.
    """
    return _made(function.__name__, answer or function.restype)


@cache
def _made(name: str, answer: Any) -> Any:
    """The function of that name; made once, which takes as long as ten calls."""
    import pypdfium2.raw as pdfium

    prototype: Any = ctypes.CFUNCTYPE(answer)
    return prototype(ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value)


class Buffer:
    """A few numbers of one kind (``ctypes.c_float``, say) that pdfium writes.

    ``values`` are those that it wrote last; ``parts`` points to each, ``whole`` to all of them as
    one structure.
    """

    def __init__(self, kind: Any, count: int) -> None:
        numbers = (kind * count)()
        size = ctypes.sizeof(kind)
        self.values: memoryview[Any] = memoryview(numbers).cast("B").cast(kind._type_)
        self.parts = [ctypes.byref(numbers, at * size) for at in range(count)]
        self.whole = ctypes.byref(numbers)
