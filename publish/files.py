"""Files that appear whole or not at all."""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import json
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

DATABASE_NAME = "cuadra.duckdb"
LOCK_NAME = ".cuadra.lock"
_BLOCK = 1 << 20


def database(directory: Path) -> Path:
    """The dataset's file in an output folder."""
    return directory / DATABASE_NAME


def beside(path: Path) -> Path:
    """Where the next version of a file is written: hidden, in the same folder (for the rename)."""
    return path.with_name(f".{path.name}.new")


def publish_file(path: Path) -> None:
    """Put the version written beside in the file's place; it is on the disk before it shows."""
    new = beside(path)
    sync(new)
    new.replace(path)


def sync(path: Path) -> None:
    """Wait until a file is on the disk; no time where it is already."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


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


class Holder(NamedTuple):
    """Who holds a folder's lock, by its own word; ``since`` is UTC in ISO 8601."""

    pid: int
    host: str
    since: str


_held: Counter[tuple[int, int]] = Counter()
"""Folders (device, inode) whose lock this process holds, and how many times over."""


@contextmanager
def writing(
    directory: Path, waiting: Callable[[Holder | None], None] = lambda _: None
) -> Iterator[None]:
    """Hold the folder's lock: two runs into one folder write one after the other.

    Within a process it may be held several times over. Where another process holds it, ``waiting``
    is called with its holder (``None`` if that cannot be told) before the wait begins. The system
    frees the lock when its process ends, however it ends. Raises ``OSError``.
    """
    status = directory.stat()
    key = (status.st_dev, status.st_ino)
    if _held[key]:
        with _counted(key):
            yield
        return
    with _locked(directory / LOCK_NAME, waiting) as lock:
        holder = Holder(os.getpid(), socket.gethostname(), _now())
        os.ftruncate(lock.fileno(), 0)
        os.pwrite(lock.fileno(), json.dumps(holder._asdict()).encode(), 0)
        with _counted(key):
            yield
        os.ftruncate(lock.fileno(), 0)


@contextmanager
def _counted(key: tuple[int, int]) -> Iterator[None]:
    _held[key] += 1
    try:
        yield
    finally:
        _held[key] -= 1


@contextmanager
def _locked(path: Path, waiting: Callable[[Holder | None], None]) -> Iterator[IO[bytes]]:
    told = False
    while True:
        with path.open("a+b") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    waiting(_holder(lock))
                    told = True
                fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_still(path, lock):
                yield lock
                return


def _is_still(path: Path, lock: IO[bytes]) -> bool:
    """Whether the file that was locked is the one that others would lock: it may be removed."""
    try:
        return path.stat().st_ino == os.fstat(lock.fileno()).st_ino
    except FileNotFoundError:
        return False


def _holder(lock: IO[bytes]) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(lock.fileno(), 1000, 0)))
    except (ValueError, TypeError):
        return None


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
