"""Does the whole ingest of a programme take less time than its peers need for the tables alone?

Times whole processes, start to finish, on the same PDF in one run: ``cuadra ingest --no-report``,
from PDF to finished dataset; pdfplumber's ``extract_tables`` over all pages; camelot's lattice
over all pages; and pdfium's bare text of all pages, below which no reader can go. The runs
alternate, so that a busy moment of the machine falls on all alike; medians are compared. A first
round is not counted: it compiles the modules of all, as an installer does, wherever Python is told
not to keep them.

    python bench/whole_ingest.py [PDF] [--rounds 3]

Beside each ratio stands the goal that is set for it, whether it is reached or not. Exit status 1
when a run fails, or when a ratio is above what has been reached, with a margin for machines on
which much else runs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROGRAMME = Path(__file__).parent.parent / "samples" / "piimss-2020-2024.pdf"

PDFPLUMBER = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as document:
    for page in document.pages:
        page.extract_tables()
"""
CAMELOT = """
import sys, camelot
camelot.read_pdf(sys.argv[1], pages="all", flavor="lattice")
"""
PDFIUM = """
import sys, pypdfium2
for page in pypdfium2.PdfDocument(sys.argv[1]):
    page.get_textpage().get_text_range()
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A process to time. ``command`` takes the PDF and an empty folder of this run."""

    name: str
    package: str
    command: Callable[[Path, Path], list[str]]
    goal: float | None = None
    """The ratio of the ingest's time to this contender's that is aimed at."""
    at_most: float | None = None
    """The ratio above which something has become slower than it was."""


def python(program: str) -> Callable[[Path, Path], list[str]]:
    return lambda pdf, folder: [sys.executable, "-c", program, str(pdf)]


def ingest(pdf: Path, folder: Path) -> list[str]:
    cuadra = Path(sys.executable).parent / "cuadra"
    return [str(cuadra), "ingest", str(pdf), "--out", str(folder), "--no-report", "--jobs", "1"]


INGEST = Contender("cuadra ingest --no-report", "cuadra", ingest)
PEERS = (
    Contender("pdfplumber extract_tables", "pdfplumber", python(PDFPLUMBER), 0.2, at_most=0.5),
    Contender("camelot lattice", "camelot-py", python(CAMELOT), 0.1, at_most=0.2),
    Contender("pdfium text alone", "pypdfium2", python(PDFIUM), 10.0, at_most=20.0),
)


def installed(contender: Contender) -> str | None:
    """The version of the contender's package, or ``None``."""
    try:
        return version(contender.package)
    except PackageNotFoundError:
        return None


def seconds(contender: Contender, pdf: Path, compiled: Path) -> float:
    """Wall time of one process, which keeps its modules ``compiled`` in a folder.

    Raises ``CalledProcessError`` when it fails.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(compiled)
    with tempfile.TemporaryDirectory() as folder:
        command = contender.command(pdf, Path(folder))
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, text=True, env=kept)
        return time.perf_counter() - started


def measure(
    contenders: Sequence[Contender], pdf: Path, rounds: int
) -> dict[Contender, list[float]]:
    """The times of all, in alternating rounds. Raises ``CalledProcessError`` when one fails."""
    times: dict[Contender, list[float]] = {contender: [] for contender in contenders}
    with tempfile.TemporaryDirectory() as compiled:
        for counted in [False, *([True] * rounds)]:
            for contender in contenders:
                spent = seconds(contender, pdf, Path(compiled))
                if counted:
                    times[contender].append(spent)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pdf", nargs="?", type=Path, default=PROGRAMME)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()

    missing = [peer for peer in PEERS if installed(peer) is None]
    contenders = [INGEST, *(peer for peer in PEERS if peer not in missing)]
    try:
        times = measure(contenders, arguments.pdf, arguments.rounds)
    except subprocess.CalledProcessError as error:
        print(f"failed: {error.cmd}\n{error.stderr}", file=sys.stderr)
        return 1

    print(f"{(__doc__ or '').splitlines()[0]}\n")
    release = ".".join(map(str, sys.version_info[:3]))
    print(
        f"{arguments.pdf.name}, {os.cpu_count()} cores, Python {release}, "
        f"medians of {arguments.rounds} alternating runs of whole processes\n"
    )
    ours = statistics.median(times[INGEST])
    met = True
    for contender in contenders:
        name = f"{contender.name} ({contender.package} {installed(contender)})"
        theirs = statistics.median(times[contender])
        line = f"{name:<46}{theirs:>8.2f} s"
        ratio = ours / theirs
        if contender.goal is not None:
            reached = "reached" if ratio <= contender.goal else "not reached"
            line += f"   ingest: {ratio:.2f} of it (goal {contender.goal:g}: {reached})"
        if contender.at_most is not None and ratio > contender.at_most:
            met = False
            line += f", SLOWER than {contender.at_most:g}"
        print(line)
    for peer in missing:
        print(f"{peer.name}: {peer.package} is not installed, so it was not timed")
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
