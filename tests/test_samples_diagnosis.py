"""The committed Diagnóstico carries the published text, and can be built again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2

from samples.diagnosis_fpdf import render
from samples.diagnosis_source import IMSS, read_diagnosis

SAMPLE = Path(__file__).parent.parent / "samples" / "coneval-diagnostico-imss-2024.pdf"
MARKS = re.compile(r"</?p>|\\text|\\(?=[()])|\]\(#\)|[*$\[\]{}]|^- ", re.MULTILINE)
"""How the transcription marks emphasis, paragraphs, a link, a formula and bullets."""


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", re.sub(r"[\x02\ufffe]", "-", text))


def pages() -> list[str]:
    with pypdfium2.PdfDocument(SAMPLE) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def test_the_sample_carries_the_whole_text_letter_for_letter() -> None:
    head = squeezed(read_diagnosis().head)
    body = [page.replace(f"{head}{at}", "", 1) for at, page in enumerate(pages(), start=1)]
    printed = Counter("".join(body).replace("•", ""))
    text = MARKS.sub("", IMSS.read_text(encoding="utf-8")).replace("\\times", "×")
    wanted = Counter(squeezed(text.replace("¹", "1").replace(read_diagnosis().head, "")))
    assert wanted - printed == Counter()
    assert printed - wanted == Counter(squeezed("¿Qué se valora? Hallazgos"))  # a page break


def test_every_paragraph_and_cell_stands_whole_on_the_pages() -> None:
    found = "".join(pages())
    for block in read_diagnosis().blocks:
        texts = [block.text, *(text for row in block.rows for cell in row for text in cell)]
        for text in texts:
            plain = squeezed(text.replace("*", "").replace("¹", "1"))
            assert plain in found or plain[:60] in found, text


def test_it_is_a_report_of_some_fifteen_pages_by_another_producer() -> None:
    assert len(pages()) == 14
    with pypdfium2.PdfDocument(SAMPLE) as document:
        assert document.get_metadata_value("Producer").startswith("fpdf2")
        assert document[0].get_size() == (567.0, 737.0)


def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    again = render(read_diagnosis(), tmp_path / "again.pdf")
    assert again.read_bytes() == SAMPLE.read_bytes()
