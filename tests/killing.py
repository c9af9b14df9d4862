"""Ingests that are killed, run out of disk, or may not write; and what they leave.

A program (``python -m tests.killing FOLDER SCENARIO``), since it forks itself for every ingest: a
fork costs milliseconds, a start of the interpreter half a second. It prints one JSON line each.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from cuadra import pipeline
from cuadra.reports import Failure
from cuadra.work import Job, Work
from normalize.schema import TABLES
from publish.columns import quoted
from publish.staging import Staged
from tests.publish_rows import document, staged

LETTERS = {"a.pdf": "a", "b.pdf": "b", "c.pdf": "c"}


class Canned:
    """A runner that reads nothing: what is stored is the subject here."""

    free = 1

    def __init__(self, *_: object) -> None:
        self._taken: list[tuple[int, Job]] = []

    def __enter__(self) -> Canned:
        return self

    def __exit__(self, *_: object) -> None: ...

    def warm_up(self) -> None: ...

    def dismiss(self) -> None: ...

    def stop(self) -> None: ...

    def submit(self, key: int, job: Job) -> None:
        self._taken.append((key, job))

    def completed(self) -> Iterator[tuple[int, Work | Failure]]:
        taken, self._taken = self._taken, []
        for key, job in taken:
            rows: Staged = staged(
                document(LETTERS[job.path.name]).model_copy(update={"sha256": job.sha256})
            )
            pickled = pickle.dumps(rows)
            yield key, Work(pickled, rows.document.document_id, "programa_derivado", 1, 1, 1, 1)


def ingest(directory: Path, names: str) -> None:
    """Ingest files of ``FOLDER/pdf``; one of them cannot be read."""
    folder = directory.parent / "pdf"
    files = [folder / name for name in names.split()]
    pipeline.LocalRunner = Canned  # type: ignore[assignment, misc]
    pipeline.STORE_EVERY = 1
    pipeline.ingest(files, directory, force=False, listener=lambda _: None)


def forked(work: Callable[[], None]) -> int:
    """Run in a forked process; its wait status. What it prints to stderr is not shown."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        work()
        status = 0
    except OSError:
        status = 3
    finally:
        os._exit(status)


def contents(directory: Path) -> dict[str, Any]:
    """All that readers see: every table of the database, and every copy's bytes."""
    seen: dict[str, Any] = {}
    database = directory / "cuadra.duckdb"
    if database.exists():
        with duckdb.connect(str(database), read_only=True) as connection:
            for model in TABLES:
                rows = connection.execute(f"FROM {quoted(model.table)} ORDER BY ALL").fetchall()
                seen[model.table] = repr(rows)
    for path in sorted((directory / "dataset").glob("*")):
        if not path.name.startswith("."):
            seen[f"dataset/{path.name}"] = path.read_bytes().hex()
    return seen


def seen(directory: Path) -> dict[str, Any]:
    """:func:`contents`, asked in a process of its own."""
    reading, writing = os.pipe()

    def tell() -> None:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            json.dump(contents(directory), pipe)

    pid = os.fork()
    if not pid:
        try:
            tell()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        result: dict[str, Any] = json.load(pipe)
    os.waitpid(pid, 0)
    return result


def leftovers(directory: Path) -> list[str]:
    """Files that a finished run should not leave."""
    return sorted(
        path.name for path in directory.rglob("*") if path.name.endswith((".new", ".wal", ".tmp"))
    )


EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.copyfile"}


def killing_at(point: int, directory: Path) -> list[int]:
    """Kill this process at its ``point``-th touch of a file below a folder; the count so far."""
    count = [0]
    inside = str(directory)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS and any(str(each).startswith(inside) for each in arguments[:2]):
            count[0] += 1
            if count[0] == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


class Stage:
    """The folders of one scenario: a dataset of ``a.pdf``, to which ``b.pdf`` and others come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "pdf").mkdir(parents=True)
        for name in LETTERS:
            (folder / "pdf" / name).write_bytes(b"%PDF-1.7 " + name.encode())
        assert forked(lambda: ingest(folder / "old", "a.pdf")) == 0
        steps = ("a.pdf b.pdf", "a.pdf b.pdf c.pdf")
        shutil.copytree(folder / "old", folder / "new")
        self.states = [seen(folder / "old")]
        for names in steps:
            assert forked(lambda names=names: ingest(folder / "new", names)) == 0  # type: ignore[misc]
            self.states.append(seen(folder / "new"))
        self.final = steps[-1]

    def fresh(self) -> Path:
        """A copy of the old dataset to work on."""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(self.folder / "old", work)
        return work

    def verdict(self, work: Path) -> dict[str, Any]:
        """Whether each thing in the folder is one of its whole states, then and after a run."""
        left = seen(work)
        torn = [
            name
            for name, content in left.items()
            if content not in [state.get(name) for state in self.states]
        ]
        tables = {name: left.get(name) for name in left if "/" not in name}
        whole = any(
            tables == {name: state[name] for name in state if "/" not in name}
            for state in self.states
        )
        status = forked(lambda: ingest(work, self.final))
        return {
            "torn": torn,
            "whole": whole,
            "moved": left != self.states[0],
            "goes_on": status == 0 and seen(work) == self.states[-1],
            "leftovers": leftovers(work),
        }


def at_points(stage: Stage, count: int) -> Iterator[dict[str, Any]]:
    """Killed at chosen touches of the folder, the first and the last among them."""
    reading, writing = os.pipe()
    work = stage.fresh()

    def dry() -> None:
        touched = killing_at(0, work)
        ingest(work, stage.final)
        os.write(writing, str(touched[0]).encode())

    assert forked(dry) == 0
    total = int(os.read(reading, 20))
    chance = random.Random(6)
    points = sorted({1, total, *chance.sample(range(1, total + 1), min(count, total))})
    for point in points:
        work = stage.fresh()

        def run(work: Path = work, point: int = point) -> None:
            killing_at(point, work)
            ingest(work, stage.final)

        status = forked(run)
        yield {"at": point, "of": total, "ended": status, **stage.verdict(work)}


def at_instants(stage: Stage, count: int) -> Iterator[dict[str, Any]]:
    """Killed from outside at seeded instants, in whatever it does then (DuckDB's writing too)."""
    work = stage.fresh()
    started = time.monotonic()
    forked(lambda: ingest(work, stage.final))
    usual = time.monotonic() - started
    chance = random.Random(7)
    for _ in range(count):
        work = stage.fresh()
        pid = os.fork()
        if not pid:
            try:
                ingest(work, stage.final)
            finally:
                os._exit(0)
        delay = chance.uniform(0, usual)
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        yield {"at": round(delay, 4), **stage.verdict(work)}


def with_full_disk(stage: Stage, count: int) -> Iterator[dict[str, Any]]:
    """No file may grow beyond some size: writing fails as on a full disk, here and in DuckDB."""
    largest = max(path.stat().st_size for path in (stage.folder / "new").rglob("*"))
    for number in range(count):
        work = stage.fresh()
        limit = 1000 + largest * number // count

        def run(work: Path = work, limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            ingest(work, stage.final)

        yield {"at": limit, "ended": forked(run) >> 8, **stage.verdict(work)}


SCENARIOS = {"points": at_points, "instants": at_instants, "full": with_full_disk}


def main() -> None:
    folder, scenario, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for outcome in SCENARIOS[scenario](Stage(folder), count):
        print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    main()
