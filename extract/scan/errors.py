"""What goes wrong with the programs that read scans."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class OcrError(Exception):
    """A program of the OCR did not run, or not to its end."""

    def __init__(self, program: str, detail: str) -> None:
        super().__init__(program, detail)  # as it is made anew from, in another process
        self.message_es = f"el OCR no terminó ({program}: {detail})"
        self.message_en = f"the OCR did not finish ({program}: {detail})"


@contextmanager
def failures_of(program: str) -> Iterator[None]:
    """Whatever goes wrong in running a program becomes an :class:`OcrError`."""
    try:
        yield
    except subprocess.CalledProcessError as error:
        last = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
        raise OcrError(program, " ".join([f"estado {error.returncode}", *last])) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise OcrError(program, type(error).__name__) from error
