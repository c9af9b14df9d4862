"""The command line: exit status, what goes to which stream, languages, what is left on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from cuadra import pipeline, version
from cuadra.cli import app
from normalize.schema import Finding, Severity
from publish import state
from tests import stand_ins

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run a command line in this process."""

    def invoke(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def draw(path: Path, *lines: str, **options: Any) -> Path:
    """A one-page PDF with some lines of text."""
    canvas = Canvas(str(path), **options)
    canvas.rect(72, 72, 300, 300)
    for number, line in enumerate(lines):
        canvas.drawString(90, 700 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def other_pdf(tmp_path: Path) -> Path:
    """A PDF of another kind."""
    return draw(tmp_path / "receta.pdf", "Receta de mole", "Chiles, chocolate y paciencia.")


def encrypted(folder: Path, _: Path) -> Path:
    return draw(folder / "cifrado.pdf", "secreto", encrypt=StandardEncryption("clave"))


def truncated(folder: Path, whole: Path) -> Path:
    content = whole.read_bytes()
    (folder / "cortado.pdf").write_bytes(content[: len(content) // 2])
    return folder / "cortado.pdf"


def empty(folder: Path, _: Path) -> Path:
    (folder / "vacio.pdf").write_bytes(b"")
    return folder / "vacio.pdf"


def textless(folder: Path, _: Path) -> Path:
    return draw(folder / "imagen.pdf")


def no_pdf(folder: Path, _: Path) -> Path:
    (folder / "nota.pdf").write_text("Esto no es un PDF.")
    return folder / "nota.pdf"


def pipe(folder: Path, _: Path) -> Path:
    os.mkfifo(folder / "tubo.pdf")
    return folder / "tubo.pdf"


BAD = {
    "encrypted": encrypted,
    "truncated": truncated,
    "empty": empty,
    "no_text": textless,
    "not_pdf": no_pdf,
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_file_is_one_line_and_the_others_are_done(
    run: Run, tmp_path: Path, dataset_dir: Path, small_pdf: Path, reason: str
) -> None:
    bad = BAD[reason](tmp_path, small_pdf)
    result = run("ingest", bad, small_pdf, "--out", dataset_dir, "--fail-on", "warning")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"error: {bad}: ")
    assert lines[1].startswith(f"{small_pdf}: ")
    with duckdb.connect(str(dataset_dir / "cuadra.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT file_name FROM documents").fetchall() == [("small.pdf",)]
    (entry,) = (dataset_dir / "quarantine").iterdir()
    assert json.loads(entry.read_text("utf-8"))["reason"] == reason
    assert "1 archivo ilegible" in result.stdout


def test_audit_names_bad_files_the_same_way(run: Run, tmp_path: Path, small_pdf: Path) -> None:
    files = [make(tmp_path, small_pdf) for make in BAD.values()]
    result = run("audit", *files, small_pdf, "--lang", "en")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.startswith("error: ") for line in lines] == [True] * len(BAD) + [False]
    assert "5 unreadable files" in result.stdout


def test_pipes_and_devices_are_never_opened(run: Run, tmp_path: Path, small_pdf: Path) -> None:
    result = run("audit", pipe(tmp_path, small_pdf), "/dev/zero")
    assert result.exit_code == 1
    assert result.stderr.count("no es un archivo ordinario") == 2
    assert run("audit", tmp_path).exit_code == 0


def test_a_file_that_becomes_readable_leaves_the_quarantine(
    run: Run, tmp_path: Path, dataset_dir: Path, small_pdf: Path
) -> None:
    path = no_pdf(tmp_path, small_pdf)
    assert run("ingest", path, "--out", dataset_dir).exit_code == 1
    path.write_bytes(small_pdf.read_bytes())
    assert run("ingest", path, "--out", dataset_dir).exit_code == 0
    assert list((dataset_dir / "quarantine").iterdir()) == []


def test_a_pdf_of_another_kind_is_recorded_with_one_line(
    run: Run, dataset_dir: Path, other_pdf: Path
) -> None:
    result = run("ingest", other_pdf, "--out", dataset_dir, "--fail-on", "warning")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{other_pdf}: no es de una familia conocida; se registra como «otra»."
    ]
    with duckdb.connect(str(dataset_dir / "cuadra.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT family FROM documents").fetchall() == [("otra",)]
        assert connection.sql("SELECT * FROM findings").fetchall() == []
    again = run("ingest", other_pdf, "--out", dataset_dir)
    assert "ya estaba leído" in again.stderr


def test_missing_paths_end_the_run_before_anything_is_read(
    run: Run, tmp_path: Path, dataset_dir: Path, small_pdf: Path
) -> None:
    missing = tmp_path / "no-existe.pdf"
    result = run("ingest", small_pdf, missing, "--out", dataset_dir)
    assert result.exit_code == 2
    assert result.stderr == f"error: no existe: {missing}\n"
    assert not dataset_dir.exists()
    assert run("audit", missing, "--lang", "en").stderr == f"error: does not exist: {missing}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest"],
        ["ingest", "--out", "out"],
        ["ingest", "."],
        ["audit"],
        ["audit", ".", "--format", "xml"],
        ["audit", ".", "--fail-on", "info"],
        ["audit", ".", "--lang", "fr"],
        ["rules", "NADA99"],
        ["unknown"],
    ],
)
def test_a_wrong_command_line_is_status_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr != ""


def test_an_output_folder_that_cannot_be_used_is_status_2(
    run: Run, tmp_path: Path, small_pdf: Path
) -> None:
    file = tmp_path / "archivo"
    file.write_text("")
    assert run("ingest", small_pdf, "--out", file).exit_code == 2
    result = run("ingest", small_pdf, "--out", file / "dentro")
    assert result.exit_code == 2
    assert "no se puede escribir en esta carpeta" in result.stderr
    (tmp_path / "cuadra.duckdb").write_text("no es una base de datos")
    result = run("ingest", small_pdf, "--out", tmp_path)
    assert result.exit_code == 2
    assert "muévalo a otro lugar" in result.stderr
    assert (tmp_path / "cuadra.duckdb").read_text() == "no es una base de datos"


def with_findings(monkeypatch: pytest.MonkeyPatch, *severities: Severity) -> None:
    """Make every document's findings be of these severities."""
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Found(severities))


