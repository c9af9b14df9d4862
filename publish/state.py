"""``DIR/.state``: what spares the next run work. All of it may be deleted at any time.

``files.json`` keeps the SHA-256 of files that a run has seen, by path. It holds as long as size,
times, inode and device of the file are the same.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from publish.files import digest, publish_text

FOLDER = ".state"
FILES_NAME = "files.json"

SETTLED = 2_000_000_000
"""Nanoseconds since its last change from which a file is trusted to show a further one in its
times: file systems keep them in steps of up to two seconds (FAT)."""


def scratch(directory: Path, prefix: str) -> Path:
    """The folder for the temporary files of the run that holds ``directory``.

    What a killed run left there, folders that begin with ``prefix``, is removed. Raises
    ``OSError``.
    """
    folder = directory / FOLDER
    folder.mkdir(exist_ok=True)
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    return folder


class Fingerprint(NamedTuple):
    """What tells a file from its changed self without reading it. Times in nanoseconds."""

    size: int
    modified: int
    changed: int
    device: int
    inode: int


def fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of a file, links followed. Raises ``OSError``."""
    status = path.stat()
    return Fingerprint(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_dev, status.st_ino
    )


class Files:
    """The digests that ``files.json`` of a folder keeps."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FOLDER / FILES_NAME
        self._kept: dict[str, list[object]] = _load(self._path)
        self._dirty = False

    def digest(self, path: Path) -> str:
        """SHA-256 of a file, which is read only if it may have changed. Raises ``OSError``."""
        known = self.unchanged(path)
        if known is not None:
            return known
        before = fingerprint(path)
        sha256 = digest(path)
        settled = time.time_ns() - max(before.modified, before.changed) > SETTLED
        if settled and before == fingerprint(path):
            self._kept[_key(path)] = [*before, sha256]
            self._dirty = True
        return sha256

    def unchanged(self, path: Path) -> str | None:
        """The kept SHA-256 of a file that has not changed since. Raises ``OSError``."""
        kept = self._kept.get(_key(path))
        if kept is not None and kept[:-1] == list(fingerprint(path)):
            return str(kept[-1])
        return None

    def is_unchanged(self, path: Path) -> bool:
        """Whether the digest of a file is kept and holds; never raises."""
        try:
            return self.unchanged(path) is not None
        except OSError:
            return False

    def save(self) -> None:
        """Replace ``files.json`` by what is known now; files that are gone are forgotten."""
        if not self._dirty:
            return
        there = {key: kept for key, kept in self._kept.items() if os.path.lexists(key)}
        self._path.parent.mkdir(exist_ok=True)
        publish_text(self._path, json.dumps(there))
        self._dirty = False


def _key(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links, at some cost)


def _load(path: Path) -> dict[str, list[object]]:
    """What was kept; nothing where there is nothing, or nothing that can be understood."""
    try:
        kept = json.loads(path.read_bytes())
        shape = len(Fingerprint._fields) + 1
        return {key: row for key, row in kept.items() if len(row) == shape}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
