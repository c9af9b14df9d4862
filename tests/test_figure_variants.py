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


def test_headings_of_an_annex_that_almost_touch_are_read_apart(tmp_path: Path) -> None:
    from samples.diagnosis_fpdf import Style, render
    from samples.diagnosis_inventions import invented

    report, expected = invented(3, programmes=5)
    style = Style(rules="none", shaded=False, size=6.0, margin=150.0)
    raw = extract.read(render(report, tmp_path / "report.pdf", style))
    assert {(f.figure, f.subject, f.value.text) for f in raw.figures} == expected
