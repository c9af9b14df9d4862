"""Data as classic scripts: what a page opened from ``file://`` can load on demand.

Chromium blocks ``fetch`` and ES modules there. A script hands over one JSON text, parsed as JSON:
nothing in it is ever code, whatever the documents contain.
"""

from __future__ import annotations

import json
from pathlib import Path

from publish.files import publish_text

_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        "'": "\\'",
        # Not needed inside a script file; they keep the data harmless wherever it is pasted.
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def script(name: str, data: object) -> str:
    """A classic script that hands ``data`` to the page under ``name``."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        f"cuadra.receive('{name.translate(_ESCAPES)}', JSON.parse('{text.translate(_ESCAPES)}'));\n"
    )


def write_if_changed(path: Path, text: str) -> bool:
    """Write a text file by rename unless it holds this text already; whether it was written."""
    content = text.encode("utf-8")
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    publish_text(path, text)
    return True
