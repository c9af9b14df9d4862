"""Killed at any instant, or out of disk, an ingest leaves the old dataset or the new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cuadra.cli import app

ROOT = Path(__file__).parent.parent


def outcomes(folder: Path, scenario: str, count: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.killing", str(folder), scenario, str(count)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_safe(outcome: dict[str, Any]) -> None:
    assert outcome["torn"] == [], outcome  # every table and copy is of one state
    assert outcome["whole"], outcome  # all tables are of the same one
    assert outcome["goes_on"], outcome  # the next run ends where an undisturbed one does
    assert outcome["leftovers"] == [], outcome


def test_killed_at_any_touch_of_the_folder(tmp_path: Path) -> None:
    found = outcomes(tmp_path / "killing", "points", 9)
    assert len(found) >= 9
    for outcome in found:
        assert outcome["ended"] == 9
        assert_safe(outcome)
    assert {outcome["moved"] for outcome in found} == {False, True}


def test_killed_at_any_instant(tmp_path: Path) -> None:
    found = outcomes(tmp_path / "killing", "instants", 5)
    assert len(found) == 5
    for outcome in found:
        assert_safe(outcome)


def test_a_full_disk_leaves_the_old_dataset_and_the_next_run_goes_on(tmp_path: Path) -> None:
    found = outcomes(tmp_path / "killing", "full", 4)
    assert len(found) == 4
    for outcome in found:
        assert outcome["ended"] == 3  # an OSError, which the command line makes one line of
        assert_safe(outcome)


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_full_or_read_only_is_one_line_and_no_traceback(
    little_disk: Path, small_pdf: Path
) -> None:
    out = little_disk / "out"
    arguments = ["ingest", str(small_pdf), "--out", str(out), "--no-report"]
    full = CliRunner().invoke(app, arguments)
    assert full.exit_code == 1
    assert full.stderr.splitlines()[-1].startswith("error: no se pudo guardar: ")
    assert not (out / "cuadra.duckdb").exists()
    subprocess.run(["mount", "-o", "remount,size=64m", str(little_disk)], check=True)
    assert CliRunner().invoke(app, arguments).exit_code == 0
    before = (out / "cuadra.duckdb").read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(little_disk)], check=True)
    refused = CliRunner().invoke(app, [*arguments, "--force"])
    assert refused.exit_code == 2
    assert "no se puede escribir en esta carpeta" in refused.stderr
    assert (out / "cuadra.duckdb").read_bytes() == before
