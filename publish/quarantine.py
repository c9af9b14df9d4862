"""``DIR/quarantine``: why each unreadable file was unreadable, one JSON file each.

An entry belongs to a path: reading the file there again replaces or removes it.
"""

from __future__ import annotations

import hashlib
import json
import os
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
    """

    file_name: str
    source_uri: str
    sha256: str | None
    reason: str
    message_es: str
    message_en: str
    page: int | None


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


def release(directory: Path, source: Source) -> None:
    """Remove the entry of a file that can be read now; nothing happens where there is none."""
    entry_path(directory, source).unlink(missing_ok=True)
