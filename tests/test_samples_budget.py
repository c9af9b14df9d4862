"""The committed ficha of a budget programme carries the published text, and can be built again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2

from samples.budget_ficha import E012, LETTER_SPACED, read_ficha
from samples.budget_reportlab import render

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE = SAMPLES / "coneval-ficha-monitoreo-e012-2020-2021.pdf"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", re.sub(r"[\x02\ufffe]", "-", text))


def printed() -> str:
    with pypdfium2.PdfDocument(SAMPLE) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_sample_carries_the_whole_text_letter_for_letter() -> None:
    wanted = squeezed(E012.read_text(encoding="utf-8"))
    assert Counter(squeezed(printed())) == Counter(wanted)
    found = squeezed(printed())
    for block in (read_ficha().objective, read_ficha().sector, read_ficha().notes[:1]):
        assert squeezed("".join(block)) in found


def test_the_files_order_is_not_the_pages() -> None:
    found = squeezed(printed())
    assert found.index("PoblaciónAtendida/") < found.index("97,837,470")
    assert found.index("EvolucióndelaCobertura") < found.index("577,288")
    assert found.index("1,107.17") < found.index("487,852.24")  # the table column by column


def test_spread_lines_are_spread_by_letter_spacing() -> None:
    with pypdfium2.PdfDocument(SAMPLE) as document:
        text = document[0].get_textpage()
        whole = text.get_text_range()
        for line in LETTER_SPACED.values():
            at = whole.index(line.split()[0])
            boxes = [text.get_charbox(at + offset) for offset in range(2)]
            assert boxes[1][0] - boxes[0][2] > 0.5  # points between two letters


def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    assert render(read_ficha(), tmp_path / "again.pdf").read_bytes() == SAMPLE.read_bytes()


def test_it_is_no_paper_of_the_other_samples() -> None:
    with pypdfium2.PdfDocument(SAMPLE) as document:
        assert document[0].get_size() == (638.0, 850.0)
        assert document.get_metadata_value("Producer").startswith("ReportLab")
