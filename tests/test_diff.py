"""``cuadra diff``: which indicators are the same, what changed in them, and between which sides."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cuadra.diff import Change, compare
from normalize.schema import Assessment, Dataset, Figure
from samples.fichas_reportlab import render
from tests.build import DOCUMENT_ID, normalized_from_json
from validate.engine import audit

Ficha = dict[str, Any]


def read(fichas: Sequence[Ficha], *extra: Assessment | Figure) -> Dataset:
    normalized = normalized_from_json(fichas)
    rows = normalized.dataset
    rows.checks, rows.findings = audit(normalized)
    for row in extra:
        rows.rows(row.table).append(row)
    return rows


def changed(
    fichas: Sequence[Ficha], change: Callable[[list[Ficha]], None], lang: str = "es"
) -> list[Change]:
    """The changes after ``change`` has been made to a copy of the fichas."""
    other = copy.deepcopy(list(fichas))
    change(other)
    return compare(read(fichas), read(other), lang)


def of_kind(changes: Sequence[Change], kind: str) -> list[Change]:
    return [change for change in changes if change.kind == kind]


def test_a_reading_compared_with_itself_has_no_changes(fichas: list[Ficha]) -> None:
    assert compare(read(fichas), read(fichas)) == []


def test_an_added_and_a_removed_indicator_are_told(fichas: list[Ficha]) -> None:
    removed = changed(fichas, lambda them: them.__delitem__(3))
    assert [(c.kind, c.indicator_id) for c in removed if c.table == "indicators"] == [
        ("indicator_removed", "2.1")
    ]
    added = compare(read(fichas[1:]), read(fichas))
    assert [(c.kind, c.indicator_id) for c in added if c.table == "indicators"] == [
        ("indicator_added", "1.1")
    ]
    # The rows of an indicator that came or went are not told one by one.
    assert {c.kind for c in removed + added} <= {
        "indicator_added",
        "indicator_removed",
        "finding_new",
        "finding_gone",
    }


def test_a_renamed_indicator_keeps_its_key_and_shows_how_alike_it_is(fichas: list[Ficha]) -> None:
    def rename(them: list[Ficha]) -> None:
        them[0]["name"] = them[0]["name"].replace("habita", "vive")

    [change] = of_kind(changed(fichas, rename), "indicator_renamed")
    assert (change.indicator_id, change.old_indicator_id) == ("1.1", None)
    assert change.score is not None and 85 <= change.score < 100


def test_keys_that_move_up_are_followed_by_their_names(fichas: list[Ficha]) -> None:
    def drop_and_renumber(them: list[Ficha]) -> None:
        del them[4]
        them[4]["indicator_id"] = "2.2"

    changes = changed(fichas, drop_and_renumber)
    [gone] = of_kind(changes, "indicator_removed")
    [moved] = of_kind(changes, "indicator_renamed")
    assert gone.indicator_id == "2.2"
    assert (moved.old_indicator_id, moved.indicator_id, moved.score) == ("2.3", "2.2", 100)
    assert not of_kind(changes, "value_changed")


def test_another_indicator_under_the_same_key_is_another_indicator(fichas: list[Ficha]) -> None:
    def replace(them: list[Ficha]) -> None:
        them[0]["name"] = "Kilómetros de vía férrea"

    kinds = {c.kind for c in changed(fichas, replace) if c.table == "indicators"}
    assert kinds == {"indicator_added", "indicator_removed"}


def test_changed_values_are_told_as_printed(fichas: list[Ficha]) -> None:
    def change(them: list[Ficha]) -> None:
        them[0]["baseline_text"] = "30.00"
        them[0]["variables"][0]["value_text"] = "11,999,999"
        them[0]["target_series"]["2024"] = "n.d."
        them[1]["definition"] = "Otra cosa."

    changes = changed(fichas, change)
    values = {
        (c.table, c.record, c.field): (c.old, c.new) for c in of_kind(changes, "value_changed")
    }
    assert values[("indicators", "1.1", "baseline_value")] == ("29.99", "30.00")
    assert values[("variables", "1.1/1", "value")][1] == "11,999,999"
    assert values[("observations", "1.1/target/2024", "value")][1] == "n.d."
    assert len(values) == 3
    [text] = of_kind(changes, "field_changed")
    assert (text.indicator_id, text.field, text.new) == ("1.2", "definition", "Otra cosa.")


def test_a_value_printed_another_way_is_a_changed_text(fichas: list[Ficha]) -> None:
    def change(them: list[Ficha]) -> None:
        them[0]["baseline_text"] = "29.990"

    changes = changed(fichas, change)
    assert not of_kind(changes, "value_changed")
    assert ("baseline_text", "29.99", "29.990") in [(c.field, c.old, c.new) for c in changes]


def test_variables_and_years_that_come_and_go_are_told(fichas: list[Ficha]) -> None:
    def change(them: list[Ficha]) -> None:
        del them[0]["variables"][0]
        them[0]["target_series"]["2025"] = "41"

    changes = changed(fichas, change)
    assert [(c.table, c.record) for c in of_kind(changes, "row_removed")] == [
        ("variables", "1.1/1")
    ]
    assert [(c.record, c.new) for c in of_kind(changes, "row_added")] == [("1.1/target/2025", "41")]


def test_findings_come_and_go_in_the_chosen_language(fichas: list[Ficha]) -> None:
    def mend(them: list[Ficha]) -> None:
        them[-1]["target_text"] = "70"
        them[-1]["target_series"]["2024"] = "71"

    changes = changed(fichas, mend, "en")
    gone, new = of_kind(changes, "finding_gone"), of_kind(changes, "finding_new")
    assert ("6.3", "SER03") in [(c.indicator_id, c.field) for c in gone]
    assert ("6.3", "SER02") in [(c.indicator_id, c.field) for c in new]
    assert all("target" in (c.old or c.new or "") for c in gone + new if c.indicator_id == "6.3")


def card(status: str) -> Assessment:
    return Assessment(
        document_id=DOCUMENT_ID,
        indicator_id="1.1",
        name="Porcentaje",
        milestone_status=status,
    )


def coverage(value: str) -> Figure:
    return Figure(
        document_id=DOCUMENT_ID,
        figure="coverage",
        subject="",
        year=2020,
        value=Decimal(value),
        value_text=f"{value} %",
    )


def test_cards_and_figures_are_compared_too() -> None:
    changes = compare(
        read([], card("Retroceso"), coverage("1.43")), read([], card("Alcanzada"), coverage("1.5"))
    )
    assert [(c.table, c.field, c.old, c.new) for c in changes] == [
        ("assessments", "milestone_status", "Retroceso", "Alcanzada"),
        ("figures", "value", "1.43 %", "1.5 %"),
    ]


@pytest.fixture(scope="module")
def releases(fichas: list[Ficha], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two PDFs of one programme: in the second the baseline of 1.1 is another."""
    folder = tmp_path_factory.mktemp("releases")
    first = [ficha for ficha in fichas if ficha["indicator_id"] in ("1.1", "1.2")]
    second = copy.deepcopy(first)
    second[0]["baseline_text"] = "31.50"
    render(first, folder / "old.pdf")
    render(second, folder / "new.pdf")
    return folder / "old.pdf", folder / "new.pdf"


