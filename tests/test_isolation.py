"""Each document in a process of its own: what harms one leaves the others and the run alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pytest

from cuadra import pipeline, version
from cuadra.forked import ForkedPages, PageProcessDied
from cuadra.options import Options
from cuadra.reports import Report
from extract.limits import MEGABYTE, Limits
from extract.pdf import unreadable
from extract.types import UnreadableDocument
from publish import state
from tests import stand_ins
from tests.stand_ins import Harmed

LIMITS = Limits(seconds=20.0, memory=600 * MEGABYTE)


@pytest.fixture
def three(small_pdf: Path, tmp_path: Path) -> list[Path]:
    """Three documents of different bytes; the second is called ``malo.pdf``."""
    files = []
    for name in ("uno.pdf", "malo.pdf", "tres.pdf"):
        path = tmp_path / name
        path.write_bytes(small_pdf.read_bytes() + b"%" + name.encode() + b"\n")
        files.append(path)
    return files


def ingest(
    files: Sequence[Path], directory: Path, jobs: int = 2, limits: Limits = LIMITS
) -> list[Report]:
    return pipeline.ingest(
        files,
        directory,
        force=False,
        listener=lambda _: None,
        options=Options(limits),
        jobs=jobs,
    ).reports


def stored(directory: Path) -> list[str]:
    with duckdb.connect(str(directory / "cuadra.duckdb"), read_only=True) as connection:
        rows = connection.sql("SELECT file_name FROM documents ORDER BY ALL").fetchall()
    return [name for (name,) in rows]


@pytest.mark.parametrize(
    ("harm", "reason", "says"),
    [
        (stand_ins.aborts, "crashed", "SIGABRT"),
        (stand_ins.segfaults, "crashed", "SIGSEGV"),
        (stand_ins.exits, "crashed", "(3)"),
        (stand_ins.hangs, "timeout", "--max-seconds"),
        (stand_ins.forks_and_hangs, "timeout", "--max-seconds"),
        (stand_ins.explodes, "memory", "--max-memory"),
        (stand_ins.raises, "internal", "ZeroDivisionError: nobody"),
    ],
)
def test_a_document_that_harms_its_process_is_quarantined_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch,
    three: list[Path],
    dataset_dir: Path,
    harm: Callable[[], None],
    reason: str,
    says: str,
) -> None:
    monkeypatch.setattr(pipeline, "WORK", Harmed("malo.pdf", harm))
    limits = Limits(seconds=5.0, memory=LIMITS.memory) if reason == "timeout" else LIMITS
    before = set(psutil.Process().children(recursive=True))
    reports = ingest(three, dataset_dir, limits=limits)
    assert [report.status for report in reports] == ["read", "unreadable", "read"]
    assert stored(dataset_dir) == ["tres.pdf", "uno.pdf"]
    (entry,) = (dataset_dir / "quarantine").iterdir()
    told = json.loads(entry.read_text("utf-8"))
    assert told["reason"] == reason
    assert says in told["message_es"] and says in told["message_en"]
    assert str(three[1]) in told["message_es"]
    left = set(psutil.Process().children(recursive=True)) - before
    assert all("forkserver" in str(p.cmdline()) or "tracker" in str(p.cmdline()) for p in left)
    # What the document did once does not stay with it where the limits change, or it was no limit.
    monkeypatch.undo()
    limits = replace(LIMITS, seconds=21.0)
    reports = ingest(three, dataset_dir, limits=limits)
    assert [report.status for report in reports] == ["known", "read", "known"]
    assert list((dataset_dir / "quarantine").iterdir()) == []


def test_scanned_pages_are_given_more_time_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch, three: list[Path], dataset_dir: Path
) -> None:
    limits = replace(LIMITS, seconds=2.0)
    monkeypatch.setattr(pipeline, "WORK", Harmed("malo.pdf", stand_ins.hangs_in_scans))
    stopped = ingest(three[1:2], dataset_dir, limits=limits)[0]
    assert stopped.reason == "timeout"
    assert stopped.problem is not None and "no se terminó de leer en 4 s" in stopped.problem.es
    monkeypatch.setattr(pipeline, "WORK", Harmed("uno.pdf", stand_ins.has_scans))
    assert ingest(three[:1], dataset_dir, limits=limits)[0].status == "read"


def test_temporary_files_go_with_the_process_that_was_killed(
    monkeypatch: pytest.MonkeyPatch, three: list[Path], dataset_dir: Path
) -> None:
    monkeypatch.setattr(pipeline, "WORK", Harmed("malo.pdf", stand_ins.litters))
    limits = replace(LIMITS, seconds=3.0)
    assert [each.reason for each in ingest(three, dataset_dir, limits=limits)] == [
        "",
        "timeout",
        "",
    ]
    assert list(Path(tempfile.gettempdir()).glob("litter-*")) == []
    assert not any(left.is_dir() for left in (dataset_dir / ".state").iterdir())


def test_a_run_removes_the_temporary_files_of_one_that_was_killed(
    three: list[Path], dataset_dir: Path
) -> None:
    left = dataset_dir / ".state" / "cuadra-left"
    left.mkdir(parents=True)
    (left / "page.png").write_bytes(b"picture")
    ingest(three[:1], dataset_dir)
    assert not left.exists()


def test_what_cannot_be_read_is_not_tried_again_as_long_as_it_would_fail_again(
    monkeypatch: pytest.MonkeyPatch, three: list[Path], dataset_dir: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Noted(log))
    broken, copy = tmp_path / "roto.pdf", tmp_path / "copia.pdf"
    for path in (broken, copy):
        path.write_bytes(three[0].read_bytes()[:5000])

    def tried(*files: Path, **changed: Any) -> list[str]:
        log.write_text("")
        reports = ingest(files, dataset_dir, limits=replace(LIMITS, **changed))
        assert [report.reason for report in reports] == ["truncated"] * len(files)
        for report in reports:
            assert report.problem is not None
            assert report.problem.es.startswith(f"{report.path}: está incompleto")
        return [Path(line).name for line in log.read_text().splitlines()]

    assert tried(broken) == ["roto.pdf"]
    assert tried(broken) == []
    assert tried(copy, broken) == []
    assert tried(copy) == []
    assert len(list((dataset_dir / "quarantine").iterdir())) == 2
    assert tried(broken, pages=50) == ["roto.pdf"]
    monkeypatch.setattr(version, "READING_VERSION", "next")
    assert tried(broken, pages=50) == ["roto.pdf"]


def test_what_failed_by_our_fault_or_is_forced_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, three: list[Path], dataset_dir: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(pipeline, "WORK", Harmed("malo.pdf", stand_ins.raises))
    assert [each.reason for each in ingest(three[1:2], dataset_dir)] == ["internal"]
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Noted(log))  # the program was mended
    assert [each.status for each in ingest(three[1:2], dataset_dir)] == ["read"]
    three[0].write_bytes(three[0].read_bytes()[:5000])
    for force, times in ((False, 2), (False, 2), (True, 3)):
        pipeline.ingest(three[:1], dataset_dir, force=force, listener=lambda _: None)
        assert len(log.read_text().splitlines()) == times


def test_the_order_of_the_paths_decides_and_not_who_was_first(
    three: list[Path], tmp_path: Path
) -> None:
    tables = []
    for jobs in (1, 3):
        directory = tmp_path / f"out{jobs}"
        reports = ingest(three, directory, jobs=jobs)
        assert [report.path for report in reports] == three
        tables.append(
            {path.name: path.read_bytes() for path in sorted(directory.glob("dataset/*.csv"))}
        )
    assert tables[0] == tables[1]
    assert len(tables[0]) > 5


def test_the_same_content_is_read_once_also_when_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, three: list[Path], dataset_dir: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Noted(log))
    broken = three[0].read_bytes()[:5000]
    for name in ("roto-1.pdf", "roto-2.pdf"):
        (tmp_path / name).write_bytes(broken)
    copy = tmp_path / "copia.pdf"
    copy.write_bytes(three[0].read_bytes())
    files = [three[0], copy, tmp_path / "roto-1.pdf", tmp_path / "roto-2.pdf"]
    reports = ingest(files, dataset_dir)
    assert [report.status for report in reports] == ["read", "known", "unreadable", "unreadable"]
    assert sorted(log.read_text().splitlines()) == sorted(map(str, (files[0], files[2])))
    assert [report.reason for report in reports[2:]] == ["truncated"] * 2
    assert "roto-2.pdf" in str(reports[3].problem)


def test_a_file_that_changes_while_it_is_read_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, three: list[Path], dataset_dir: Path
) -> None:
    real = state.digest

    def digest(path: Path) -> str:
        before = real(path)
        if path.name == "malo.pdf":
            path.write_bytes(path.read_bytes() + b"%% more\n")
        return before

    monkeypatch.setattr(state, "digest", digest)
    reports = ingest(three, dataset_dir)
    assert [report.reason for report in reports] == ["", "changed", ""]


def test_too_large_too_long_and_too_much_inside(three: list[Path], dataset_dir: Path) -> None:
    size = three[0].stat().st_size
    for limits, reason in (
        (Limits(file_bytes=size - 1), "too_large"),
        (Limits(pages=1), "too_many_pages"),
        (Limits(inflated_bytes=1000), "inflates"),
    ):
        (report,) = ingest(three[:1], dataset_dir, limits=limits)
        assert report.reason == reason


PROGRAM = """
import sys
from pathlib import Path
from cuadra import pipeline
from cuadra.cli import app
from tests import stand_ins
pipeline.WORK = stand_ins.Harmed("malo.pdf", stand_ins.hangs)
app(sys.argv[1:], prog_name="cuadra")
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process_and_the_next_one_goes_on(
    three: list[Path], dataset_dir: Path, sent: signal.Signals
) -> None:
    arguments = ["ingest", three[0], three[1], three[2], "--out", dataset_dir, "--jobs", "2"]
    run = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parent.parent,
        # A shell's background jobs, these tests among them, may have interrupts ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stderr is not None
    first = run.stderr.readline()
    assert "uno.pdf" in first
    time.sleep(0.3)
    family = psutil.Process(run.pid).children(recursive=True)
    assert family
    run.send_signal(sent)
    _, rest = run.communicate(timeout=20)
    assert "Traceback" not in rest
    if sent != signal.SIGKILL:
        assert run.returncode == 128 + sent
        assert stored(dataset_dir) == ["uno.pdf"]
        last = json.loads((dataset_dir / ".state" / "last-run.json").read_bytes())
        assert (last["interrupted"], last["exit_status"]) == (True, 128 + sent)
        assert last["documents"] == {"read": 1, "known": 0, "unreadable": 0}
        assert (last["not_reached"], last["findings"]) == (2, {})
        assert set(last["seconds"]) == {"reading", "storing", "whole"}
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not alive
    reports = ingest(three, dataset_dir)
    assert [report.status for report in reports][1:] == ["read", "read"]
    assert stored(dataset_dir) == ["malo.pdf", "tres.pdf", "uno.pdf"]


