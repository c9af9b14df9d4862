"""What was read is not read again, and what was kept to know that never lies."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cuadra import pipeline, version
from cuadra.cli import app
from publish import files, state
from publish.files import LOCK_NAME, Holder, writing
from publish.state import Files
from tests import stand_ins

ROOT = Path(__file__).parent.parent


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that the tests have just written count as settled."""
    monkeypatch.setattr(state, "SETTLED", 0)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Which files were hashed."""
    seen: list[Path] = []
    real = state.digest

    def digest(path: Path) -> str:
        seen.append(path)
        return real(path)

    monkeypatch.setattr(state, "digest", digest)
    return seen


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[str]]:
    """Which documents were read since it was last asked."""
    log = tmp_path / "read.log"
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Noted(log))

    def since() -> list[str]:
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [Path(line).name for line in lines]

    return since


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [*map(str, arguments), "--no-report"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def edited(content: bytes) -> bytes:
    """The same document in other bytes of the same number."""
    assert content.endswith(b"\n")
    return content[:-1] + b"\r"


def test_an_unchanged_file_is_not_hashed_and_a_changed_one_is_read(
    settled: None,
    hashed: list[Path],
    read: Callable[[], list[str]],
    small_pdf: Path,
    tmp_path: Path,
    dataset_dir: Path,
) -> None:
    path = tmp_path / "uno.pdf"
    path.write_bytes(small_pdf.read_bytes())
    first = run("ingest", path, "--out", dataset_dir)
    assert (hashed, read()) == ([path], ["uno.pdf"])
    again = run("ingest", path, "--out", dataset_dir)
    assert (hashed, read(), again.exit_code) == ([path], [], 0)
    assert again.stdout == first.stdout
    # The same number of bytes and the old times: only inode and change time tell.
    times = path.stat()
    path.write_bytes(edited(path.read_bytes()))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    run("ingest", path, "--out", dataset_dir)
    assert (hashed, read()) == ([path] * 2, ["uno.pdf"])


def test_a_renamed_copy_is_the_same_document(
    settled: None, read: Callable[[], list[str]], small_pdf: Path, tmp_path: Path, dataset_dir: Path
) -> None:
    run("ingest", small_pdf, "--out", dataset_dir)
    copy = tmp_path / "otro nombre.pdf"
    copy.write_bytes(small_pdf.read_bytes())
    result = run("ingest", copy, "--out", dataset_dir)
    assert read() == [small_pdf.name]
    assert "ya estaba leído" in result.stderr
    assert "Documentos   1" in result.stdout


def test_force_reads_all_and_a_new_version_what_it_must_and_says_so(
    settled: None,
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[], list[str]],
    small_pdf: Path,
    dataset_dir: Path,
) -> None:
    run("ingest", small_pdf, "--out", dataset_dir)
    forced = run("ingest", small_pdf, "--out", dataset_dir, "--force")
    assert len(read()) == 2
    assert "leído de nuevo" not in forced.stderr
    earlier = version.READING_VERSION
    monkeypatch.setattr(version, "READING_VERSION", "prueba")
    anew = run("ingest", small_pdf, "--out", dataset_dir, "--lang", "en")
    assert len(read()) == 1
    assert f"(read anew: version {earlier} had read it)" in anew.stderr
    assert "already read" in run("ingest", small_pdf, "--out", dataset_dir, "--lang", "en").stderr


def test_a_file_written_a_moment_ago_is_hashed_again(tmp_path: Path) -> None:
    path = tmp_path / "reciente.pdf"
    path.write_bytes(b"%PDF-1.7 uno")
    kept = Files(tmp_path)
    kept.digest(path)
    kept.save()
    assert not Files(tmp_path).is_unchanged(path)


@pytest.mark.parametrize(
    "content", [b"", b"no es JSON", b"[]", b"null", b'{"/a": [1]}', b'{"/a": 7}', b"\xff\xfe"]
)
def test_a_damaged_state_costs_a_hash_and_nothing_else(
    settled: None, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / state.FOLDER).mkdir()
    (tmp_path / state.FOLDER / state.FILES_NAME).write_bytes(content)
    path = tmp_path / "uno.pdf"
    path.write_bytes(b"%PDF-1.7 uno")
    kept = Files(tmp_path)
    assert kept.digest(path) == files.digest(path)
    kept.save()
    assert Files(tmp_path).is_unchanged(path)


def test_files_that_are_gone_are_forgotten(settled: None, tmp_path: Path) -> None:
    paths = [tmp_path / "uno.pdf", tmp_path / "dos\n\udcff.pdf"]
    kept = Files(tmp_path)
    for path in paths:
        path.write_bytes(b"%PDF-1.7")
        kept.digest(path)
    kept.save()
    assert [Files(tmp_path).is_unchanged(path) for path in paths] == [True, True]
    paths[0].unlink()
    kept = Files(tmp_path)
    paths[1].write_bytes(b"%PDF-1.7 2")
    kept.digest(paths[1])
    kept.save()
    stored = json.loads((tmp_path / state.FOLDER / state.FILES_NAME).read_bytes())
    assert list(stored) == [str(paths[1])]


@pytest.mark.parametrize(
    "name", ["cuadra.duckdb", "dataset/datapackage.json", ".state/answer.json", ".state/files.json"]
)
def test_what_is_deleted_from_the_output_folder_comes_back(
    settled: None, small_pdf: Path, dataset_dir: Path, name: str
) -> None:
    first = run("ingest", small_pdf, "--out", dataset_dir)
    run("ingest", small_pdf, "--out", dataset_dir)
    (dataset_dir / name).unlink()
    again = run("ingest", small_pdf, "--out", dataset_dir)
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert (dataset_dir / name).exists()


def test_the_kept_answer_counts_for_fail_on_and_falls_with_a_verdict(
    settled: None, monkeypatch: pytest.MonkeyPatch, small_pdf: Path, dataset_dir: Path
) -> None:
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Found(("warning",)))
    run("ingest", small_pdf, "--out", dataset_dir)
    statuses = [
        run("ingest", small_pdf, "--out", dataset_dir, *options).exit_code
        for options in ([], ["--fail-on", "error"], ["--fail-on", "warning"])
    ]
    assert statuses == [0, 0, 3]
    (dataset_dir / "cuadra.toml").write_text(
        '[[accept]]\nrule = "CAL01"\nindicator = "1.1"\nreason = "r"\nby = "b"\non = 2026-01-01\n'
    )
    accepted = run("ingest", small_pdf, "--out", dataset_dir, "--fail-on", "warning")
    assert accepted.exit_code == 0
    assert "1 aceptado" in accepted.stdout


def test_a_run_with_nothing_new_loads_no_schema_and_no_database(
    small_pdf: Path, dataset_dir: Path
) -> None:
    time.sleep(state.SETTLED / 1e9)
    program = (
        "import sys\nfrom cuadra.cli import main\n"
        f"arguments = {[str(small_pdf), '--out', str(dataset_dir), '--no-report']!r}\n"
        "sys.argv = ['cuadra', 'ingest', *arguments]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'normalize.schema', 'duckdb', 'pandas', 'pypdfium2', 'rich'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = [
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert done[0].stdout == done[1].stdout
    assert done[1].stderr.splitlines()[-1] == "[]"


def hold(directory: Path, held: object, release: object) -> None:
    """Hold a folder's lock until told otherwise."""
    with writing(directory):
        held.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


