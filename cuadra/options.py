"""How documents are to be read: plain data that travels to other processes and machines."""

from __future__ import annotations

from dataclasses import dataclass, field

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
