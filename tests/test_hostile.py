"""Files from the wild: no traceback, no end past the limit, nothing outside DIR, a clear reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests import hostile

SECONDS = 20.0
REFUSED = {
    "bomb": {"inflates"},
    "bomb-twice": {"inflates"},
    "pages-100000": {"too_many_pages"},
    "count-lies": {"too_many_pages", "damaged", ""},
    "html": {"not_pdf"},
    "nothing": {"empty"},
    "root-missing": {"damaged"},
    "pages-missing": {"damaged"},
    "encrypt-nonsense": {"encrypted", "damaged"},
    "xref-past-the-end": {"truncated"},
}
"""What must be refused, and the reasons for which it may be; all else may be read or refused."""
READ = {"simple", "metres-5", "script-and-attachment", "length-lies", "xref-garbage", "glyphs"}


def run(*arguments: object, cwd: Path) -> tuple[int, list[dict[str, Any]], str]:
    """Exit status, the JSON lines of the log, and all else that was said."""
    command = [sys.executable, "-m", "cuadra", "ingest", *map(str, arguments), "--no-report"]
    done = subprocess.run(
        [*command, "--log-format", "json"], capture_output=True, text=True, cwd=cwd, check=False
    )
    lines = done.stderr.splitlines()
    logged = [json.loads(line) for line in lines if line.startswith("{")]
    return done.returncode, logged, "\n".join(line for line in lines if not line.startswith("{"))


def everything(folder: Path, but: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if but not in (path, *path.parents)}


def test_hostile_documents_are_read_or_refused_with_a_reason(tmp_path: Path) -> None:
    folder, out = tmp_path / "pdf", tmp_path / "out"
    folder.mkdir()
    written = hostile.write(folder)
    for name, password in (("empty-password", ""), ("password", "clave")):
        written[name] = folder / f"{name}.pdf"
        encryption = StandardEncryption(password, ownerPassword="dueño")
        canvas = Canvas(str(written[name]), encrypt=encryption)
        canvas.drawString(72, 700, "Texto")
        canvas.save()
    before = everything(tmp_path, out)
    limits = ("--max-seconds", SECONDS, "--max-memory", 900, "--max-inflated", 100)
    started = time.monotonic()
    # Bombs that nobody can count, and millions of marks, are stopped by the other limits.
    status, logged, said = run(*written.values(), "--out", out, *limits, "--jobs", 2, cwd=tmp_path)
    assert time.monotonic() - started < 8 * SECONDS
    assert (status, said) == (1, "")
    assert everything(tmp_path, out) == before
    became = {Path(line["path"]).stem: line for line in logged if line["event"] == "document"}
    assert set(became) == set(written)
    expected = {**REFUSED, "password": {"encrypted"}}
    for name, line in became.items():
        reason = line.get("reason", "")
        assert reason != "internal", line
        assert reason in expected.get(name, {reason}), line
        assert line["status"] == "read" or name not in READ | {"empty-password"}, line
        if reason:
            assert line["message_es"].startswith(str(written[name])) and line["message_en"]
            assert "Traceback" not in line["message_es"] and "\n" not in line["message_es"]
    quarantined = list((out / "quarantine").iterdir())
    assert len(quarantined) == sum(line["status"] == "unreadable" for line in became.values())
    with duckdb.connect(str(out / "cuadra.duckdb"), read_only=True) as connection:
        rows = connection.sql("SELECT count(*) FROM documents WHERE family = 'otra'").fetchall()
    assert rows == [(sum(line["status"] == "read" for line in became.values()),)]


def test_hostile_names_links_and_things_that_are_no_files(tmp_path: Path) -> None:
    folder, out, cwd = tmp_path / "pdf", tmp_path / "out", tmp_path / "cwd"
    folder.mkdir()
    cwd.mkdir()
    bad = b"%PDF-1.7 roto"
    names = ("salto\nde línea", "..%2f..%2ffuera", "\x1b[2J", "a" * 251, "-x")
    for number, name in enumerate(f"{name}.pdf" for name in names):
        (folder / name).write_bytes(bad + b"%d" % number)
    (folder / os.fsdecode(b"latin\xf1.pdf")).write_bytes(bad + b"latin")
    deep = folder
    while len(str(deep)) < 3700:
        deep = deep / ("d" * 200)
    deep.mkdir(parents=True)
    (deep / "hondo.pdf").write_bytes(bad + b"hondo")
    (folder / "carpeta.pdf").mkdir()
    (folder / "carpeta.pdf" / "dentro.pdf").write_bytes(bad + b"dentro")
    (folder / "enlace.pdf").symlink_to(folder / "-x.pdf")
    (folder / "roto.pdf").symlink_to(folder / "no-existe.pdf")
    (folder / "ciclo.pdf").symlink_to(folder / "ciclo.pdf")
    (folder / "arriba").symlink_to("..", target_is_directory=True)
    os.mkfifo(folder / "tubo.pdf")
    before = everything(tmp_path, out)
    started = time.monotonic()
    status, logged, said = run(folder, folder / "tubo.pdf", "/dev/zero", "--out", out, cwd=cwd)
    assert time.monotonic() - started < 60
    assert (status, said) == (1, "")
    assert everything(tmp_path, out) == before
    documents = [line for line in logged if line["event"] == "document"]
    reasons = [line["reason"] for line in documents]
    assert sorted(reasons) == ["not_pdf"] * 2 + ["truncated"] * 8
    assert len(list((out / "quarantine").iterdir())) == len(documents)
    for entry in (out / "quarantine").iterdir():
        assert json.loads(entry.read_text("utf-8"))["reason"] in reasons
    text = subprocess.run(
        [sys.executable, "-m", "cuadra", "ingest", str(folder), "--out", str(out), "--no-report"],
        capture_output=True,
        cwd=cwd,
        check=False,
    )
    assert b"Traceback" not in text.stderr and b"\x1b" not in text.stderr
    assert len(text.stderr.decode().splitlines()) == len(documents) - 2


def test_a_readable_document_of_an_unreadable_name_is_read(small_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xf1o 2024.pdf")
    path.write_bytes(small_pdf.read_bytes())
    status, logged, said = run(path, "--out", tmp_path / "out", cwd=tmp_path)
    assert (status, said, logged[0]["status"]) == (0, "", "read")
    with duckdb.connect(str(tmp_path / "out" / "cuadra.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT file_name FROM documents").fetchall() == [
            ("a\ufffdo 2024.pdf",)
        ]


@pytest.mark.parametrize("name", ["flate-broken", "page-is-itself", "form-cycle", "nested-here"])
def test_the_python_api_refuses_what_it_cannot_read_too(tmp_path: Path, name: str) -> None:
    import cuadra
    from extract.types import UnreadableDocument

    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.documents()[name] if name else b"")
    try:
        assert cuadra.open(path).document.family == "otra"
    except UnreadableDocument as error:
        assert error.message_es.startswith("a.pdf: ")