def pages_of(cores: int) -> tuple[ForkedPages, list[int]]:
    """A page map that may borrow some cores, and what it borrowed and gave back."""
    moved: list[int] = []

    def borrow(wanted: int) -> int:
        granted = min(wanted, cores)
        moved.append(granted)
        return granted

    return ForkedPages(borrow, lambda count: moved.append(-count)), moved


def slow_square(number: int) -> tuple[int, int]:
    """Also says which process answered."""
    return number * number, os.getpid()


def test_pages_are_shared_among_the_cores_that_are_free_and_come_back_in_order() -> None:
    pages, moved = pages_of(3)
    answers = pages(slow_square, range(1, 101))
    assert [square for square, _ in answers] == [n * n for n in range(1, 101)]
    assert len({pid for _, pid in answers}) == 4
    assert moved == [3, -3]
    alone, moved = pages_of(0)
    assert {pid for _, pid in alone(slow_square, range(1, 101))} == {os.getpid()}
    few, moved = pages_of(3)
    assert {pid for _, pid in few(slow_square, range(1, 6))} == {os.getpid()}
    assert moved == []


def fails_on_the_multiples_of_seven(number: int) -> int:
    if number % 7 == 0:
        raise unreadable("page_failed", "a.pdf", number)
    return number


def test_of_pages_that_fail_the_first_one_is_told_whoever_read_it() -> None:
    for cores in (0, 1, 2, 3):
        with pytest.raises(UnreadableDocument) as caught:
            list(pages_of(cores)[0](fails_on_the_multiples_of_seven, range(1, 101)))
        assert (caught.value.page, caught.value.reason) == (7, "page_failed")


def dies_on_page_ninety(number: int) -> bytes:
    if number == 90:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"x" * 10_000


def test_a_page_that_ends_a_helping_process_is_noticed() -> None:
    with pytest.raises(PageProcessDied) as caught:
        pages_of(1)[0](dies_on_page_ninety, range(1, 101))
    assert os.WTERMSIG(caught.value.status) == signal.SIGKILL
