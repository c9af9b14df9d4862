"""What is started before anything else, and what is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cuadra.__main__ import will_read


@pytest.mark.parametrize(
    "line",
    [
        "ingest a.pdf --out {new}",
        "ingest --out={new} a.pdf --jobs 1",
        "ingest a.pdf --out {empty}",
        "audit a.pdf",
    ],
)
def test_a_run_that_surely_reads_starts_the_fork_server_first(line: str, tmp_path: Path) -> None:
    assert will_read(filled(line, tmp_path))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--help",
        "ingest --help",
        "ingest a.pdf --out {new} --help",
        "ingest a.pdf --out {full}",
        "ingest a.pdf --out={full}",
        "ingest a.pdf --out {file}",
        "ingest a.pdf --out",
        "ingest a.pdf --out {new} --dask tcp://here:1",
        "ingest a.pdf --out {new} --dask=tcp://here:1",
        "report --out {new}",
        "rules CAL01",
    ],
)
def test_a_run_that_may_have_nothing_to_read_does_not(line: str, tmp_path: Path) -> None:
    assert not will_read(filled(line, tmp_path))


def filled(line: str, folder: Path) -> list[str]:
    empty, full, file = folder / "empty", folder / "full", folder / "file"
    empty.mkdir()
    full.mkdir()
    (full / "cuadra.duckdb").touch()
    file.touch()
    return line.format(new=folder / "new", empty=empty, full=full, file=file).split()


def test_what_starts_the_fork_server_imports_neither_the_command_line_nor_readers() -> None:
    heavy = "typer pydantic duckdb pypdfium2 pandas extract normalize cuadra.cli cuadra.api"
    program = (
        f"import sys, cuadra.fork_server; print(sorted(set({heavy.split()}) & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"


def test_what_reads_imports_neither_models_nor_rules_which_are_loaded_meanwhile() -> None:
    heavy = "pydantic duckdb pandas normalize.schema validate publish.staging"
    program = f"import sys, extract.reader; print(sorted(set({heavy.split()}) & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(("line", "status"), [("rules CAL01", 0), ("rules CAL99", 2)])
def test_a_command_ends_with_its_status_having_said_all_and_done_what_is_done_at_exit(
    line: str, status: int
) -> None:
    program = (
        "import atexit, sys; from cuadra.__main__ import main; "
        "atexit.register(print, 'at exit'); "
        f"sys.argv = ['cuadra', *{line.split()}]; main()"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    *said, last = ended.stdout.splitlines()
    assert (ended.returncode, last) == (status, "at exit")
    assert bool(said) == (status == 0)
    assert bool(ended.stderr) == (status != 0)
