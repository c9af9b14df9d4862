"""Stand-ins for what a document's process runs (``pipeline.WORK``); they travel to it by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cuadra import work
from cuadra.reports import Failure
from cuadra.work import Job, Work
from extract import limits
from extract.limits import PageMap
from normalize.schema import Dataset, Finding, Severity


def changed(change: Callable[[Dataset], None], job: Job, pages: PageMap) -> Work | Failure:
    """Read a document as usual, with its rows changed before they are laid out."""
    real = work.process

    def process(*arguments: Any, **options: Any) -> Dataset:
        dataset = real(*arguments, **options)
        change(dataset)
        return dataset

    work.process = process  # this process reads one document and ends
    return work.read_document(job, pages)


@dataclass(frozen=True)
class Found:
    """Every document has findings of these severities."""

    severities: tuple[Severity, ...]

    def __call__(self, job: Job, pages: PageMap) -> Work | Failure:
        return changed(self._replace, job, pages)

    def _replace(self, dataset: Dataset) -> None:
        document = dataset.documents[0]
        dataset.findings = [
            Finding(
                finding_id=f"f{document.document_id[1:9]}{number}",
                document_id=document.document_id,
                indicator_id="1.1",
                rule="CAL01",
                severity=severity,
                message_es="Línea [bold]larga[/bold] que no se corta. " * 6 + "\x1b[31mFin.",
                message_en="Message.",
                evidence="[]",
            )
            for number, severity in enumerate(self.severities)
        ]


def doubled(job: Job, pages: PageMap) -> Work | Failure:
    """Every indicator stands twice, which the store refuses."""

    def double(dataset: Dataset) -> None:
        dataset.indicators *= 2

    return changed(double, job, pages)


@dataclass(frozen=True)
class Noted:
    """Writes down which documents are read: one line of ``log`` each."""

    log: Path

    def __call__(self, job: Job, pages: PageMap) -> Work | Failure:
        with self.log.open("a") as log:
            log.write(f"{job.path}\n")
        return work.read_document(job, pages)


@dataclass(frozen=True)
class Slow:
    """As :class:`Noted`, and every document takes a while."""

    log: Path
    seconds: float

    def __call__(self, job: Job, pages: PageMap) -> Work | Failure:
        time.sleep(self.seconds)
        return Noted(self.log)(job, pages)


@dataclass(frozen=True)
class Harmed:
    """What happens to the process that reads the document of one name; others are read."""

    name: str
    harm: Callable[[], None]

    def __call__(self, job: Job, pages: PageMap) -> Work | Failure:
        if job.path.name == self.name:
            self.harm()
        return work.read_document(job, pages)


def raises() -> None:
    """An error that nobody foresaw, inside the reading."""

    def process(*_: Any, **__: Any) -> Dataset:
        raise ZeroDivisionError("nobody\nforesaw this")

    work.process = process


def aborts() -> None:
    """A crash of the interpreter, as a C library's assertion makes it."""
    os.abort()


def segfaults() -> None:
    """A read of address zero."""
    import ctypes

    ctypes.string_at(0)


def exits() -> None:
    """An end without an answer."""
    os._exit(3)


def hangs() -> None:
    """Never comes back, and is deaf to polite signals."""
    for polite in (signal.SIGTERM, signal.SIGINT):
        signal.signal(polite, signal.SIG_IGN)
    while True:
        time.sleep(60)


def explodes() -> None:
    """Takes memory without end (up to 4 GB, should nobody watch)."""
    hoard = []
    for _ in range(400):
        hoard.append(bytearray(os.urandom(1000) * 10_000))
        time.sleep(0.01)


def forks_and_hangs() -> None:
    """Leaves a process of its own behind that would outlive it."""
    if os.fork() == 0:
        time.sleep(300)
        os._exit(0)
    hangs()


def has_scans() -> None:
    """Takes three seconds, and says that OCR reads fifteen pages."""
    limits.scans_ahead(15)
    time.sleep(3)


def hangs_in_scans() -> None:
    """Says that OCR reads fifteen pages, and never comes back."""
    limits.scans_ahead(15)
    hangs()


def litters() -> None:
    """Leaves temporary files, its own and those of a program that it runs, and never comes back."""
    import subprocess
    import tempfile

    Path(tempfile.mkdtemp(prefix="litter-"), "page.png").write_bytes(b"picture")
    subprocess.run(["mktemp", "-t", "litter-XXXXXX"], check=True, capture_output=True)
    hangs()


@dataclass(frozen=True)
class PagesNoted:
    """Writes down which process was asked about which page: a line of ``log`` each."""

    log: Path

    def __call__(self, job: Job, pages: PageMap) -> Work | Failure:
        def noted(
            function: Callable[[int], Any], numbers: Sequence[int], *, dear: bool = False
        ) -> Iterable[Any]:
            return pages(partial(self._note, function), numbers, dear=dear)

        return work.read_document(job, noted)

    def _note(self, function: Callable[[int], Any], number: int) -> Any:
        with self.log.open("a") as log:
            log.write(f"{os.getpid()} {number}\n")
        return function(number)
