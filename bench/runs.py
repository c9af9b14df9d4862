"""Do two jobs halve the time, is a long run linear, and does one with nothing to do end at once?

Times whole runs of ``cuadra ingest --no-report``, each into an empty folder: the same programmes
with one job and with two; short programmes, all different, a few and many; and what the command
costs where there is nothing to read: ``--help``, and the same files again. The stages of a run are
those of its own summary.

    python bench/runs.py [--programmes 20] [--short 500]

Exit status 1 when a run fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from samples.fichas_reportlab import render  # noqa: E402

PROGRAMME = ROOT / "samples" / "piimss-2020-2024.pdf"
FICHAS = ROOT / "samples" / "sources" / "piimss-2020-2024.fichas.json"
SETTLED = 2.5
"""Seconds after which a file counts as one that nobody is writing."""


def copies(folder: Path, count: int) -> list[Path]:
    """The sample programme so many times over, each in bytes of its own."""
    folder.mkdir()
    paths = [folder / f"{number:03}.pdf" for number in range(count)]
    for path in paths:
        path.write_bytes(PROGRAMME.read_bytes() + b"%% " + path.name.encode() + b"\n")
    return paths


def short_programmes(folder: Path, count: int) -> list[Path]:
    """Programmes of one ficha, no two of the same words: every one has a name of its own."""
    folder.mkdir()
    fichas = json.loads(FICHAS.read_text(encoding="utf-8"))
    paths = [folder / f"{number:04}.pdf" for number in range(count)]
    for number, path in enumerate(paths):
        ficha = fichas[number % len(fichas)]
        render([{**ficha, "name": f"{ficha['name']} Serie {number}"}], path)
    return paths


def command(*arguments: object) -> float:
    """Seconds of a ``cuadra`` command. Raises ``CalledProcessError`` when it fails."""
    cuadra = Path(sys.executable).parent / "cuadra"
    started = time.perf_counter()
    subprocess.run([str(cuadra), *map(str, arguments)], check=True, capture_output=True, text=True)
    return time.perf_counter() - started


def ingest(paths: Sequence[Path], out: Path, jobs: int) -> dict[str, float]:
    """The seconds of a run's stages, and of the process that it was."""
    process = command("ingest", *paths, "--out", out, "--no-report", "--jobs", jobs)
    summary = json.loads((out / ".state" / "last-run.json").read_text(encoding="utf-8"))
    return {**summary["seconds"], "process": process}


def compare_jobs(folder: Path, count: int) -> None:
    paths = copies(folder / "programmes", count)
    one, two = (ingest(paths, folder / f"jobs-{jobs}", jobs) for jobs in (1, 2))
    ratio = one["process"] / two["process"]
    print(f"{count} programmes, one job   {one['process']:8.1f} s")
    print(f"{count} programmes, two jobs  {two['process']:8.1f} s   {ratio:.2f} times as fast")


def compare_lengths(folder: Path, most: int) -> None:
    paths = short_programmes(folder / "short", most)
    print(f"\nshort programmes of one ficha, {cores()} jobs")
    for count in sorted({max(most // 5, 1), most}):
        spent = ingest(paths[:count], folder / f"short-{count}", cores())
        stages = ", ".join(
            f"{stage} {spent[stage]:.1f}" for stage in ("reading", "storing", "export")
        )
        each = 1000 * spent["process"] / count
        print(f"{count:>6} documents {spent['process']:8.1f} s   {each:6.1f} ms each   ({stages})")


def compare_starts(folder: Path, rounds: int = 5) -> None:
    paths, out = copies(folder / "known", 1), folder / "start"
    time.sleep(SETTLED)
    ingest(paths, out, 1)
    ingest(paths, out, 1)
    bare = min(interpreter() for _ in range(rounds))
    helped = min(command("--help") for _ in range(rounds))
    again = min(ingest(paths, out, 1)["process"] for _ in range(rounds))
    print(f"\nPython that does nothing   {bare:8.2f} s")
    print(f"cuadra --help              {helped:8.2f} s")
    print(f"a run with nothing new     {again:8.2f} s")


def interpreter() -> float:
    """Seconds that the interpreter alone takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return time.perf_counter() - started


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--programmes", type=int, default=20)
    parser.add_argument("--short", type=int, default=500)
    arguments = parser.parse_args()
    print(f"{(__doc__ or '').splitlines()[0]}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            compare_jobs(folder, arguments.programmes)
            compare_lengths(folder, arguments.short)
            compare_starts(folder)
        except subprocess.CalledProcessError as error:
            print(f"failed: {error.cmd[:4]} …\n{error.stderr[-2000:]}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
