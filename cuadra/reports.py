"""What became of each file: the rows of a run's log."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from cuadra.language import Text
from cuadra.sources import Source
from extract.pdf import told

Status = Literal["read", "known", "unreadable"]
"""``known``: stored by an earlier run, or another file of this run has the same content."""


class Failure(NamedTuple):
    """Why a document could not be read. ``page`` counts from 1."""

    reason: str
    problem: Text
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file. ``reason``, ``problem`` and ``page`` say why it was unreadable;
    where it was not ``tried`` in this run, an earlier one found that out.

    ``earlier_version`` is the reading version under which the document was stored before.
    """

    path: Source
    status: Status
    seconds: float
    sha256: str | None = None
    document_id: str | None = None
    family: str | None = None
    pages: int = 0
    indicators: int = 0
    values: int = 0
    findings: int = 0
    earlier_version: str | None = None
    reason: str = ""
    problem: Text | None = None
    page: int | None = None
    tried: bool = True


def unreadable(
    path: Source, failure: Failure, seconds: float, sha256: str | None, *, tried: bool = True
) -> Report:
    """The report of a failure; its messages begin with the path as it was given."""
    es, en = (f"{path}: {text.removeprefix(f'{told(path.name)}: ')}" for text in failure.problem)
    return Report(
        path,
        "unreadable",
        seconds,
        sha256=sha256,
        reason=failure.reason,
        problem=Text(es, en),
        page=failure.page,
        tried=tried,
    )


def not_ordinary() -> Failure:
    """The failure of a pipe or a device."""
    return Failure(
        "not_pdf",
        Text(
            "no es un archivo ordinario (¿tubería, dispositivo?); no se abre.",
            "is not an ordinary file (a pipe, a device?); it is not opened.",
        ),
    )


def not_readable(error: OSError) -> Failure:
    """The failure of a file that the system does not hand out."""
    reason = error.strerror or type(error).__name__
    return Failure(
        "not_readable", Text(f"no se puede leer ({reason}).", f"cannot be read ({reason}).")
    )


def changed() -> Failure:
    """The failure of a file that was written to while it was read."""
    return Failure(
        "changed",
        Text(
            "cambió mientras se leía; repita cuando esté completo.",
            "changed while it was read; repeat when it is complete.",
        ),
    )


def too_large(size: int, limit: int) -> Failure:
    """The failure of a file of more bytes than the limit."""
    return Failure(
        "too_large",
        Text(
            f"pesa {size:,} bytes, más que el límite de {limit:,} (--max-file-size).",
            f"has {size:,} bytes, more than the limit of {limit:,} (--max-file-size).",
        ),
    )


def other_version(found: str) -> Failure:
    """The failure of a worker that has another version of the program."""
    return Failure(
        "other_version",
        Text(
            f"el cluster tiene otra versión de cuadra (lectura {found}); iguálelas.",
            f"the cluster has another version of cuadra (reading {found}); make them the same.",
        ),
    )


def timeout(seconds: float) -> Failure:
    """The failure of a document whose reading took longer than the limit."""
    return Failure(
        "timeout",
        Text(
            f"no se terminó de leer en {seconds:g} s (--max-seconds); se detuvo.",
            f"was not read within {seconds:g} s (--max-seconds); it was stopped.",
        ),
    )


def memory(limit: int) -> Failure:
    """The failure of a document whose reading held more memory than the limit."""
    return Failure(
        "memory",
        Text(
            f"su lectura ocupó más de {limit // 1_000_000:,} MB (--max-memory); se detuvo.",
            f"reading it took more than {limit // 1_000_000:,} MB (--max-memory); it was stopped.",
        ),
    )


def crashed(exit_code: int | None) -> Failure:
    """The failure of a document that ended the process which read it."""
    import signal

    try:
        how = signal.Signals(-(exit_code or 0)).name
    except ValueError:
        how = f"{exit_code}"
    return Failure(
        "crashed",
        Text(
            f"su lectura terminó de golpe ({how}); el archivo puede estar dañado.",
            f"reading it ended abruptly ({how}); the file may be damaged.",
        ),
    )


def internal(error: Exception) -> Failure:
    """One line for an unforeseen error: what it was and which line of the program raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Failure(
        "internal",
        Text(
            f"error interno del programa, no del documento ({what}; {where}). "
            "Repórtelo, por favor.",
            f"internal error of the program, not of the document ({what}; {where}). "
            "Please report it.",
        ),
    )