def test_two_runs_into_one_folder_go_one_after_the_other(
    small_pdf: Path, dataset_dir: Path
) -> None:
    dataset_dir.mkdir()
    context = multiprocessing.get_context("forkserver")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(dataset_dir, held, release))
    other.start()
    assert held.wait(30)
    program = "import sys; from cuadra.cli import main; main()"
    arguments = ["ingest", str(small_pdf), "--out", str(dataset_dir), "--no-report"]
    second = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert second.stderr is not None
    line = second.stderr.readline()
    assert f"lo usa el proceso {other.pid} de {os.uname().nodename}" in line
    time.sleep(0.3)
    assert second.poll() is None
    assert not (dataset_dir / "cuadra.duckdb").exists()
    release.set()
    _, rest = second.communicate(timeout=60)
    assert (second.returncode, rest.count("\n")) == (0, 1)
    other.join(30)
    other.close()
    assert (dataset_dir / LOCK_NAME).read_bytes() == b""


def test_a_lock_may_be_held_twice_over_in_one_process_and_outlives_its_file(
    tmp_path: Path,
) -> None:
    told: list[Holder | None] = []
    with writing(tmp_path, told.append), writing(tmp_path, told.append):
        holder = json.loads((tmp_path / LOCK_NAME).read_bytes())
        assert holder["pid"] == os.getpid()
        (tmp_path / LOCK_NAME).unlink()
    with writing(tmp_path, told.append):
        pass
    assert told == []
