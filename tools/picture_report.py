"""Draws the README's picture of the report: one finding of the samples, as its reader sees it.

``make picture`` runs it. The same samples and the same Chromium give the same picture.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path

import duckdb
from PIL import Image
from playwright.sync_api import sync_playwright

from cuadra import pipeline
from publish.report import write_report
from publish.report.pictures import encoded

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "piimss-2020-2024.pdf"
RULE, INDICATOR = "CAL01", "2.1"
WIDTH, HEIGHT = 1280, 860


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "report.png")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        pipeline.ingest([SAMPLE], directory, force=False, listener=lambda _: None)
        with duckdb.connect(str(directory / "cuadra.duckdb"), read_only=True) as connection:
            found = connection.execute(
                "SELECT finding_id FROM findings WHERE rule = ? AND indicator_id = ?",
                [RULE, INDICATOR],
            ).fetchone()
        assert found is not None
        picture = _picture(f"{write_report(directory).as_uri()}#/finding/{found[0]}", arguments)
    _, content = encoded(picture)
    arguments.out.write_bytes(content)


def _picture(address: str, arguments: argparse.Namespace) -> Image.Image:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.browser, args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address)
        page.wait_for_selector("main[data-view]")
        page.wait_for_timeout(300)  # the page's picture is decoded
        content = page.screenshot()
        browser.close()
    return Image.open(io.BytesIO(content))


if __name__ == "__main__":
    main()
