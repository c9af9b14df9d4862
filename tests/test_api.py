"""Cuadra from Python."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

import cuadra
from cuadra import pipeline
from extract.types import UnreadableDocument
from normalize.schema import TABLES
from publish.errors import DatasetError
from publish.store import publish
from tests.publish_rows import document, staged

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def reading(small_pdf: Path) -> cuadra.Reading:
    return cuadra.open(small_pdf)


def test_open_gives_rows(reading: cuadra.Reading) -> None:
    assert reading.document.family == "programa_derivado"
    assert [row.indicator_id for row in reading.indicators] == ["1.1", "4.1"]
    assert reading.indicators[0].baseline_value == Decimal("29.99")
    assert [row.year for row in reading.observations if row.series == "target"][:1] == [2020]
    assert reading.variables and reading.provenance and reading.checks
    assert {row.rule for row in reading.findings} <= {row.rule for row in reading.checks}


def test_frames_have_every_table_and_column(reading: cuadra.Reading) -> None:
    frames = reading.frames
    assert list(frames) == [model.table for model in TABLES]
    for model in TABLES:
        assert list(frames[model.table].columns) == list(model.model_fields)
        assert len(frames[model.table]) == len(reading.dataset.rows(model.table))


def test_frames_keep_texts_texts_and_numbers_exact(reading: cuadra.Reading) -> None:
    indicators = reading.frame("indicators")
    assert str(indicators.dtypes["indicator_id"]) == "str"
    assert str(indicators.dtypes["baseline_year"]) == "Int64"
    assert indicators["baseline_value"][0] == Decimal("29.99")
    assert isinstance(indicators["baseline_value"][0], Decimal)
    assert indicators["substitution"].notna().all()


def test_an_unknown_table_is_a_key_error(reading: cuadra.Reading) -> None:
    with pytest.raises(KeyError, match="nada"):
        reading.frame("nada")


def test_an_unreadable_file_says_why(tmp_path: Path) -> None:
    (tmp_path / "nota.pdf").write_text("nada")
    with pytest.raises(UnreadableDocument) as caught:
        cuadra.open(str(tmp_path / "nota.pdf"))
    assert caught.value.reason == "not_pdf"


def test_load_gives_the_stored_tables(tmp_path: Path) -> None:
    publish(tmp_path, [staged(document())])
    frames = cuadra.load(tmp_path)
    assert list(frames) == [model.table for model in TABLES]
    assert frames["indicators"]["baseline_value"][0] == Decimal("29.99")
    assert frames["indicators"]["target_value"].isna().all()
    assert frames["figures"].empty
    assert frames["checks"]["indicator_id"].tolist() == ["1.1", "1.1", ""]


def test_stored_frames_are_the_frames_of_the_reading(small_pdf: Path, tmp_path: Path) -> None:
    import pandas as pd

    pipeline.ingest([small_pdf], tmp_path, force=False, listener=lambda _: None)
    stored, read = cuadra.load(tmp_path), cuadra.open(small_pdf).frames
    for model in TABLES:
        key = list(model.key)
        pd.testing.assert_frame_equal(
            stored[model.table].sort_values(key, ignore_index=True),
            read[model.table].sort_values(key, ignore_index=True),
        )


def test_load_of_a_folder_without_a_dataset_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cuadra ingest"):
        cuadra.load(tmp_path)


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cuadra.__version__ == project["version"]
    assert cuadra.READING_VERSION


def test_the_cards_and_tables_of_a_ficha_de_monitoreo_are_rows() -> None:
    doc = cuadra.open(ROOT / "samples" / "coneval-ficha-monitoreo-imss-2020-2021.pdf")
    assert doc.document.family == "ficha_monitoreo_programa"
    assert {row.indicator_id for row in doc.assessments} >= {"1.1", "6.3"}
    assert any(row.category == "Total general" for row in doc.distributions)
    assert any(row.figure == "indicator_count" for row in doc.figures)
