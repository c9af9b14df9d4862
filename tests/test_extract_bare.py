"""Fichas without ruled cells, as a browser prints them: every field exact, or told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import extract
from samples.printing import print_page
from samples.programme import load
from samples.render_html import write_html
from samples.tally import tally
from samples.variants import published

BARE = (
    "td { border: none !important } td.label { background: none } "
    "td.section { background: none; color: #000 }"
)
KEYS = ("1.1", "4.1", "5.2", "6.1")


@pytest.mark.parametrize(
    ("look", "may_flag"),
    [
        (BARE, 0),
        (BARE + "td { vertical-align: top }", 0),
        # rows as close as lines, columns hardly further apart than words
        (BARE + "td { vertical-align: top; padding: 0 2px }", 3),
        ("td { border: none !important }", 0),
        (BARE + "td { border-top: .6pt solid #98989a !important }", 0),
    ],
    ids=["none", "none, at the top", "none, tight", "shaded labels", "horizontal rules"],
)
def test_printed_by_a_browser(tmp_path: Path, look: str, may_flag: int) -> None:
    programme = load()
    chosen = [ficha for ficha in programme.fichas if ficha.key in KEYS]
    page, path = tmp_path / "programme.html", tmp_path / "programme.pdf"
    write_html(replace(programme, fichas=tuple(chosen), before=(), after=()), page, look)
    print_page(page, path, tmp_path)
    truth = [ficha for ficha in published() if ficha["indicator_id"] in KEYS]
    found = tally(extract.read(path), truth)
    assert found.wrong == []
    assert len(found.flagged) <= may_flag
    assert found.exact > 150
