"""The report of the sample programme in a real browser, opened from its folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import duckdb
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from typer.testing import CliRunner

from cuadra.cli import app
from publish.report import FOLDER, INDEX
from publish.report_links import finding_link
from tests.report_browser import Opened, browser, opened

AXE = {"resultTypes": ["violations"], "preload": False}
"""Preloading asks for the style sheets again, which the page's own policy forbids."""

VERDICTS = """
[[accept]]
rule = "SER03"
indicator = "6.3"
reason = "El programa lo corrigió en su anexo."
by = "Auditoría interna"
on = 2026-11-25

[[accept]]
finding = "f0000000000000000"
reason = "Ya no ocurre."
by = "Auditoría interna"
on = 2026-11-24
"""


SAMPLES = Path(__file__).parent.parent / "samples"
PROGRAMME = "piimss-2020-2024.pdf"
SHEET = "coneval-ficha-monitoreo-imss-2020-2021.pdf"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample programme and its Ficha de Monitoreo with their report; one finding is accepted,
    one verdict is stale."""
    folder = tmp_path_factory.mktemp("browser") / "out"
    folder.mkdir()
    (folder / "cuadra.toml").write_text(VERDICTS, "utf-8")
    paths = [str(SAMPLES / PROGRAMME), str(SAMPLES / SHEET)]
    result = CliRunner().invoke(app, ["ingest", *paths, "--out", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def window(chromium: Browser, out: Path) -> Iterator[Opened]:
    with opened(chromium, out / FOLDER / INDEX) as found:
        yield found


def query(out: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(out / "cuadra.duckdb"), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


def document_of(out: Path, file_name: str) -> str:
    ((document,),) = query(out, "SELECT document_id FROM documents WHERE file_name = ?", file_name)
    return str(document)


def addresses(out: Path) -> dict[str, str]:
    """One address of every kind of view."""
    document = document_of(out, PROGRAMME)
    ((finding,),) = query(out, "SELECT finding_id FROM findings WHERE rule = 'SER05'")
    return {
        "overview": "#/",
        "finding": f"#/finding/{finding}",
        "indicator": f"#/indicator/{document}/1.1",
        "document": f"#/document/{document}/48",
        "sheet": f"#/document/{document_of(out, SHEET)}",
        "documents": "#/documents",
        "rules": "#/rules",
        "rule": "#/rules/CAL06",
    }


def test_the_overview_counts_what_is_stored(window: Opened, out: Path) -> None:
    page = window.go()
    open_findings = query(
        out,
        "SELECT count(*) FILTER (severity = 'error'), count(*) FILTER (severity = 'warning') - 1, "
        "count(*) FILTER (severity = 'info') FROM findings",
    )
    words = [" ".join(text.split()) for text in page.locator(".hero h1 a").all_inner_texts()]
    assert [int(text.split()[0]) for text in words] == list(open_findings[0])
    ((total,),) = query(out, "SELECT count(*) FROM findings")
    assert page.locator(".findings > li").count() == total
    ((passed, failed, aside),) = query(
        out,
        "SELECT count(*) FILTER (outcome = 'passed'), count(*) FILTER (outcome = 'failed'), "
        "count(*) FILTER (outcome = 'not_applicable') FROM checks",
    )
    legend = page.locator(".outcomes .legend li").all_inner_texts()
    assert [int(text.split()[0]) for text in legend] == [passed, failed, aside]


def test_the_matrix_has_a_row_per_indicator_and_marks_each_finding(
    window: Opened, out: Path
) -> None:
    page = window.go()
    document = document_of(out, PROGRAMME)
    ((indicators,),) = query(
        out, "SELECT count(DISTINCT indicator_id) FROM checks WHERE document_id = ?", document
    )
    assert page.locator(".matrix tbody tr").count() == indicators
    failed = query(
        out,
        "SELECT DISTINCT indicator_id, rule FROM checks "
        "WHERE outcome = 'failed' AND document_id = ?",
        document,
    )
    assert page.locator(".matrix td a").count() == len(failed)


def test_filters_choose_live_in_the_address_and_survive_a_reload(window: Opened) -> None:
    page = window.go()
    page.get_by_role("checkbox", name="Error").check()
    errors = page.locator(".findings > li").count()
    assert errors == page.locator(".findings > li.error").count() > 0
    assert "severity=error" in page.url
    page.get_by_role("checkbox", name="Error").uncheck()
    page.get_by_role("searchbox").fill("DIABÉTES")
    found = page.locator(".findings > li")
    assert 0 < found.count() < 14
    assert all("diabetes" in text.lower() for text in found.all_inner_texts())
    page.get_by_role("checkbox", name="CAL01").check()
    assert found.count() == 1
    page.reload()
    page.wait_for_selector("main[data-view]")
    assert found.count() == 1
    assert page.get_by_role("searchbox").input_value() == "DIABÉTES"
    page.get_by_role("button", name="Quitar filtros").click()
    page.wait_for_function("document.querySelectorAll('.findings > li').length > 1")


def test_nothing_found_is_said(window: Opened) -> None:
    page = window.go("#/?q=nadie-lo-dice")
    assert page.locator(".findings > li").count() == 0
    assert "Ningún hallazgo" in page.locator(".results").inner_text()


def test_a_link_to_one_finding_opens_it_and_leads_to_its_neighbours(
    window: Opened, out: Path
) -> None:
    (first, second) = query(
        out,
        "SELECT finding_id, message_es FROM findings WHERE severity = 'error' "
        "ORDER BY rule LIMIT 2",
    )
    page = window.go(f"#/finding/{first[0]}?severity=error")
    assert page.locator("h1").inner_text() == first[1]
    window.follow("a[rel=next]")
    assert page.locator("h1").inner_text() == second[1]
    assert page.locator("a[rel=next]").count() == 0
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_workbooks_link_opens_its_finding(window: Opened, out: Path) -> None:
    ((finding, sentence),) = query(
        out, "SELECT finding_id, message_es FROM findings WHERE rule = 'CAL06'"
    )
    page = window.go(f"#{finding_link(finding).partition('#')[2]}")
    assert page.locator("h1").inner_text() == sentence


def test_a_finding_that_is_gone_and_an_address_that_leads_nowhere_are_said(window: Opened) -> None:
    assert "ya no está" in window.go("#/finding/f9999999999999999").locator("main").inner_text()
    for address in ("#/nada", "#/document/d0", "#/indicator/d0/1.1", "#/rules/XYZ", "#/__proto__"):
        assert "no lleva" in window.go(address).locator("main").inner_text()


def test_the_language_changes_at_a_click_and_stays(window: Opened, out: Path) -> None:
    page = window.go(addresses(out)["finding"])
    window.follow("#language")
    ((sentence,),) = query(out, "SELECT message_en FROM findings WHERE rule = 'SER05'")
    assert page.locator("h1").inner_text() == sentence
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "Step by step" in page.locator("main").inner_text()
    window.follow(".brand")
    assert "lang=en" not in page.url or page.evaluate("document.documentElement.lang") == "en"
    window.go("#/?lang=en")
    window.follow(".findings .sentence a")
    assert "lang=en" in page.url
    assert page.evaluate("document.documentElement.lang") == "en"


def test_boxes_lie_where_the_values_were_read(window: Opened, out: Path) -> None:
    pdfs = {name: pypdfium2.PdfDocument(SAMPLES / name) for name in (PROGRAMME, SHEET)}
    findings = query(out, "SELECT finding_id, evidence FROM findings ORDER BY finding_id")
    assert findings
    for finding_id, evidence in findings:
        page = window.go(f"#/finding/{finding_id}")
        wanted = {
            (name, number, *(round(float(side), 1) for side in row))
            for item in json.loads(evidence)
            for name, number, *row in query(
                out,
                "SELECT file_name, page, x0, top, x1, bottom FROM provenance "
                "JOIN documents USING (document_id) WHERE document_id = ? "
                "AND table_name = ? AND record = ? AND field = ?",
                *(item[name] for name in ("document_id", "table_name", "record", "field")),
            )
        }
        assert wanted
        drawn = set()
        for sheet in page.locator("figure.sheet").all():
            caption = sheet.locator("figcaption a").inner_text()
            name, number = caption.split(", ")[0], int(caption.rsplit(" ", 1)[1])
            size = sheet.locator("image").evaluate(
                "i => [+i.getAttribute('width'), +i.getAttribute('height')]"
            )
            assert size == pytest.approx(pdfs[name][number - 1].get_size(), abs=0.01)
            shown = sheet.locator("svg.page").evaluate("s => s.viewBox.baseVal.width")
            for box in sheet.locator("rect.box").all():
                x, top, width, height = box.evaluate(
                    "b => ['x', 'y', 'width', 'height'].map(n => +b.getAttribute(n))"
                )
                # A box is drawn a point outside the words.
                sides = (x + 1, top + 1, x + width - 1, top + height - 1)
                drawn.add((name, number, *(round(side, 1) for side in sides)))
            assert shown <= size[0]
        assert drawn == wanted


def test_the_words_under_a_box_are_the_value(out: Path, sample_pdf: Path) -> None:
    """The picture and the boxes share one space: pdfium's text there is the value."""
    pdf = pypdfium2.PdfDocument(sample_pdf)
    rows = query(
        out,
        "SELECT page, x0, top, x1, bottom, text FROM provenance "
        "WHERE table_name = 'observations' AND field = 'value' ORDER BY ALL LIMIT 40",
    )
    for number, x0, top, x1, bottom, text in rows:
        page = pdf[number - 1]
        height = page.get_size()[1]
        words = page.get_textpage().get_text_bounded(
            float(x0) - 1, height - float(bottom) - 1, float(x1) + 1, height - float(top) + 1
        )
        assert words.strip() == text