def cuadra(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cuadra", *map(str, arguments)], capture_output=True, text=True
    )


def baselines(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    assert done.returncode == 0, done.stderr
    return [
        (row["old"], row["new"])
        for row in json.loads(done.stdout)
        if row["field"] == "baseline_value"
    ]


def test_two_pdfs_a_pdf_and_a_dataset_and_two_datasets_are_compared(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = releases
    for path, folder in ((old, "a"), (new, "b")):
        done = cuadra("ingest", path, "--out", tmp_path / folder, "--no-report")
        assert done.returncode == 0
    sides = [
        (old, new),
        (tmp_path / "a", new),
        (old, tmp_path / "b"),
        (tmp_path / "a", tmp_path / "b"),
    ]
    for before, after in sides:
        done = cuadra("diff", before, after, "--format", "json")
        assert baselines(done) == [("29.99", "31.50")], (before, after)
    table = cuadra("diff", old, new)
    assert "valor distinto" in table.stdout
    assert "31.50" in table.stdout
    assert cuadra("diff", tmp_path / "a", tmp_path / "a").stdout.strip() == "Sin cambios."


def test_what_cannot_be_compared_is_said(
    releases: tuple[Path, Path], tmp_path: Path, sample_pdf: Path
) -> None:
    missing = cuadra("diff", tmp_path / "no.pdf", sample_pdf)
    assert (missing.returncode, "no existe" in missing.stderr) == (2, True)
    broken = tmp_path / "broken.pdf"
    broken.write_text("nada")
    unreadable = cuadra("diff", broken, sample_pdf)
    assert unreadable.returncode == 1
    assert "broken.pdf" in unreadable.stderr
    assert cuadra("diff", tmp_path, sample_pdf).returncode == 2  # a folder without a dataset
