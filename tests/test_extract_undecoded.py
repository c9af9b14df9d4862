"""Fonts that do not say what letters they print: told, never read as nonsense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from producers import draw, ficha
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.scan import layer
from extract.types import OCR, OCR_DOUBTFUL
from samples.fichas_reportlab import render
from samples.tally import tally


def without_maps(path: Path) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        document.save(path)
    return path


def test_letters_without_a_code_are_told(
    tmp_path: Path, fichas: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """reportlab's subset fonts have codes of their own for letters outside of ASCII."""
    monkeypatch.setattr(layer, "is_available", lambda: False)
    path = tmp_path / "programme.pdf"
    render(fichas[:2], path)
    found = tally(extract.read(without_maps(path)), fichas[:2])
    assert found.wrong == []
    assert len(found.flagged) > 10
    assert found.exact > 20


@pytest.mark.skipif(not layer.is_available(), reason="the extra ocr is not installed")
def test_letters_without_a_code_are_read_by_ocr(
    tmp_path: Path, fichas: list[dict[str, Any]]
) -> None:
    path = tmp_path / "programme.pdf"
    render(fichas[:1], path)
    raw = extract.read(without_maps(path))
    assert [problem.rule for problem in raw.problems] == ["REA03"]
    read = raw.fichas[0]
    assert {text.reader for text in read.fields.values()} <= {OCR, OCR_DOUBTFUL}
    assert fichas[0]["name"] in read.fields["name"].text
    numbers = [value.text for _, value in [*read.historical, *read.targets] if value]
    expected = [*fichas[0]["historical_series"].values(), *fichas[0]["target_series"].values()]
    assert numbers == expected


def test_pages_without_a_code_for_any_letter_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "is_available", lambda: False)
    path = draw(tmp_path / "ficha.pdf", [["Parámetro del Objetivo prioritario 1", ficha()]])
    pdfmetrics.registerFont(TTFont("VeraBI", "VeraBI.ttf"))
    canvas = Canvas(str(tmp_path / "nonsense.pdf"))
    canvas.setFont("VeraBI", 10)
    # The font's subset numbers letters as they come; control codes first.
    for at, line in enumerate(("áéíóúñ ÁÉÍÓÚÑ àèìòù âêîôû ¿¡ €", "çãõäëïöü ÄËÏÖÜ ßøåæ ¼½¾")):
        canvas.drawString(60, 700 - 20 * at, line)
    canvas.save()
    without_maps(tmp_path / "nonsense.pdf")
    with (
        pikepdf.open(path, allow_overwriting_input=True) as document,
        pikepdf.open(tmp_path / "nonsense.pdf") as nonsense,
    ):
        document.pages.extend(nonsense.pages)
        document.save(path)
    raw = extract.read(path)
    assert len(raw.fichas) == 1
    rules = [problem.rule for problem in raw.problems]
    assert "REA03" in rules
    assert all("2" in problem.message_es for problem in raw.problems)


@pytest.mark.skipif(not layer.is_available(), reason="the extra ocr is not installed")
def test_a_ficha_without_codes_is_read_as_a_scan(tmp_path: Path) -> None:
    """A word processor's fonts have codes of their own for all letters."""
    original = Path(__file__).parent / "documents" / "word-processor-nested.pdf"
    with pikepdf.open(original) as document:
        del document.pages[3:]
        document.save(tmp_path / "ficha.pdf")
    printed = extract.read(tmp_path / "ficha.pdf").fichas[0]
    raw = extract.read(without_maps(tmp_path / "ficha.pdf"))
    assert [problem.rule for problem in raw.problems] == ["REA03"]
    read = raw.fichas[0]
    numbers = [value for _, value in [*printed.historical, *printed.targets] if value]
    found = [value for _, value in [*read.historical, *read.targets] if value]
    assert [value.text for value in found] == [value.text for value in numbers]
    assert {value.reader for value in found} <= {OCR, OCR_DOUBTFUL}
