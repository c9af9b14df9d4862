"""The workbook as a spreadsheet program opens it: typed cells, headings, links, limits."""

from __future__ import annotations

import datetime
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import sync_playwright

from normalize.schema import Assessment, Dataset, Finding, Variable
from publish import store, workbook
from publish.columns import columns
from publish.errors import DatasetError
from publish.report import write_report
from publish.report_links import WORKBOOK, finding_link
from publish.staging import stage
from publish.waivers import Waiver
from tests.publish_rows import dataset, document, finding


def opened(directory: Path, **options: Any) -> Any:
    return openpyxl.load_workbook(workbook.write_workbook(directory, **options))


def column(sheet: Worksheet, title: str) -> list[Any]:
    """The cells under a heading."""
    titles = [cell.value for cell in sheet[1]]
    return [row[titles.index(title)] for row in sheet.iter_rows(min_row=2)]


def publish(directory: Path, **changes: Any) -> Dataset:
    rows = dataset(document("a"))
    for table, value in changes.items():
        setattr(rows, table, value)
    store.publish(directory, [stage(rows)])
    return rows


def variable(position: int, text: str, value: str) -> Variable:
    return Variable(
        document_id=document("a").document_id,
        indicator_id="1.1",
        position=position,
        name="Población",
        value=Decimal(value),
        value_text=text,
    )


def test_sheets_and_headings_are_spanish_by_default_and_come_from_the_schema(
    dataset_dir: Path,
) -> None:
    publish(dataset_dir)
    book = opened(dataset_dir)
    assert book.sheetnames == [
        "Hallazgos",
        "Indicadores",
        "Variables",
        "Series",
        "Valoraciones",
        "Acerca de",
    ]
    titles = [cell.value for cell in book["Valoraciones"][1]]
    assert titles == ["Archivo", *(item.title_es for item in columns(Assessment))]
    english = opened(dataset_dir, lang="en")
    assert english.sheetnames[0] == "Findings"
    assert column(english["Findings"], "Message")[0].value == "The baseline [29.99] is not 30."


def test_the_heading_is_frozen_and_every_column_filters(dataset_dir: Path) -> None:
    publish(dataset_dir)
    for name in ("Hallazgos", "Indicadores", "Variables"):
        sheet = opened(dataset_dir)[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(2, sheet.max_column).coordinate}"


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("29.90", "29.9", "0.00"),
        ("1,234,567", "1234567", "#,##0"),
        ("1,234.50", "1234.5", "#,##0.00"),
        ("12.5 %", "12.5", "0.0"),
        ("unos doce", "12.25", "0.00"),
    ],
)
def test_numbers_keep_the_printed_precision(
    dataset_dir: Path, text: str, value: str, number_format: str
) -> None:
    publish(dataset_dir, variables=[variable(1, text, value)])
    cell = column(opened(dataset_dir)["Variables"], "Valor")[0]
    assert Decimal(str(cell.value)) == Decimal(value)
    assert cell.number_format == number_format


def test_a_number_that_excel_would_change_stays_a_text(dataset_dir: Path) -> None:
    publish(dataset_dir, variables=[variable(1, "12345678901234567", "12345678901234567")])
    book = opened(dataset_dir)
    assert column(book["Variables"], "Valor")[0].value == "12345678901234567"
    assert any("15 cifras" in str(row[1].value) for row in book["Acerca de"].iter_rows())


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x.test","pulse")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "\u202egnp.exe",
        "{=1+1}",
        "http://example.test",
    ],
)
def test_hostile_text_stays_text(dataset_dir: Path, text: str) -> None:
    publish(dataset_dir, variables=[variable(1, "1", "1").model_copy(update={"name": text})])
    cell = column(opened(dataset_dir)["Variables"], "Nombre de la variable")[0]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_characters_that_no_workbook_holds_are_replaced_and_long_texts_are_cut_and_said(
    dataset_dir: Path,
) -> None:
    name = "a\x00b" + "x" * workbook.MAX_TEXT
    publish(dataset_dir, variables=[variable(1, "1", "1").model_copy(update={"name": name})])
    book = opened(dataset_dir)
    value = column(book["Variables"], "Nombre de la variable")[0].value
    assert value.startswith("a\ufffdb")
    assert len(value) == workbook.MAX_TEXT
    assert value.endswith("…")
    assert any("se cortan" in str(row[1].value) for row in book["Acerca de"].iter_rows())