@pytest.mark.parametrize(
    ("severities", "fail_on", "status"),
    [
        (["error"], "error", 3),
        (["error"], "warning", 3),
        (["warning", "info"], "warning", 3),
        (["warning", "info"], "error", 0),
        (["info"], "warning", 0),
        ([], "warning", 0),
        (["error"], None, 0),
    ],
)
def test_fail_on(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    dataset_dir: Path,
    small_pdf: Path,
    severities: list[Severity],
    fail_on: str | None,
    status: int,
) -> None:
    with_findings(monkeypatch, *severities)
    options = [] if fail_on is None else ["--fail-on", fail_on]
    assert run("audit", small_pdf, *options).exit_code == status
    assert run("ingest", small_pdf, "--out", dataset_dir, *options).exit_code == status
    # Findings stored by an earlier run count as well.
    assert run("ingest", small_pdf, "--out", dataset_dir, *options).exit_code == status


def test_only_the_findings_of_the_paths_given_count(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    dataset_dir: Path,
    small_pdf: Path,
    other_pdf: Path,
) -> None:
    with_findings(monkeypatch, "error")
    run("ingest", small_pdf, "--out", dataset_dir)
    with_findings(monkeypatch)
    result = run("ingest", other_pdf, "--out", dataset_dir, "--fail-on", "error")
    assert result.exit_code == 0
    assert "0 errores" in result.stdout


def test_messages_are_wrapped_whole_and_steer_no_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, small_pdf: Path
) -> None:
    with_findings(monkeypatch, "info", "error", "warning")
    output = run("audit", small_pdf).stdout
    assert "\x1b" not in output
    assert all(len(line) <= 100 and line == line.rstrip() for line in output.splitlines())
    assert " ".join(output.split()).count("Línea [bold]larga[/bold] que no se corta.") >= 1
    assert output.count("Fin.") == 3
    order = [line.split()[0] for line in output.splitlines() if "CAL01" in line]
    assert order == ["error", "advertencia", "información"]


def test_json_is_one_array_of_rows_of_the_table_findings(
    run: Run, sample_pdf: Path, dataset_dir: Path
) -> None:
    result = run("audit", sample_pdf, "--format", "json")
    rows = json.loads(result.stdout)
    assert rows
    assert all(list(row) == list(Finding.model_fields) for row in rows)
    assert all(isinstance(row["difference"], str | None) for row in rows)
    assert all(
        set(item) == {"document_id", "table_name", "record", "field", "role"}
        for row in rows
        for item in row["evidence"]
    )
    run("ingest", sample_pdf, "--out", dataset_dir)
    with duckdb.connect(str(dataset_dir / "cuadra.duckdb"), read_only=True) as connection:
        stored = connection.sql("SELECT finding_id FROM findings ORDER BY ALL").fetchall()
    assert sorted(row["finding_id"] for row in rows) == [row[0] for row in stored]


def test_json_of_nothing_found_is_an_empty_array(run: Run, other_pdf: Path) -> None:
    assert json.loads(run("audit", other_pdf, "--format", "json").stdout) == []


def test_ingest_twice_reads_once_and_force_reads_again(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    dataset_dir: Path,
    small_pdf: Path,
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Noted(log))
    first = run("ingest", small_pdf, small_pdf, "--out", dataset_dir, "--no-report")
    copies = {path: path.read_bytes() for path in (dataset_dir / "dataset").glob("*.csv")}
    second = run("ingest", small_pdf, "--out", dataset_dir)
    assert log.read_text() == f"{small_pdf}\n"
    assert second.stdout == first.stdout
    run("ingest", small_pdf, "--out", dataset_dir, "--force")
    assert log.read_text() == f"{small_pdf}\n" * 2
    assert {path: path.read_bytes() for path in copies} == copies


