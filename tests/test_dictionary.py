"""The committed data dictionary is the generated one."""

from __future__ import annotations

from pathlib import Path

from normalize.dictionary import markdown
from normalize.figure_codes import CODES
from normalize.schema import TABLES


def test_the_committed_dictionary_is_up_to_date() -> None:
    committed = Path(__file__).parents[1] / "docs" / "data-dictionary.md"
    assert committed.read_text(encoding="utf-8") == markdown(), (
        "run: python -m normalize.dictionary > docs/data-dictionary.md"
    )


def test_every_figure_code_is_listed() -> None:
    for code in CODES:
        assert f"| `{code.code}` |" in markdown()


def test_every_column_has_its_titles_in_both_languages() -> None:
    for row in TABLES:
        for name, info in row.model_fields.items():
            extra = info.json_schema_extra
            assert isinstance(extra, dict), f"{row.table}.{name}"
            assert all(extra.values()), f"{row.table}.{name}"
