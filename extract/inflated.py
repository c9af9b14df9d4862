"""How large a PDF's streams become: a few bytes may stand for gigabytes.

Counted without keeping anything. Deflated streams are looked at (7.4.4 of ISO 32000-2), also such
as are deflated several times over; images are left aside, since reading text does not unpack them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

HIGHEST_RATIO = 1032
"""One deflated byte stands for at most 1,032 (zlib.net, "Maximum Compression Factor")."""

_DICTIONARY = 4096
"""Bytes before a stream among which its dictionary is looked for."""
_DEEPEST = 8
"""How many filters of one stream are followed."""
_CHUNK = 1 << 16
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_FIRST_FILTER = re.compile(rb"/(?:Filter|F)\s*\[?\s*/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")


def inflates_beyond(data: bytes, limit: int) -> bool:
    """Whether the deflated streams of a file come to more than ``limit`` bytes altogether."""
    streams = list(_streams(data))
    if len(data) * HIGHEST_RATIO <= limit and all(depth == 1 for _, depth in streams):
        return False
    left = limit
    for start, depth in streams:
        left -= _inflated(data, start, depth, left)
        if left < 0:
            return True
    return False


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each deflated stream begins, and how many times it is deflated."""
    for match in _STREAM.finditer(data):
        if data.endswith(b"end", 0, match.start()):
            continue  # asked here: the expression begins with letters, which are found fast
        begin = max(0, match.start() - _DICTIONARY)
        dictionary = data[max(begin, data.rfind(b"obj", begin, match.start())) : match.start()]
        if _FIRST_FILTER.search(dictionary) and not _IMAGE.search(dictionary):
            yield match.end(), min(len(_FLATE.findall(dictionary)), _DEEPEST)


def _inflated(data: bytes, start: int, depth: int, enough: int) -> int:
    """The bytes of a stream, inflated; counting ends soon after ``enough``."""
    total = 0
    chunks: Iterator[bytes] = (data[at : at + _CHUNK] for at in range(start, len(data), _CHUNK))
    for _ in range(depth):
        chunks = _inflate(chunks)
    try:
        for chunk in chunks:
            total += len(chunk)
            if total > enough:
                break
    except zlib.error:
        pass  # encrypted or broken: what it holds goes no further
    return total


def _inflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for chunk in chunks:
        rest = chunk
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
        if inflater.eof:
            return