def test_pictures_show_ink_where_the_boxes_are(window: Opened, out: Path) -> None:
    page = window.go(addresses(out)["finding"])
    page.wait_for_function(
        "[...document.querySelectorAll('image')].every(i => i.getBBox().width > 0)"
    )
    shot = page.locator("figure.sheet").first.screenshot()
    assert len(shot) > 10_000  # a blank sheet is a tenth of it


def test_the_arithmetic_is_written_out(window: Opened, out: Path) -> None:
    ((finding,),) = query(
        out, "SELECT finding_id FROM findings WHERE rule = 'CAL01' AND indicator_id = '2.1'"
    )
    steps = window.go(f"#/finding/{finding}").locator(".steps").inner_text()
    for line in (
        "48,240 / 35,578,474 ≈ 0.00135587602774",
        "135.587603 → 135.59",
        "135.64",
        "+0.052397",
    ):
        assert line in steps


def test_an_indicator_shows_every_field_and_links_each_to_its_place(
    window: Opened, out: Path
) -> None:
    page = window.go(addresses(out)["indicator"])
    texts = page.locator(".fields dd").all_inner_texts()
    ((row),) = query(
        out,
        "SELECT COLUMNS('method|definition|unit|baseline_text|target_note') "
        "FROM indicators WHERE indicator_id = '1.1'",
    )
    for value in row:
        assert value in texts
    assert page.locator("svg.chart circle.historical").count() == 3
    assert page.locator("svg.chart text.gap").all_text_contents() == ["n.d."] * 4
    years = page.locator("svg.chart .axis.x .tick text").all_text_contents()
    assert years[0] == "2012" and years[-1] == "2024"
    table = page.locator("section[aria-labelledby=series] tbody tr")
    assert table.count() == 7 + 5 + 2
    window.follow("section[aria-labelledby=series] td a.value >> nth=4")
    box = page.locator("rect.box.marked").first
    assert "28.99" in (box.get_attribute("aria-label") or "")


