"""Files that appear whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = ".cuadra.lock"
_BLOCK = 1 << 20


def beside(path: Path) -> Path:
    """Where the next version of a file is written: hidden, in the same folder (for the rename)."""
    return path.with_name(f".{path.name}.new")


def publish_file(path: Path) -> None:
    """Put the version written beside in the file's place; it is on the disk before it shows."""
    new = beside(path)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(path)


def publish_text(path: Path, text: str) -> None:
    """Write a text file (UTF-8) whole, by rename."""
    beside(path).write_text(text, encoding="utf-8", newline="\n")
    publish_file(path)


def digest(path: Path) -> str:
    """SHA-256 of a file as 64 hex digits. Raises ``OSError``."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            sha.update(block)
    return sha.hexdigest()


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Hold the folder's lock: two runs into one folder publish one after the other."""
    with (directory / LOCK_NAME).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
