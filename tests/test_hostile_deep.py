"""More from the wild: each is read or refused with a reason, within its limits, the others done."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from cuadra import pipeline
from cuadra.collect import collect
from tests import hostile_deep
from tests.test_hostile import everything, run

SECONDS = 20.0
REFUSED = {
    "archive": {"not_pdf"},
    "junk-before": {"not_pdf"},
    "kids-only-itself": {"damaged", "page_failed"},
    "forms-multiplied": {"memory", "timeout"},
    "vast": {"too_large"},
    "device": {"not_pdf"},
    "socket": {"not_pdf"},
}
"""What must be refused, and the reasons for which it may be; all else may be read or refused."""
READ = {"annotations", "outlines-cycle", "box-reversed", "widths", "prev-itself", "no-numbers"}


def test_what_refers_to_itself_multiplies_or_claims_to_be_vast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = tmp_path / "pdf", tmp_path / "out"
    folder.mkdir()
    for name, content in hostile_deep.documents().items():
        (folder / f"{name}.pdf").write_bytes(content)
    with (folder / "vast.pdf").open("wb") as file:  # two gigabytes that take no room
        file.write(b"%PDF-1.7\n")
        file.truncate(2_000_000_000)
    (folder / "device.pdf").symlink_to("/dev/zero")
    monkeypatch.chdir(folder)  # the path of a socket may have a hundred characters
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.pdf")
    before = everything(tmp_path, out)
    files = sorted(folder.iterdir())
    limits = ("--max-seconds", SECONDS, "--max-memory", 900, "--max-inflated", 100)
    started = time.monotonic()
    status, logged, said = run(*files, "--out", out, *limits, "--jobs", 2, cwd=tmp_path)
    assert time.monotonic() - started < 8 * SECONDS
    assert (status, said) == (1, "")
    assert everything(tmp_path, out) == before
    became = {Path(line["path"]).stem: line for line in logged if line["event"] == "document"}
    assert set(became) == {path.stem for path in files}
    for name, line in became.items():
        reason = line.get("reason", "")
        assert reason != "internal", line
        assert reason in REFUSED.get(name, {reason}), line
        assert line["status"] == "read" or name not in READ, line
        if reason:
            assert line["message_es"].startswith(str(folder / name)) and line["message_en"]
            assert "Traceback" not in line["message_es"] and "\n" not in line["message_es"]
    # A folder is searched for what begins as a PDF: neither device nor socket is opened.
    status, logged, said = run(folder, "--out", out, *limits, cwd=tmp_path)
    names = {Path(line["path"]).stem for line in logged if line["event"] == "document"}
    assert names == set(became) - {"archive", "junk-before", "device", "socket"}


def test_a_file_that_is_gone_when_its_turn_comes_leaves_the_others_alone(
    small_pdf: Path, tmp_path: Path, dataset_dir: Path
) -> None:
    folder = tmp_path / "pdf"
    folder.mkdir()
    for name in ("ido.pdf", "queda.pdf"):
        (folder / name).write_bytes(small_pdf.read_bytes() + name.encode() + b"\n")
    files = collect([folder]).files
    (folder / "ido.pdf").unlink()
    done = pipeline.ingest(files, dataset_dir, force=False, listener=lambda _: None)
    assert [(each.status, each.reason) for each in done.reports] == [
        ("unreadable", "not_readable"),
        ("read", ""),
    ]
    assert "No such file" in str(done.reports[0].problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_may_not_be_searched_is_said_and_the_others_are_done(
    small_pdf: Path, tmp_path: Path
) -> None:
    closed = tmp_path / "cerrada"
    closed.mkdir()
    closed.chmod(0)
    try:
        found = collect([tmp_path, small_pdf])
    finally:
        closed.chmod(0o700)
    assert small_pdf in found.files
    assert any("cerrada" in str(each) for each in found.unsearchable)