def test_a_document_outlines_all_that_was_read(window: Opened, out: Path) -> None:
    page = window.go(addresses(out)["document"])
    ((boxes,),) = query(out, "SELECT count(*) FROM provenance WHERE page = 48")
    assert page.locator("rect.box").count() == boxes
    assert page.locator("nav.strip a").count() == len(
        query(
            out,
            "SELECT DISTINCT page FROM provenance WHERE document_id = ?",
            document_of(out, PROGRAMME),
        )
    )
    assert "pdfium" in page.locator(".facts").inner_text()


def test_accepted_findings_and_stale_verdicts_are_shown(window: Opened) -> None:
    page = window.go()
    assert "f0000000000000000" in page.locator(".notice").inner_text()
    page.get_by_role("radio", name="Aceptados").check()
    assert page.locator(".findings > li").count() == 1
    window.follow(".findings .sentence a")
    assert "Auditoría interna" in page.locator(".acceptance").inner_text()
    assert "2026-11-25" in page.locator(".acceptance").inner_text()


def test_evidence_in_another_document_shows_its_page(window: Opened, out: Path) -> None:
    ((finding,),) = query(out, "SELECT finding_id FROM findings WHERE rule = 'MON06'")
    page = window.go(f"#/finding/{finding}")
    captions = page.locator("figure.sheet figcaption a").all_inner_texts()
    assert [caption.split(", ")[0] for caption in captions] == [SHEET, PROGRAMME]
    steps = page.locator(".steps").inner_text()
    assert "otro documento" in steps and "64" in steps and "Retroceso" in steps