def test_an_earlier_reading_version_is_read_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, dataset_dir: Path, small_pdf: Path
) -> None:
    run("ingest", small_pdf, "--out", dataset_dir)
    monkeypatch.setattr(version, "READING_VERSION", "prueba")
    result = run("ingest", small_pdf, "--out", dataset_dir)
    assert "leído de nuevo: lo había leído la versión" in result.stderr
    with duckdb.connect(str(dataset_dir / "cuadra.duckdb"), read_only=True) as connection:
        rows = connection.sql("SELECT reading_version FROM documents").fetchall()
    assert rows == [("prueba",)]


def test_an_unforeseen_error_in_one_document_spares_the_others(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    dataset_dir: Path,
    small_pdf: Path,
    other_pdf: Path,
) -> None:
    harmed = stand_ins.Harmed(small_pdf.name, stand_ins.raises)
    monkeypatch.setattr(pipeline, "WORK", harmed)
    result = run("ingest", small_pdf, other_pdf, "--out", dataset_dir)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 2
    assert "error interno del programa" in result.stderr
    assert "ZeroDivisionError: nobody" in result.stderr
    (entry,) = (dataset_dir / "quarantine").iterdir()
    assert json.loads(entry.read_text("utf-8"))["reason"] == "internal"


def test_rows_that_cannot_be_stored_spare_the_others(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    dataset_dir: Path,
    small_pdf: Path,
    other_pdf: Path,
) -> None:
    monkeypatch.setattr(pipeline, "WORK", stand_ins.doubled)
    result = run("ingest", small_pdf, other_pdf, "--out", dataset_dir)
    assert result.exit_code == 1
    assert "indicators: the key" in result.stderr
    with duckdb.connect(str(dataset_dir / "cuadra.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT family FROM documents").fetchall() == [("otra",)]


def test_a_disk_that_cannot_be_written_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, dataset_dir: Path, small_pdf: Path
) -> None:
    from publish import store

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "publish_file", full)
    result = run("ingest", small_pdf, "--out", dataset_dir)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "error: no se pudo guardar: No space left on device"


def test_an_interrupted_run_says_so_and_leaves_nothing_half_done(
    run: Run, monkeypatch: pytest.MonkeyPatch, dataset_dir: Path, small_pdf: Path
) -> None:
    def interrupt(_: Path) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(state, "digest", interrupt)
    result = run("ingest", small_pdf, "--out", dataset_dir)
    assert result.exit_code == 130
    assert not (dataset_dir / "cuadra.duckdb").exists()


def test_a_folder_without_pdfs_is_no_error(run: Run, tmp_path: Path, dataset_dir: Path) -> None:
    folder = tmp_path / "vacía"
    folder.mkdir()
    (folder / "nota.txt").write_text("nada")
    (folder / "roto.pdf").write_text("<html>404</html>")
    result = run("ingest", folder, "--out", dataset_dir)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{folder / 'roto.pdf'}: se omite; se llama .pdf pero no empieza con %PDF-.",
        "no hay ningún PDF que leer.",
    ]
    assert (dataset_dir / "dataset" / "datapackage.json").exists()


def test_the_summary_speaks_both_languages(run: Run, small_pdf: Path) -> None:
    spanish = run("audit", small_pdf).stdout
    english = run("audit", small_pdf, "--lang", "en").stdout
    for word in ("Documentos", "Indicadores  2", "Valores", "cumplen", "no aplican", "Hallazgos"):
        assert word in spanish
    for word in ("Documents", "Indicators  2", "Values", "passed", "not applicable", "Findings"):
        assert word in english


def test_rules_lists_and_explains(run: Run) -> None:
    catalogue = run("rules").stdout
    for code in ("CAL01", "CAL06", "SER09", "CRO01", "REA05"):
        assert code in catalogue
    spanish, english = run("rules", "cal06").stdout, run("rules", "CAL06", "--lang", "en").stdout
    assert "CAL06" in spanish and "Ejemplo" in spanish
    assert "CAL06" in english and "Example" in english


@pytest.mark.parametrize("arguments", [["--help"], ["ingest", "--help"], ["rules"]])
def test_help_and_rules_import_no_reader_and_no_engine(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom cuadra.cli import main\n"
        f"sys.argv = ['cuadra', *{arguments!r}]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'pandas', 'pdfplumber', 'duckdb', 'pypdfium2', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)


def test_audit_imports_no_database_and_no_pandas(small_pdf: Path) -> None:
    program = (
        "import sys\nfrom cuadra.cli import main\n"
        f"sys.argv = ['cuadra', 'audit', {str(small_pdf)!r}]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'pandas', 'duckdb'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_any_encoding_of_the_output_will_do(small_pdf: Path) -> None:
    for form in ("table", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "cuadra", "audit", str(small_pdf), "--format", form],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
        done.stdout.decode("ascii")
