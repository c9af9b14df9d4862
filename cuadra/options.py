"""How documents are to be read: plain data that travels to other processes and machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extract.limits import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about the reading of every document.

    ``double_check`` has every ficha read by the second reader too; without it only those that the
    first reading, or the document's own arithmetic, leaves in doubt. ``passwords`` are tried in
    turn on an encrypted one; they are never printed.
    """

    limits: Limits = field(default_factory=Limits)
    double_check: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)


def passwords(file: Path) -> tuple[str, ...]:
    """The passwords of a file, one a line; spaces at their ends belong to them.

    Raises ``publish.errors.DatasetError`` when the file cannot be read; its message never quotes
    it.
    """
    from publish.errors import DatasetError

    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(
            f"{file}: no se puede leer como archivo de contraseñas (texto UTF-8).",
            f"{file}: cannot be read as a file of passwords (UTF-8 text).",
        ) from error
    return tuple(dict.fromkeys(line.removesuffix("\r") for line in lines if line.strip()))
