"""Documents on shared storage: any URL that fsspec understands (extra ``dask``).

A remote document is hashed by the run and fetched by the process that reads it, on whichever
machine that is.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::[A-Za-z][A-Za-z0-9+.-]+)*://")
_BLOCK = 1 << 20
_MAGIC = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Remote:
    """A document by its URL; it prints as that."""

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of the URL's path."""
        return self.url.rstrip("/").rpartition("/")[2]


Source = Path | Remote


class NoFsspec(Exception):
    """A URL was given and the extra ``dask``, which brings fsspec, is not installed."""


def source(text: str) -> Source:
    """What a PATH of the command line means."""
    return Remote(text) if _URL.match(text) else Path(text)


def expand(remote: Remote) -> list[Remote] | None:
    """The documents that a URL means: itself, or the PDFs below a folder; ``None`` if it is not
    there. Raises ``OSError`` or :class:`NoFsspec`."""
    system, path = _system(remote)
    try:
        if not system.exists(path):
            return None
        if not system.isdir(path):
            return [remote]
        found = [Remote(system.unstrip_protocol(each)) for each in sorted(system.find(path))]
        return [each for each in found if begins_as_pdf(each)]
    except (ValueError, ImportError) as error:
        raise OSError(str(error)) from error


def begins_as_pdf(remote: Remote) -> bool:
    """Whether the document begins with ``%PDF-``."""
    with _open(remote) as file:
        return bool(file.read(len(_MAGIC)) == _MAGIC)


def size(remote: Remote) -> int:
    """Bytes of a remote document; 0 where the storage does not say. Raises ``OSError``."""
    system, path = _system(remote)
    return int(system.size(path) or 0)


def digest(remote: Remote) -> str:
    """SHA-256 of a remote document. Raises ``OSError``."""
    sha = hashlib.sha256()
    with _open(remote) as file:
        while block := file.read(_BLOCK):
            sha.update(block)
    return sha.hexdigest()


@contextmanager
def fetched(remote: Remote, limit: int) -> Iterator[Path]:
    """A local copy of a remote document, of at most ``limit`` bytes, removed at the end.

    Raises ``OSError``.
    """
    with tempfile.TemporaryDirectory(prefix="cuadra-") as here:
        path = Path(here, local_name(remote.name))
        with _open(remote) as file, path.open("wb") as copy:
            while (block := file.read(_BLOCK)) and copy.tell() <= limit:
                copy.write(block)
        yield path


def local_name(name: str) -> str:
    """A file name for a copy: the document's own, where a file can have it."""
    fits = name not in ("", ".", "..") and len(name.encode(errors="surrogateescape")) <= 200
    return name if fits and not set(name) & {"/", "\0"} else "document.pdf"


@contextmanager
def _open(remote: Remote) -> Iterator[Any]:
    system, path = _system(remote)
    with system.open(path, "rb") as file:
        yield file


def _system(remote: Remote) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise NoFsspec from error
    try:
        system, path = fsspec.core.url_to_fs(remote.url)
    except (ValueError, ImportError) as error:  # an unknown protocol, or one whose driver lacks
        raise OSError(str(error)) from error
    return system, str(path)
