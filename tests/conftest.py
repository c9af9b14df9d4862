"""What many tests share: the sample, its expected values, and a small document of another hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from samples.fichas_reportlab import render

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample_pdf() -> Path:
    """The whole programme, as the samples rebuild it."""
    return ROOT / "samples" / "piimss-2020-2024.pdf"


@pytest.fixture(scope="session")
def fichas() -> list[dict[str, Any]]:
    """The expected values of the sample's 18 fichas. Tests copy what they change."""
    path = ROOT / "samples" / "sources" / "piimss-2020-2024.fichas.json"
    expected: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return expected


@pytest.fixture(scope="session")
def small_pdf(fichas: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme of two fichas (1.1 and 4.1, which runs over a page), laid out by reportlab."""
    path = tmp_path_factory.mktemp("small") / "small.pdf"
    render([ficha for ficha in fichas if ficha["indicator_id"] in ("1.1", "4.1")], path)
    return path


@pytest.fixture
def dataset_dir(tmp_path: Path) -> Path:
    """Where a test may leave a dataset; not there yet."""
    return tmp_path / "out"
