"""Damaged files never bring the readers down: those that once did, and a seeded few more."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from tools.fuzz_files import campaign, mutant, read_one, uncompressed

FUZZED = Path(__file__).parent / "fuzzed"
DOCUMENTS = Path(__file__).parent / "documents"


@pytest.mark.parametrize("path", sorted(FUZZED.glob("*.xz")), ids=lambda path: path.stem)
def test_a_file_that_once_brought_a_reader_down_is_read_or_refused(
    path: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(lzma.decompress(path.read_bytes()))
    assert read_one(damaged, second_look=False)


@pytest.mark.parametrize("name", ["browser-filled-cells", "word-processor-nested"])
def test_mutants_are_read_or_refused(name: str) -> None:
    content = uncompressed(DOCUMENTS / f"{name}.pdf")
    results = dict(campaign(content, range(50_000, 50_030), jobs=2))
    assert len(results) == 30
    assert not {seed: how for seed, how in results.items() if how.startswith("fell")}
    assert "read" in results.values()


def test_the_same_seed_gives_the_same_mutant() -> None:
    content = bytes(range(256)) * 20
    assert mutant(content, 7) == mutant(content, 7) != mutant(content, 8)