def test_the_sheet_shows_cards_distribution_and_figures(window: Opened, out: Path) -> None:
    page = window.go(f"#/document/{document_of(out, SHEET)}")
    assert page.locator("section[aria-labelledby=cards] tbody tr").count() == 18
    ((cells,),) = query(out, "SELECT count(*) FROM distributions")
    assert page.locator("section[aria-labelledby=distribution] td a.value").count() == cells
    ((figures,),) = query(
        out, "SELECT count(*) FROM figures WHERE document_id = ?", document_of(out, SHEET)
    )
    assert page.locator("section[aria-labelledby=figures] tbody tr").count() == figures
    assert "statement" not in page.locator("section[aria-labelledby=figures]").inner_text()


def test_the_indicator_shows_conevals_grade_from_the_sheet(window: Opened, out: Path) -> None:
    page = window.go(addresses(out)["indicator"])
    ((status, progress),) = query(
        out,
        "SELECT milestone_status, target_progress FROM assessments WHERE indicator_id = '1.1'",
    )
    assert f"{status} · {progress}" in page.locator("figure.chart").inner_text()
    assert SHEET in page.locator("section.card").inner_text()


def test_a_programme_filter_leaves_the_findings_of_its_documents(window: Opened, out: Path) -> None:
    programmes = query(out, "SELECT DISTINCT programme_id FROM documents ORDER BY 1")
    for (programme,) in programmes:
        page = window.go(f"#/?programme={programme}")
        ((number,),) = query(
            out,
            "SELECT count(*) FROM findings JOIN documents USING (document_id) "
            "WHERE programme_id = ?",
            programme,
        )
        assert page.locator(".findings > li").count() == number


def test_a_printed_finding_is_one_page(window: Opened, out: Path) -> None:
    for (finding,) in query(out, "SELECT finding_id FROM findings"):
        pdf = window.go(f"#/finding/{finding}").pdf(prefer_css_page_size=True)
        assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_the_keyboard_reaches_the_content_first(window: Opened) -> None:
    page = window.go()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_view_is_wider_than_its_window(
    chromium: Browser, out: Path, tmp_path: Path, width: int
) -> None:
    with opened(chromium, out / FOLDER / INDEX, width=width) as window:
        for name, address in addresses(out).items():
            page = window.go(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            page.screenshot(path=tmp_path / f"{name}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_axe_finds_nothing_to_object_to(
    chromium: Browser, out: Path, scheme: Literal["light", "dark"], lang: str
) -> None:
    with opened(chromium, out / FOLDER / INDEX, scheme=scheme) as window:
        for name, address in addresses(out).items():
            page = window.go(f"{address}?{'lang=en' if lang == 'en' else 'q='}")
            violations = Axe().run(page, options=AXE).response["violations"]
            found = [
                (item["id"], [node["target"] for node in item["nodes"]]) for item in violations
            ]
            assert not found, (name, found)


def test_an_address_may_hold_any_text(window: Opened) -> None:
    page = window.go(f"#/?q={quote('<img src=x onerror=alert(1)>')}")
    assert page.get_by_role("searchbox").input_value() == "<img src=x onerror=alert(1)>"
