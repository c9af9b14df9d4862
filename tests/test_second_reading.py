"""Camelot as second reader: it agrees where nothing is wrong, and a difference accuses nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cuadra.options import Options
from cuadra.work import process
from extract import camelot_reader
from extract.template import Template
from extract.types import Piece, Printed, RawFicha
from normalize.schema import Dataset
from samples.fichas_reportlab import render

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((ROOT / "tests" / "documents").glob("*.pdf"))
SAMPLES = [
    ROOT / "samples" / "piimss-2020-2024.pdf",
    ROOT / "samples" / "other-producers" / "piimss-2020-2024.pdf",
]

ReadAgain = Callable[[Path, Sequence[int], Template, str | None], list[RawFicha]]


@pytest.fixture(scope="module")
def programme(fichas: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three fichas; 2.1 has a substitution that is not its result."""
    path = tmp_path_factory.mktemp("second") / "three.pdf"
    render([ficha for ficha in fichas if ficha["indicator_id"] in ("1.1", "2.1", "3.2")], path)
    return path


def found(dataset: Dataset, rule: str) -> list[str | None]:
    return [finding.indicator_id for finding in dataset.findings if finding.rule == rule]


def outcomes(dataset: Dataset, rule: str) -> dict[str, str]:
    return {row.indicator_id: row.outcome for row in dataset.checks if row.rule == rule}