def test_each_finding_links_into_the_report_and_names_its_page(dataset_dir: Path) -> None:
    publish(dataset_dir)
    sheet = opened(dataset_dir)["Hallazgos"]
    cell = column(sheet, "Hallazgo")[0]
    assert cell.value == "f0000000000000001"
    # Paths inside a workbook are Windows paths; spreadsheet programs elsewhere turn them round.
    assert cell.hyperlink.target == "report\\index.html"
    assert cell.hyperlink.location == "hallazgo=f0000000000000001"
    assert column(sheet, "Página")[0].value == 41
    assert column(sheet, "Gravedad")[0].value == "error"
    assert column(sheet, "Declarado")[0].value == 29.99


def test_the_link_opens_the_finding_in_the_report(dataset_dir: Path) -> None:
    publish(dataset_dir)
    write_report(dataset_dir)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(f"file://{dataset_dir}/{finding_link('f0000000000000001')}")
        page.wait_for_selector("main[data-view=finding]")
        assert "La línea base [29.99] no es 30." in page.inner_text("main")
        browser.close()


def test_an_accepted_finding_says_who_and_why(dataset_dir: Path) -> None:
    publish(dataset_dir)
    on = datetime.date(2026, 11, 25)
    verdict = Waiver(1, "Corregido.", "Auditoría", on, finding="f0000000000000001")
    sheet = opened(dataset_dir, waivers=[verdict])["Hallazgos"]
    assert column(sheet, "Aceptado: motivo")[0].value == "Corregido."
    assert column(sheet, "Aceptado por")[0].value == "Auditoría"
    assert column(sheet, "Aceptado el")[0].value.date() == on


def test_rows_past_the_limit_go_on_another_sheet_that_is_announced(dataset_dir: Path) -> None:
    names = [f"f{number:016}" for number in range(5)]
    publish(dataset_dir, findings=[finding(document("a").document_id, name) for name in names])
    book = opened(dataset_dir, max_rows=3)
    assert book.sheetnames[:3] == ["Hallazgos", "Hallazgos (2)", "Hallazgos (3)"]
    found = [
        cell.value for title in book.sheetnames[:3] for cell in column(book[title], "Hallazgo")
    ]
    assert found == names
    assert any("Hallazgos (3)" in str(row[1].value) for row in book["Acerca de"].iter_rows())


def test_links_past_excels_limit_are_texts_and_said(
    dataset_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_LINKS", 1)
    names = ["f0000000000000001", "f0000000000000002"]
    publish(dataset_dir, findings=[finding(document("a").document_id, name) for name in names])
    book = opened(dataset_dir)
    linked = [cell.hyperlink is not None for cell in column(book["Hallazgos"], "Hallazgo")]
    assert linked == [True, False]
    assert any("sin enlace" in str(row[1].value) for row in book["Acerca de"].iter_rows())


def test_a_finding_without_evidence_or_indicator_is_a_row_like_others(dataset_dir: Path) -> None:
    bare: Finding = finding(document("a").document_id, "f1").model_copy(
        update={"indicator_id": None, "evidence": json.dumps([]), "stated": "dos de tres"}
    )
    publish(dataset_dir, findings=[bare])
    sheet = opened(dataset_dir)["Hallazgos"]
    assert column(sheet, "Página")[0].value is None
    assert column(sheet, "Declarado")[0].value == "dos de tres"


def test_the_same_rows_give_the_same_bytes(dataset_dir: Path) -> None:
    publish(dataset_dir)
    first = workbook.write_workbook(dataset_dir).read_bytes()
    assert workbook.write_workbook(dataset_dir).read_bytes() == first


def test_without_a_dataset_nothing_is_written(dataset_dir: Path) -> None:
    dataset_dir.mkdir()
    with pytest.raises(DatasetError):
        workbook.write_workbook(dataset_dir)
    assert not (dataset_dir / WORKBOOK).exists()
