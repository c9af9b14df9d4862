"""The committed Fichas de Monitoreo carry every word of the published ones, in the same order."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from samples.build import build_monitoring
from samples.monitoring_source import NAMES, Monitoring, load
from samples.source import SOURCES

SAMPLES = Path(__file__).parent.parent / "samples"


@cache
def words(name: str) -> list[list[str]]:
    """The words of every page, in the order of the file."""
    with pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf") as document:
        return [page.get_textpage().get_text_range().split() for page in document]


@cache
def source(name: str) -> str:
    return (SOURCES / f"{name}.txt").read_text("utf-8")


@cache
def model(name: str) -> Monitoring:
    return load(name)


def witness(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SOURCES / f"{name}.cards.json").read_text("utf-8"))
    return found


def whole(texts: list[str]) -> str:
    return "".join(texts).replace("\ufffe", "-").replace("\x02", "-")


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_source_is_in_the_file_and_no_other(name: str) -> None:
    printed = " ".join(word for page in words(name) for word in page)
    hyphens = str.maketrans("-\ufffe\x02", "   ")
    assert Counter(printed.translate(hyphens).split()) == Counter(
        source(name).translate(hyphens).split()
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_the_file_is_in_the_order_of_the_source(name: str) -> None:
    printed = whole([word for page in words(name) for word in page])
    assert printed == whole(source(name).split())


@pytest.mark.parametrize("name", NAMES)
def test_the_boxes_are_those_that_the_witness_knows(name: str) -> None:
    known = witness(name)
    cards = [card for objective in model(name).objectives for card in objective.cards]
    found = [
        {
            "indicator_id": card.key,
            "quality": card.quality.words,
            "milestone_status": card.milestone_status.words,
            "target_progress": card.target_progress.words,
        }
        for card in cards
    ]
    assert found == [{name: card[name] for name in found[0]} for card in known["cards"]]
    for card, expected in zip(cards, known["cards"], strict=True):
        assert whole(card.name.words.split()).rstrip(".") == whole(
            f"{card.key} {expected['name']}".split()
        ).rstrip(".")
        assert card.trend.words.casefold() == expected["trend"]
    counts = [[cell.words for cell in row[1:-1]] for row in model(name).table[1:-1]]
    assert counts == [[str(count) for count in row] for row in known["matrix"].values()]


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_are_two_wide_ones_of_another_producer(name: str) -> None:
    with pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf") as document:
        assert [page.get_size() for page in document] == [(1224, 612)] * 2
        assert document.get_metadata_value("Producer").startswith("ReportLab")
        for page in document:
            texts = page.get_objects(
                filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()
            )
            fonts = [pdfium.FPDFTextObj_GetFont(text.raw) for text in texts]
            assert all(pdfium.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)


@pytest.mark.parametrize("name", NAMES)
def test_building_again_gives_the_committed_bytes(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"{name}.pdf"
    build_monitoring(target)
    assert target.read_bytes() == (SAMPLES / target.name).read_bytes()
