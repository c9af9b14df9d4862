"""``DIR/quarantine``: why each unreadable file was unreadable, one JSON file each.

An entry belongs to a path: reading the file there again replaces or removes it. It also tells the
next runs that the same content need not be tried again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from publish.files import publish_text

if TYPE_CHECKING:
    from cuadra.sources import Source

FOLDER = "quarantine"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One unreadable file. ``reason``: an ``UnreadableReason``, or ``internal`` for our own fault.

    ``sha256`` is null where not even the bytes could be read; ``page`` counts from 1.
    ``conditions`` is a digest of what the failure depends on beside the content; null where it may
    end otherwise the next time.
    """

    file_name: str
    source_uri: str
    sha256: str | None
    reason: str
    message_es: str
    message_en: str
    page: int | None
    conditions: str | None = None


def entry_path(directory: Path, source: Source) -> Path:
    """Where the entry of a file stands: its name, then a digest of its absolute path or URL."""
    whole = os.fsencode(source.resolve() if isinstance(source, Path) else str(source))
    name = quote(os.fsencode(source.name), safe=" ()[]")[:_LONGEST_NAME]
    return directory / FOLDER / f"{name}.{hashlib.sha256(whole).hexdigest()[:8]}.json"


def put(directory: Path, source: Source, entry: Entry) -> Path:
    """Write (or replace) the entry of a file. Raises ``OSError``."""
    path = entry_path(directory, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(entry), ensure_ascii=False, indent=2) + "\n"
    # What is no Unicode in a file's name (a lone surrogate) stands as JSON's own escape.
    publish_text(path, text.encode("utf-8", "backslashreplace").decode())
    return path


def entries(directory: Path) -> Iterator[Entry]:
    """The entries of an output folder, in the order of their names; what is none is left out."""
    for path in sorted((directory / FOLDER).glob("*.json")):
        with suppress(OSError, ValueError, TypeError):
            yield Entry(**json.loads(path.read_bytes()))


def release(directory: Path, source: Source) -> None:
    """Remove the entry of a file that can be read now; nothing happens where there is none."""
    entry_path(directory, source).unlink(missing_ok=True)
