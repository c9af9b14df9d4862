"""The log: one line per document, a summary of the run, and no password in any of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from cuadra import version
from cuadra.cli import app

SECRET = "contraseña-muy-secreta"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [*map(str, arguments), "--no-report"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "cifrado.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption(SECRET, ownerPassword="dueño"))
    canvas.drawString(90, 700, "Texto")
    canvas.save()
    return path


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stderr.splitlines()]


def test_json_lines_say_what_became_of_each_document_and_of_the_run(
    small_pdf: Path, locked: Path, dataset_dir: Path
) -> None:
    result = run("ingest", small_pdf, locked, "--out", dataset_dir, "--log-format", "json")
    assert result.exit_code == 1
    first, second, whole = lines(result)
    assert (first["event"], first["status"], first["path"]) == ("document", "read", str(small_pdf))
    assert first["family"] == "programa_derivado"
    assert (first["pages"], first["indicators"]) == (4, 2)
    assert first["values"] > 20 and first["findings"] >= 0 and first["seconds"] > 0
    assert len(first["sha256"]) == 64 and first["document_id"] == "d" + first["sha256"][:16]
    assert (second["status"], second["reason"]) == ("unreadable", "encrypted")
    assert second["message_es"].startswith(str(locked)) and "password" in second["message_en"]
    assert whole["documents"] == {"read": 1, "known": 0, "unreadable": 1}
    assert whole["unreadable"] == {"encrypted": 1}
    assert (whole["event"], whole["exit_status"]) == ("run", 1)
    assert (whole["interrupted"], whole["not_reached"]) == (False, 0)
    assert (whole["pages"], whole["values"]) == (first["pages"], first["values"])
    assert set(whole["findings"]) == {"error", "warning", "info"}
    assert sum(whole["findings"].values()) == first["findings"]
    assert set(whole["seconds"]) >= {"reading", "storing", "export", "whole"}
    assert whole["reading_version"] == version.READING_VERSION
    assert json.loads((dataset_dir / ".state" / "last-run.json").read_bytes()) == whole
    again = run("ingest", small_pdf, "--out", dataset_dir, "--log-format", "json")
    known, whole = lines(again)
    assert (known["status"], known["document_id"]) == ("known", first["document_id"])
    assert whole["documents"] == {"read": 0, "known": 1, "unreadable": 0}
    assert whole["exit_status"] == 0


def test_a_password_opens_the_document_and_is_written_nowhere(
    locked: Path, tmp_path: Path, dataset_dir: Path
) -> None:
    wrong, right = tmp_path / "otras.txt", tmp_path / "claves.txt"
    wrong.write_text("uno\ndos\n", "utf-8")
    right.write_text(f"uno\r\n\n{SECRET}\r\ndos", "utf-8")
    outcomes = []
    for options in ([], ["--password-file", wrong], ["--password-file", right]):
        result = run("ingest", locked, "--out", dataset_dir, "--log-format", "json", *options)
        outcomes.append((result.exit_code, lines(result)[0]["status"]))
        assert SECRET not in result.output
        for path in dataset_dir.rglob("*"):
            assert not path.is_file() or SECRET.encode() not in path.read_bytes()
    assert outcomes == [(1, "unreadable"), (1, "unreadable"), (0, "read")]
    assert list((dataset_dir / "quarantine").iterdir()) == []


def test_an_audit_takes_the_limits_and_passwords_of_an_ingest(
    locked: Path, small_pdf: Path, tmp_path: Path
) -> None:
    file = tmp_path / "claves.txt"
    file.write_text(SECRET, "utf-8")
    asked = (
        ([locked], 1, "cifrado"),
        ([locked, "--password-file", file], 0, ""),
        ([small_pdf, "--max-pages", "3", "--jobs", "1"], 1, "--max-pages"),
        ([small_pdf, "--max-pages", "4"], 0, ""),
    )
    for arguments, status, says in asked:
        result = CliRunner().invoke(app, ["audit", *map(str, arguments)])
        assert result.exit_code == status, result.output
        assert says in result.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00malo"])
def test_a_password_file_that_cannot_be_read_is_a_wrong_command_line(
    locked: Path, tmp_path: Path, dataset_dir: Path, content: bytes | None
) -> None:
    file = tmp_path / "claves.txt"
    if content is not None:
        file.write_bytes(content)
    result = run("ingest", locked, "--out", dataset_dir, "--password-file", file)
    assert result.exit_code == 2
    assert "archivo de contraseñas" in result.stderr and "malo" not in result.stderr
    assert not dataset_dir.exists()
