"""The transcribed programme as pages of lines: where pages begin, which lines are link targets.

The transcription marks a page's first line with one leading space, directly under the last line
of the page before. A bullet that the extraction lost leaves a leading space too, but under a blank
line; a page that opens with its printed number stands under blank lines as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
PROGRAMME = SOURCES / "piimss-2020-2024.txt"
WITNESS = SOURCES / "piimss-2020-2024.fichas.json"

FOOTNOTE_RULE = "\v"  # stands for the line above a page's footnotes

_BARE_URL = re.compile(r"https?://\S+$")
_PAGE_NUMBER = re.compile(r" \d{1,3} *$")


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the publication, without its printed number.

    ``""`` stands for a blank line and ``FOOTNOTE_RULE`` for the rule; a line that a bullet opens
    begins with a space.
    """

    lines: tuple[str, ...]
    urls: tuple[str, ...]  # the page's link annotations: a target for every line that is linked


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line, linked or not."""

    text: str
    url: str | None = None


def read_pages(path: Path = PROGRAMME) -> list[SourcePage]:
    """The pages of the transcription, in order."""
    pages: list[list[str]] = []
    before = ""
    for position, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
        if position == 0 or _begins_page(line, before):
            pages.append([])
        pages[-1].append(line)
        before = line
    return [_page(lines) for lines in pages]


def _begins_page(line: str, before: str) -> bool:
    if _PAGE_NUMBER.match(line):
        return not before.strip()
    return line.startswith(" ") and bool(line.strip()) and bool(before.strip())


def _page(lines: list[str]) -> SourcePage:
    """Splits off the link targets that end a page; they alone carry no trailing space."""
    kept = list(lines)
    urls: list[str] = []
    while kept and (not kept[-1].strip() or _BARE_URL.fullmatch(kept[-1])):
        last = kept.pop()
        if last.strip():
            urls.append(last)
    kept[0] = "" if _PAGE_NUMBER.match(kept[0]) else kept[0].removeprefix(" ")
    stripped = (FOOTNOTE_RULE if _is_rule(line) else line.rstrip() for line in kept)
    return SourcePage(tuple(stripped), tuple(urls))


def _is_rule(line: str) -> bool:
    """A long run of spaces stands for the line above the footnotes."""
    return len(line) > 40 and not line.strip()


def joined(lines: Sequence[str]) -> str:
    """The lines as one: a break after a hyphen that belongs to a word goes, the hyphen stays."""
    text = ""
    for line in lines:
        attached = len(text) > 1 and text[-1] == "-" and text[-2] != " "
        text += line if not text or attached else " " + line
    return re.sub(r" +", " ", text).strip()


def link_spans(lines: Sequence[str], urls: Sequence[str]) -> list[list[Span]]:
    """Each line cut into spans; a URL keeps its target over the line breaks inside it."""
    text = "".join(lines)
    marks: list[str | None] = [None] * len(text)
    for url in set(urls):
        for found in re.finditer(re.escape(url), text):
            marks[found.start() : found.end()] = [url] * len(url)
    spans: list[list[Span]] = []
    start = 0
    for line in lines:
        spans.append(_runs(line, marks[start : start + len(line)]))
        start += len(line)
    return spans


def _runs(line: str, marks: Sequence[str | None]) -> list[Span]:
    runs: list[Span] = []
    for letter, mark in zip(line, marks, strict=True):
        if runs and runs[-1].url == mark:
            runs[-1] = Span(runs[-1].text + letter, mark)
        else:
            runs.append(Span(letter, mark))
    return runs
