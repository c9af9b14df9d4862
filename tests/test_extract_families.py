"""Which family a document is offered to, told from the cheap text of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.monitoring import is_kind

FICHA = [
    "Ficha de Monitoreo de los programas derivados del PND 2019-2024",
    "Programa Institucional del Instituto del Agua",
    "Características Tendencia",
    "Cumplimiento metas intermedia",
    "AVANCE META SEXENAL",
]
NEWS = [
    "El CONEVAL publicó la Ficha de Monitoreo del Programa Institucional del IMSS 2020-2024.",
    "Según el organismo, el avance de las metas sexenales es desigual.",
]


def pdf(folder: Path, lines: list[str]) -> Path:
    path = folder / "document.pdf"
    canvas = Canvas(str(path))
    for at, line in enumerate(lines):
        canvas.drawString(40, 780 - 30 * at, line)
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (FICHA, True),
        ([line.replace(" ", "  \r\n") for line in FICHA], True),
        (FICHA[:3], False),
        (FICHA[2:], False),
        (NEWS, False),
        ([], False),
    ],
)
def test_a_ficha_de_monitoreo_is_told_by_its_heading_and_its_rows(
    text: list[str], kind: bool
) -> None:
    assert is_kind(["\n".join(text)]) is kind


def test_a_page_that_mentions_coneval_is_of_no_family(tmp_path: Path) -> None:
    raw = extract.read(pdf(tmp_path, NEWS))
    assert (raw.family, raw.title, raw.fichas, raw.cards) == ("otra", None, [], [])


def test_a_page_that_only_speaks_of_cards_is_of_no_family(tmp_path: Path) -> None:
    raw = extract.read(pdf(tmp_path, [" y ".join(FICHA)]))
    assert is_kind(["\n".join(FICHA)])
    assert (raw.family, raw.title, raw.cells, raw.statements) == ("otra", None, [], [])


def test_a_programme_stays_a_programme(small_pdf: Path) -> None:
    assert extract.read(small_pdf).family == "programa_derivado"
