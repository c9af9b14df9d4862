"""Budget fichas and Diagnósticos that a browser printed, with numbers in their charts."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from extract.types import RawDocument
from samples.printing import print_page
from tests import browser_pages as pages
from tests.browser_pages import (
    BUDGET,
    INFO,
    OWN,
    PLACES,
    PLAN,
    POPULATIONS,
    PROGRAMMES,
    across,
    ficha,
    lines,
    populations,
    report,
    table,
)


def printed(html: str, folder: Path) -> RawDocument:
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    print_page(page, folder / "page.pdf", folder)
    return extract.read(folder / "page.pdf")


def figures(raw: RawDocument) -> set[tuple[str, str, int, str]]:
    return {(f.figure, f.subject, f.year, f.value.text) for f in raw.figures}


FICHAS = {
    "columns": ("letter", lines(INFO), table(PLACES, "r"), populations("r"), "m"),
    "ruled": ("A4", table(INFO, "b"), table(PLACES, "b r"), populations("b r"), "b m"),
    "rows": (
        "A3 landscape",
        across(INFO, ""),
        across(PLACES, ""),
        "<div>Unidad de Medida: Persona</div><b>Valor 2021</b>" + across(POPULATIONS, ""),
        "",
    ),
    "lists": (
        "legal",
        table([(f"{a}: {b}", f"{c}: {d}") for (a, b), (c, d) in (INFO[:2], INFO[2:])], ""),
        lines(PLACES),
        "<div>Unidad de Medida: Persona</div><b>Valor 2021</b>" + lines(POPULATIONS),
        "r",
    ),
}


@pytest.mark.parametrize("look", FICHAS)
def test_a_ficha_that_a_browser_printed(look: str, tmp_path: Path) -> None:
    raw = printed(ficha(*FICHAS[look]), tmp_path)
    codes = ("population_potential", "population_target", "population_attended", "coverage")
    places = ("states_attended", "municipalities_attended", "localities_attended")
    expected = {("base_year", "", 0, "2018"), ("goal", "", 0, "94.50"), ("result", "", 0, "88.12")}
    expected |= {
        (code, "", 0, value)
        for code, (_, value) in zip(
            (*places, "men_attended", "women_attended"), PLACES, strict=True
        )
    }
    expected |= {
        (code, "", 2021, value) for code, (_, value) in zip(codes, POPULATIONS, strict=True)
    }
    for year, *cells in BUDGET:
        columns = ("programme_budget", "branch_budget", "budget_share")
        expected |= {
            (code, "", int(year), value) for code, value in zip(columns, cells, strict=True)
        }
    assert figures(raw) == expected | {("start_year", "", 0, "2013")}
    assert raw.problems == []
    assert {f.unit for f in raw.figures if f.figure.startswith("population")} == {"Persona"}
    assert raw.title is not None and raw.title.text == "Fomento a la Pesca Ribereña"
    assert raw.programme == "Secretaría de Mares y Lagunas S304"
    said = {each.section: each.text.text for each in raw.statements}
    assert said["sector"] == said["cobertura"] == pages.PROSE
    assert said["resultados"] == pages.PROSE * 2


REPORTS: dict[str, tuple[str, str, str, tuple[int, ...]]] = {
    "ruled": ("letter", "b", "10pt", (0, 1, 2, 3)),
    "no rules": ("letter", "", "10pt", (0, 1, 2, 3)),
    "no rules, middled": ("A4 landscape", "m", "9pt", (0, 1, 2, 3)),
    "small, other order": ("A5", "h", "7pt", (3, 2, 0, 1)),
    "no keys": ("A4", "", "10pt", (1, 2, 3)),
}


@pytest.mark.parametrize("look", REPORTS)
def test_a_report_that_a_browser_printed(look: str, tmp_path: Path) -> None:
    *style, order = REPORTS[look]
    raw = printed(report(style[0], style[1], style[2], order), tmp_path)
    expected = {
        ("score", "", 0, "0.731"),
        ("level", "", 0, "Adecuado"),
        ("rank", "", 0, "tercer"),
        ("rank_total", "", 0, "15"),
        ("programme_count", "", 0, "cinco"),
        ("objective_count", f"{PLAN} 2025-2030", 0, "siete"),
        ("indicator_count", f"{PLAN} 2025-2030", 0, "23"),
    }
    for key, name, score, level in PROGRAMMES:
        subject = key if 0 in order else name
        expected |= {("score", subject, 0, score), ("level", subject, 0, level)}
    for _, name, score, level in OWN:
        subject = f"dependencia/{name}"
        expected |= {("score", subject, 0, score), ("level", subject, 0, level)}
    assert figures(raw) == expected
    assert raw.problems == []
    assert raw.institution is not None and raw.institution.text == pages.INSTITUTION
    found = " ".join(s.text.text for s in raw.statements if s.section == "programas-objetivos")
    assert [f"{number} (20%)" in found for number in range(1, 10)] == [True] * 9
    assert found.count("lógica vertical.") == 9
    assert not any("derecho social 1?" in each.text.text for each in raw.statements)
