"""A report of a thousand documents opens at once, and is written anew only where it changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from publish.report import FOLDER, INDEX, write_report
from publish.staging import stage
from publish.store import publish
from tests.publish_rows import dataset, document
from tests.report_browser import browser, opened
from tests.report_multiplied import multiply

DOCUMENTS = 1000
FINDINGS = 14


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "out"
    ids = [f"f{number:016x}" for number in range(FINDINGS)]
    publish(folder, [stage(dataset(document(), ids))])
    multiply(folder, DOCUMENTS - 1)
    write_report(folder)
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


def test_it_opens_within_three_seconds_and_filters_at_once(chromium: Browser, out: Path) -> None:
    seconds = []
    with opened(chromium, out / FOLDER / INDEX) as window:
        for _ in range(3):
            start = time.perf_counter()
            page = window.go()
            seconds.append(time.perf_counter() - start)
            assert page.locator(".findings > li").count() == 100
        assert min(seconds) < 3
        assert "14,000" in page.locator(".results h2").inner_text()
        milliseconds = page.evaluate(
            "() => { const box = document.querySelector('input[type=search]');"
            "const start = performance.now(); box.value = 'd00000000000001f4';"
            "box.dispatchEvent(new Event('input')); return performance.now() - start; }"
        )
        assert milliseconds < 500
        assert page.locator(".findings > li").count() == FINDINGS


def test_no_file_holds_it_all(out: Path) -> None:
    files = [path for path in (out / FOLDER).rglob("*") if path.is_file()]
    assert len(files) > DOCUMENTS
    assert max(path.stat().st_size for path in files) < 5_000_000


def test_what_did_not_change_is_not_written_again(out: Path) -> None:
    folder = out / FOLDER / "data" / "documents"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    changed = dataset(document("a"), ["f" + "c" * 16], name="Otro nombre")
    publish(out, [stage(changed)])
    write_report(out)
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in after if after[name] != before.get(name)} == {"daaaaaaaaaaaaaaaa.js"}
