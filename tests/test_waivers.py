"""Verdicts: what a file may say, which findings it accepts, and what it says of those gone."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publish import store, waivers
from publish.errors import DatasetError
from publish.waivers import Candidate, Waiver
from tests.publish_rows import document, staged

TODAY = datetime.date(2026, 11, 25)
SIGNED = 'reason = "Corregido en el anexo."\nby = "Auditoría"\non = 2026-11-25\n'


def write(folder: Path, text: str) -> Path:
    path = folder / waivers.FILE_NAME
    path.write_text(text, "utf-8")
    return path


def waiver(**named: str) -> Waiver:
    return Waiver(1, "Corregido.", "Auditoría", TODAY, **named)


def test_a_file_is_read_in_its_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f'[[accept]]\nfinding = "f1"\n{SIGNED}\n'
        f'[[accept]]\nrule = "CAL05"\nindicator = "1.1"\nprogramme = "p"\n{SIGNED}',
    )
    first, second = waivers.load(path)
    assert (first.number, first.finding, first.on) == (1, "f1", TODAY)
    assert (second.rule, second.indicator, second.programme) == ("CAL05", "1.1", "p")
    assert second.about == "CAL05 1.1 (p)"


def test_a_folder_without_a_file_has_no_verdicts(tmp_path: Path) -> None:
    assert waivers.of_directory(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[accept]\n", "TOML"),
        ("accept = 3\n", "[[accept]]"),
        (f"[[accept]]\n{SIGNED}", "«finding»"),
        (f'[[accept]]\nfinding = "f1"\nrule = "A"\nindicator = ""\n{SIGNED}', "«finding»"),
        (f'[[accept]]\nrule = "CAL05"\n{SIGNED}', "«finding»"),
        (f"[[accept]]\nfinding = 12\n{SIGNED}", "comillas"),
        (f'[[accept]]\nfinding = "f1"\nwhy = "x"\n{SIGNED}', "«why»"),
        ('[[accept]]\nfinding = "f1"\nreason = "x"\non = 2026-11-25\n', "«by»"),
        ('[[accept]]\nfinding = "f1"\nreason = " "\nby = "x"\non = 2026-11-25\n', "«reason»"),
        ('[[accept]]\nfinding = "f1"\nreason = "x"\nby = "y"\non = "ayer"\n', "«on»"),
        ('[[accept]]\nfinding = "f1"\nreason = "x"\nby = "y"\n', "«on»"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(DatasetError) as caught:
        waivers.load(path)
    assert str(path) in caught.value.message_es
    assert says in caught.value.message_es
    assert str(path) in caught.value.message_en


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cuadra.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DatasetError, match=r"cuadra\.toml"):
        waivers.load(path)


FINDINGS = [
    Candidate("f1", "CAL05", "1.1", "p"),
    Candidate("f2", "CAL05", "2.1", "p"),
    Candidate("f3", "MON02", "", "p"),
    Candidate("f4", "CAL05", "2.1", "q"),
]


def test_a_finding_is_accepted_by_its_id() -> None:
    verdicts = waivers.judge([waiver(finding="f2")], FINDINGS)
    assert list(verdicts.accepted) == ["f2"]
    assert verdicts.stale == ()


def test_a_finding_is_accepted_by_rule_and_indicator() -> None:
    assert list(waivers.judge([waiver(rule="CAL05", indicator="1.1")], FINDINGS).accepted) == ["f1"]
    assert list(waivers.judge([waiver(rule="MON02", indicator="")], FINDINGS).accepted) == ["f3"]


def test_one_key_in_two_programmes_is_accepted_in_neither_until_one_is_named() -> None:
    both = waiver(rule="CAL05", indicator="2.1")
    verdicts = waivers.judge([both], FINDINGS)
    assert (verdicts.accepted, verdicts.ambiguous) == ({}, (both,))
    one = waiver(rule="CAL05", indicator="2.1", programme="q")
    assert list(waivers.judge([one], FINDINGS).accepted) == ["f4"]


def test_a_verdict_without_its_finding_is_stale() -> None:
    gone = waiver(finding="f9")
    assert waivers.judge([gone], FINDINGS).stale == (gone,)


def test_verdicts_are_held_against_the_whole_stored_dataset(dataset_dir: Path) -> None:
    store.publish(
        dataset_dir,
        [staged(document("a"), ["f1"]), staged(document("b", programme_id="q"), ["f2"])],
    )
    given = [waiver(finding="f2"), waiver(rule="CAL02", indicator="1.1", programme="piimss")]
    with store.reading(dataset_dir) as connection:
        verdicts = waivers.judge_stored(connection, [*given, waiver(rule="CAL01", indicator="9.9")])
    assert set(verdicts.accepted) == {"f1", "f2"}
    assert len(verdicts.stale) == 1


CliRun = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def cuadra() -> CliRun:
    """Run the command in a process of its own."""

    def invoke(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cuadra", *map(str, arguments)], capture_output=True, text=True
        )

    return invoke


def test_an_accepted_finding_does_not_count_and_says_so(
    cuadra: CliRun, small_pdf: Path, dataset_dir: Path
) -> None:
    ingest = ["ingest", small_pdf, "--out", dataset_dir, "--no-report", "--fail-on", "warning"]
    before = cuadra(*ingest)
    assert before.returncode == 3
    with store.reading(dataset_dir) as connection:
        named = connection.execute(
            "SELECT finding_id FROM findings WHERE severity <> 'info'"
        ).fetchall()
    assert named
    write(dataset_dir, "".join(f'[[accept]]\nfinding = "{row[0]}"\n{SIGNED}' for row in named))
    after = cuadra(*ingest)
    assert after.returncode == 0
    assert "Aceptado por Auditoría, 2026-11-25: Corregido en el anexo." in " ".join(
        after.stdout.split()
    )
    assert "aceptado" in after.stdout


def test_a_stale_verdict_is_said_and_another_file_can_be_named(
    cuadra: CliRun, small_pdf: Path, dataset_dir: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, f'[[accept]]\nfinding = "f9"\n{SIGNED}')
    done = cuadra("ingest", small_pdf, "--out", dataset_dir, "--no-report", "--waivers", path)
    assert done.returncode == 0
    assert "(f9): su hallazgo ya no ocurre" in done.stderr


def test_a_wrong_file_ends_the_run_before_anything_is_read(
    cuadra: CliRun, small_pdf: Path, dataset_dir: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "[[accept]]\n")
    done = cuadra("ingest", small_pdf, "--out", dataset_dir, "--waivers", path)
    assert done.returncode == 2
    assert not dataset_dir.exists()
    assert (
        cuadra("ingest", small_pdf, "--out", dataset_dir, "--waivers", tmp_path / "no").returncode
        == 2
    )
