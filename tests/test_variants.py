"""The same fichas, printed in every way that must read the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from samples.invented import invented
from samples.tally import tally
from samples.variants import Variant, published, variants

VARIANTS = list(variants([published()[9], *invented()[1:4]]))


@pytest.mark.parametrize(
    "variant", VARIANTS, ids=lambda variant: f"{variant.group}: {variant.name}"
)
def test_every_field_is_exact_or_told(variant: Variant, tmp_path: Path) -> None:
    path = tmp_path / "variant.pdf"
    variant.build(path)
    found = tally(extract.read(path), variant.fichas)
    assert found.wrong == []
    assert len(found.flagged) <= variant.may_flag * found.fields
    assert found.noise == []