def misread(change: Callable[[RawFicha], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have camelot read something else in every ficha."""
    honest: ReadAgain = camelot_reader.read_again

    def read_again(
        path: Path, pages: Sequence[int], template: Template, password: str | None = None
    ) -> list[RawFicha]:
        again = honest(path, pages, template, password)
        for ficha in again:
            change(ficha)
        return again

    monkeypatch.setattr(camelot_reader, "read_again", read_again)


def said(old: Printed, text: str) -> Printed:
    return replace(old, text=text, pieces=(Piece(old.pieces[0].box, text),))


@pytest.mark.parametrize("path", [*DOCUMENTS, *SAMPLES], ids=lambda path: path.stem)
def test_camelot_reads_the_same_values_wherever_it_reads_a_ficha(path: Path) -> None:
    dataset = process(path, Options(double_check=True))
    assert found(dataset, "REA02") == []
    told = outcomes(dataset, "REA02")
    assert set(told) == {"", *(row.indicator_id for row in dataset.indicators)}
    read = [key for key, outcome in told.items() if outcome == "passed"]
    # camelot finds no lines there, takes the letters of spaced words for words, or finds no label
    # whose words are hyphenated
    silent = ("browser-filled", "browser-spaced", "typst-hyphenated-labels", "weasyprint")
    if path.stem == "browser-letter-spaced":
        assert read == ["1.10"]
    else:
        assert len(read) == (0 if path.stem.startswith(silent) else len(dataset.indicators))


def test_every_number_that_camelot_confirms_says_so_in_its_provenance(programme: Path) -> None:
    dataset = process(programme, Options(double_check=True))
    numbers = {
        (row.table_name, row.record, row.field)
        for row in dataset.provenance
        if row.field in ("value_text", "baseline_text", "target_text")
    }
    by_camelot = {
        (row.table_name, row.record, row.field): row
        for row in dataset.provenance
        if row.reader == "camelot"
    }
    assert len(numbers) > 40
    assert numbers <= set(by_camelot)
    first = {
        (row.table_name, row.record, row.field): row
        for row in dataset.provenance
        if row.reader == "pdfium"
    }
    for address in numbers:
        mine, other = first[address], by_camelot[address]
        assert (mine.page, mine.text) == (other.page, other.text)
        assert other.x0 <= mine.x0 + 2 and mine.x1 <= other.x1 + 2


def test_a_broken_sum_is_read_again_and_stands_when_camelot_confirms(programme: Path) -> None:
    dataset = process(programme)
    assert found(dataset, "CAL01") == ["2.1"]
    told = outcomes(dataset, "REA02")
    assert [told[key] for key in ("1.1", "2.1", "3.2")] == [
        "not_applicable",
        "passed",
        "not_applicable",
    ]


def test_a_number_on_which_the_readers_differ_is_null_and_accuses_nobody(
    programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(ficha: RawFicha) -> None:
        ficha.fields["substitution"] = said(
            ficha.fields["substitution"],
            ficha.fields["substitution"].text.replace("48,240", "48,260"),
        )
        ficha.fields["baseline"] = said(ficha.fields["baseline"], "135.59")

    misread(change, monkeypatch)
    dataset = process(programme)
    differing = [row for row in dataset.findings if row.rule == "REA02"]
    assert {row.indicator_id for row in differing} == {"2.1"}
    assert found(dataset, "CAL01") == found(dataset, "CAL03") == []
    assert outcomes(dataset, "CAL01")["2.1"] == "not_applicable"
    (row,) = [row for row in dataset.indicators if row.indicator_id == "2.1"]
    assert (row.baseline_value, row.baseline_text) == (None, "135.64")
    (finding,) = [each for each in differing if "135.59" in each.message_es]
    (mark,) = [
        each
        for each in dataset.provenance
        if (each.record, each.field, each.reader) == ("2.1", "baseline_text", "pdfium")
    ]
    for part in ("135.64", "135.59", "pdfium", "camelot", f"página {mark.page}", f"{mark.x0:f}"):
        assert part in finding.message_es
    assert finding.severity == "warning"
    assert json.loads(finding.evidence)[0]["field"] == "baseline_text"
    assert not any(
        (each.record, each.field) == ("2.1", "baseline_value") for each in dataset.provenance
    )


def test_with_double_check_a_differing_target_of_a_quiet_ficha_is_found(
    programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(ficha: RawFicha) -> None:
        ficha.targets = [
            (year, said(value, "7") if value and year.text == "2021" else value)
            for year, value in ficha.targets
        ]

    misread(change, monkeypatch)
    dataset = process(programme, Options(double_check=True))
    assert found(dataset, "REA02") == ["1.1", "2.1", "3.2"]
    values = [row.value for row in dataset.observations if row.series == "target"]
    assert values.count(None) == 3
    assert Decimal(7) not in values


@pytest.mark.parametrize("text", ["29.99 Nota sobre la línea base", "ilegible", ""])
def test_a_bad_second_reading_contradicts_nobody(
    text: str, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(ficha: RawFicha) -> None:
        ficha.fields["baseline"] = said(ficha.fields["baseline"], text)
        ficha.fields["method"] = said(
            ficha.fields["method"], ficha.fields["method"].text + " Observaciones"
        )

    misread(change, monkeypatch)
    dataset = process(programme, Options(double_check=True))
    assert found(dataset, "REA02") == []
    assert None not in [row.baseline_value for row in dataset.indicators]


def test_where_camelot_fails_the_first_reading_stands_and_the_check_says_why(
    programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> list[RawFicha]:
        raise RuntimeError("no se puede")

    monkeypatch.setattr(camelot_reader, "read_again", fail)
    dataset = process(programme, Options(double_check=True))
    assert set(outcomes(dataset, "REA02").values()) == {"not_applicable"}
    reasons = [row.reason_es for row in dataset.checks if row.rule == "REA02" and row.indicator_id]
    assert all("no se puede" in reason for reason in reasons)
    assert found(dataset, "CAL01") == ["2.1"]


def test_camelot_is_not_loaded_where_there_is_nothing_to_ask(small_pdf: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from cuadra.work import process; "
        "process(Path(sys.argv[1])); print('camelot' in sys.modules, 'cv2' in sys.modules)"
    )
    run = [sys.executable, "-c", program, str(small_pdf)]
    result = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.split() == ["False", "False"]
