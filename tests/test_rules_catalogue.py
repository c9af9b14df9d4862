"""The catalogue: a whole page per rule in both languages, and the committed file is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from validate import catalogue
from validate.rule import REGISTRY, Rule

DOCS = Path(__file__).parent.parent / "docs" / "rules.md"


def test_the_committed_catalogue_is_the_generated_one() -> None:
    assert DOCS.read_text(encoding="utf-8") == catalogue.markdown(), (
        "docs/rules.md is stale: python -m validate.catalogue > docs/rules.md"
    )


@pytest.mark.parametrize("code", sorted(REGISTRY))
@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_page_says_what_why_and_gives_an_example_with_numbers(code: str, lang: str) -> None:
    text = catalogue.page(code).text(lang)
    assert text.title.endswith(".")
    assert all(len(part) > 30 for part in (text.what, text.why, text.example))
    assert code.startswith("REA") or any(sign.isdigit() for sign in text.example)


def test_a_page_is_found_whatever_its_capitals_and_severity_is_the_rules() -> None:
    page = catalogue.page("ser09")
    assert (page.code, page.severity) == ("SER09", "info")
    assert page.text("es").title.startswith("Las metas siguen")
    assert page.text("en").title.startswith("The targets follow")


def test_pages_come_in_the_order_of_their_codes() -> None:
    listed = [page.code for page in catalogue.pages()]
    assert listed == sorted(REGISTRY)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        catalogue.page("SER99")


@pytest.mark.parametrize(
    "doc", ["Solo español.", "Título.\n\nQué revisa. Algo.\n---\nTitle.", None]
)
def test_a_rule_without_a_whole_page_is_refused(
    doc: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> tuple[()]:
        return ()

    ask.__doc__ = doc
    monkeypatch.setitem(REGISTRY, "XXX01", Rule("XXX01", "info", "document", ask))
    with pytest.raises(ValueError, match="XXX01"):
        catalogue.page("XXX01")
