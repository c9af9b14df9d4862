"""Text from a PDF is data: whatever it says stands in the report as text, and does nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from normalize.schema import TABLES, Dataset, Row
from publish.columns import columns
from publish.report import FOLDER, INDEX, write_report
from publish.staging import stage
from publish.store import publish
from tests.report_browser import Opened, browser, opened

HOSTILE = (
    "</script><script>window.pwned=1</script>"
    '"><img src=x onerror="window.pwned=2">'
    "' onmouseover='window.pwned=3' {{7*7}} ${7*7} "
    "=HYPERLINK(1) \u202eodasrever\u202c \u2028\u2029 \\' \\u0041 </bdi> <!-- __proto__ & &lt; "
)
LONG = HOSTILE + "x" * 10_000
KEY = "1.1 </script>'\"><b>&#/?%\u202e"
DOCUMENT = "d" + "a" * 16


def hostile(model: type[Row], **given: Any) -> Row:
    """A row whose every free text is hostile."""
    samples = {"INTEGER": 2020, "DECIMAL": Decimal("12.5")}
    values = {
        column.name: column.choices[0]
        if column.choices
        else samples.get(column.kind, f"{column.name}: {HOSTILE}")
        for column in columns(model)
    }
    return model(**values | given)


def hostile_dataset() -> Dataset:
    dataset = Dataset()
    place = {"table_name": "indicators", "record": "", "field": "baseline_value", "role": "stated"}
    for model in TABLES:
        given: dict[str, Any] = {"document_id": DOCUMENT}
        if "indicator_id" in model.model_fields:
            given["indicator_id"] = KEY
        if model.table == "documents":
            given |= {
                "sha256": "a" * 64,
                "superseded_by": None,
                "page_count": 1,
                "source_uri": HOSTILE,
                "family": "ficha_monitoreo_programa",
                "title": LONG,
            }
        if model.table == "indicators":
            given["definition"] = LONG
        dataset.rows(model.table).append(hostile(model, **given))
    record = dataset.indicators[0].record_key
    place |= {"document_id": DOCUMENT, "record": record}
    dataset.findings[0] = dataset.findings[0].model_copy(
        update={"evidence": json.dumps([place]), "finding_id": "f" + "b" * 16, "rule": "CAL01"}
    )
    dataset.checks[0] = dataset.checks[0].model_copy(update={"rule": "CAL01", "outcome": "failed"})
    dataset.provenance[0] = dataset.provenance[0].model_copy(
        update={
            "table_name": "indicators",
            "record": record,
            "field": "baseline_value",
            "page": 1,
            "part": 1,
            "x0": Decimal(100),
            "top": Decimal(100),
            "x1": Decimal(150),
            "bottom": Decimal(110),
        }
    )
    return dataset


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "out"
    publish(folder, [stage(hostile_dataset())])
    write_report(folder)
    return folder / FOLDER / INDEX


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def window(chromium: Browser, index: Path) -> Iterator[Opened]:
    with opened(chromium, index, width=360) as found:
        yield found


def encoded(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("#/", ["message_es: "]),
        (f"#/finding/f{'b' * 16}", ["message_es: ", "reading: "]),
        (f"#/finding/f{'b' * 16}?lang=en", ["message_en: "]),
        (
            f"#/indicator/{DOCUMENT}/{encoded(KEY)}",
            ["name: ", "method: ", "unit: ", "reason_es: ", "source: ", "quality: "],
        ),
        (f"#/document/{DOCUMENT}", ["producer: ", "value_text: ", "subject: ", "approach: "]),
        ("#/documents", ["file_name: "]),
    ],
)
def test_hostile_text_is_shown_and_does_nothing(
    window: Opened, address: str, shown: list[str]
) -> None:
    page = window.go(address)
    page.wait_for_timeout(100)
    text = page.locator("main").inner_text().replace("\n", "")
    for beginning in shown:
        # White space folds where text is laid out; the rest stands as it was read.
        start = f"{beginning}{HOSTILE}".split("\u202e")[0].strip()
        assert " ".join(start.split()) in " ".join(text.split()), beginning
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("({}).pwned") is None
    assert page.locator("main :is(script, img, b, iframe)").count() == 0
    assert page.locator("main [onmouseover], main [onerror], main [style]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_text_that_turns_direction_is_set_apart(window: Opened) -> None:
    page = window.go(f"#/finding/f{'b' * 16}")
    assert page.locator("h1 bdi").count() == 1
    isolated = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => [...e.childNodes].some("
        "n => n.nodeType === 3 && n.data.includes('\\u202e'))).map(e => e.localName)"
    )
    # A title of an SVG shape is read aloud by itself; an option is a line by itself.
    assert set(isolated) <= {"bdi", "title", "option"}


def test_the_files_hold_no_markup_of_the_documents(index: Path) -> None:
    for path in [index, *(index.parent / "data").rglob("*.js")]:
        text = path.read_text("utf-8")
        assert "<img" not in text
        assert "</script><script>" not in text
        assert "\u2028" not in text
