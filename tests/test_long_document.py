"""One long PDF uses all cores: its pages are shared out, and the rows are those of one process."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cuadra import pipeline
from samples.fichas_reportlab import render
from tests import stand_ins

TIMES = 6
"""How often the sample's 18 fichas stand in the document, each time under other objectives."""


@pytest.fixture
def long_pdf(fichas: list[dict[str, Any]], tmp_path: Path) -> Path:
    """A programme of 108 fichas."""
    path = tmp_path / "largo.pdf"
    chosen = []
    for time in range(TIMES):
        for ficha in fichas:
            objective, _, place = ficha["indicator_id"].partition(".")
            chosen.append({**ficha, "indicator_id": f"{int(objective) + 10 * time}.{place}"})
    render(chosen, path)
    return path


def test_a_long_document_is_read_by_several_processes_and_gives_the_rows_of_one(
    long_pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pypdfium2.PdfDocument(long_pdf) as pdf:
        count = len(pdf)
    assert count >= 120
    tables, readers = [], []
    for jobs in (1, 3):
        log, out = tmp_path / f"log-{jobs}", tmp_path / f"out-{jobs}"
        monkeypatch.setattr(pipeline, "WORK", stand_ins.PagesNoted(log))
        (report,) = pipeline.ingest(
            [long_pdf], out, force=False, listener=lambda _: None, jobs=jobs
        ).reports
        assert (report.pages, report.indicators) == (count, 18 * TIMES)
        tables.append({path.name: path.read_bytes() for path in out.glob("dataset/*.csv")})
        pages = defaultdict(set)
        for line in log.read_text().splitlines():
            process, page = line.split()
            pages[process].add(page)
        readers.append(sorted(len(each) for each in pages.values()))
    assert tables[0] == tables[1]
    assert len(tables[0]["indicators.csv"].splitlines()) > 18 * TIMES
    assert readers[0] == [count]
    assert len(readers[1]) >= 3
    assert max(readers[1]) < count  # nobody looked at all of them
