"""``cuadra``, as a command and as ``python -m cuadra``.

A run that surely has documents to read starts the fork server before all else: its start takes
longer than all that the command does before the first document.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def will_read(arguments: Sequence[str]) -> bool:
    """Whether a command line surely means to read documents on this machine.

    One into a folder that holds something may have nothing new; it finds out by itself.
    """
    if not arguments or {"--help", "--dask"} & {each.partition("=")[0] for each in arguments}:
        return False
    if arguments[0] != "ingest":
        return arguments[0] == "audit"
    for before, each in zip(("", *arguments), arguments, strict=False):
        name, equals, value = each.partition("=")
        if before == "--out" or (name == "--out" and equals):
            return _is_empty(Path(value or each))
    return False


def _is_empty(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False


def main() -> None:
    """Entry point."""
    if will_read(sys.argv[1:]):
        from cuadra.fork_server import warm_up

        warm_up()
    from cuadra.cli import main as command_line

    try:
        command_line()
    except SystemExit as end:
        _end_at_once(end.code)
        raise


def _end_at_once(status: object) -> None:
    """End this process, unless something is left to be said, without taking down its modules.

    Nobody needs them any more, and it took 60 to 100 ms: DuckDB, pydantic and all models. What
    libraries do at exit is done.
    """
    if status is not None and not isinstance(status, int):
        return  # a message that the interpreter prints
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError:
        return  # the interpreter says what the output's end says
    os._exit(status or 0)


if __name__ == "__main__":
    main()
