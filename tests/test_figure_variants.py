"""The same budget fichas and Diagnósticos, printed in every way that must read the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from samples.figure_variants import FigureVariant, figure_variants

OCR = "without letters' names"
VARIANTS = [variant for variant in figure_variants() if variant.name != OCR]


@pytest.mark.parametrize(
    "variant", VARIANTS, ids=lambda variant: f"{variant.group}: {variant.name}"
)
def test_every_figure_and_sentence_is_exact_or_told(variant: FigureVariant, tmp_path: Path) -> None:
    path = tmp_path / "variant.pdf"
    variant.build(path)
    found = variant.count(extract.read(path))
    assert found.wrong == []
    assert len(found.flagged) <= variant.may_flag * found.fields
    assert found.noise == []
