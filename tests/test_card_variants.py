"""The same Fichas de Monitoreo, printed in every way that must read the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from samples.card_variants import CardVariant, card_variants

OCR = "without letters' names"
VARIANTS = [variant for variant in card_variants() if variant.name != OCR]


@pytest.mark.parametrize(
    "variant", VARIANTS, ids=lambda variant: f"{variant.group}: {variant.name}"
)
def test_every_field_of_a_card_is_exact_or_told(variant: CardVariant, tmp_path: Path) -> None:
    path = tmp_path / "variant.pdf"
    variant.build(path)
    found = variant.count(extract.read(path))
    assert found.wrong == []
    assert len(found.flagged) <= variant.may_flag * found.fields
