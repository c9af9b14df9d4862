"""A real browser over a report: what it prints to its console or asks of a network is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
READY = "main[data-view]"


@dataclass
class Opened:
    """A page with a report in it, and what it complained of."""

    page: Page
    index: Path
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str = "#/") -> Page:
        """Open an address of the report anew, and wait until it is shown."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.index.as_uri()}{address}")
        self.page.wait_for_selector(READY)
        return self.page

    def follow(self, selector: str) -> Page:
        """Click a link and wait for the view that it opens."""
        before = self.page.url
        self.page.evaluate("document.getElementById('main').removeAttribute('data-view')")
        self.page.locator(selector).first.click()
        self.page.wait_for_function("before => location.href !== before", arg=before)
        self.page.wait_for_selector(READY)
        return self.page


@contextmanager
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


@contextmanager
def opened(
    browser: Browser,
    index: Path,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Opened]:
    """A window on a report. Errors, warnings, dialogs and requests that leave its folder are
    failures."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    window = Opened(page, index)
    folder = index.parent.as_uri()

    def asked(url: str) -> None:
        if not url.startswith(folder) and url != "about:blank":
            window.complaints.append(f"request: {url}")

    page.on("console", lambda message: window.complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: window.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: window.complaints.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: asked(request.url))
    page.on("requestfailed", lambda request: window.complaints.append(f"failed: {request.url}"))
    try:
        yield window
    finally:
        context.close()
    assert not window.complaints, window.complaints
