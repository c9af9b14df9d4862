"""The reportlab producer prints every text of its fichas, in whatever style."""

from __future__ import annotations

import copy
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import extract
from normalize.records import normalize
from samples.fichas_reportlab import Style, render, wrap

STYLES = {
    "plain": Style(),
    "segments": Style(rules="segments", margin=60),
    "bars, sections apart": Style(rules="bars", section_titles="text"),
    "one after the other": Style(page_per_ficha=False, cut_rows=False),
    "small page": Style(page_size=(420, 595), margin=30, size=6),
    "built-in font": Style(font="Helvetica", bold="Helvetica-Bold", size=9),
}


def squeezed(text: str) -> str:
    """Text without white space and without pdfium's mark for a hyphen at a line's end."""
    return re.sub(r"\s", "", text.replace("\x02", "-"))


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def texts_of(ficha: dict[str, Any]) -> list[str]:
    single = [text for text in ficha.values() if isinstance(text, str)]
    series = [*ficha["historical_series"].items(), *ficha["target_series"].items()]
    variables = [
        variable[name]
        for variable in ficha["variables"]
        for name in ("name", "value_text", "source")
    ]
    codes = {ficha["measure"]}
    return (
        [text for text in single if text not in codes] + variables + [t for p in series for t in p]
    )


@pytest.mark.parametrize("name", STYLES)
def test_every_character_is_printed(
    name: str, fichas: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "programme.pdf"
    render(fichas, path, style=STYLES[name])
    printed = Counter(squeezed("".join(page_texts(path))))
    wanted = Counter(squeezed("".join(text for ficha in fichas for text in texts_of(ficha))))
    assert not wanted - printed


@pytest.mark.parametrize("name", STYLES)
def test_what_is_read_does_not_depend_on_the_style(
    name: str, fichas: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "programme.pdf"
    render(fichas, path, style=STYLES[name])
    dataset = normalize(extract.read(path), "1").dataset
    assert [row.indicator_id for row in dataset.indicators] == [
        ficha["indicator_id"] for ficha in fichas
    ]
    for ficha, row in zip(fichas, dataset.indicators, strict=True):
        # The words of closed lists are codes in the dataset; the other texts stay as printed.
        texts = {name: text for name, text in ficha.items() if isinstance(text, str)}
        for coded in ("trend", "accumulation"):
            texts[coded] = texts[coded].lower().replace("ó", "o")
        assert {name: getattr(row, name) for name in texts} == texts
    variables = [tuple(variable.values()) for ficha in fichas for variable in ficha["variables"]]
    assert variables == [
        (row.position, row.name, row.value_text, row.source) for row in dataset.variables
    ]
    observations = Counter(
        (ficha["indicator_id"], series, int(year), text)
        for ficha in fichas
        for series in ("historical", "target")
        for year, text in ficha[f"{series}_series"].items()
    )
    assert observations == Counter(
        (row.indicator_id, row.series, row.year, row.value_text) for row in dataset.observations
    )


def test_texts_stand_whole_where_no_page_ends(fichas: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "programme.pdf"
    render(fichas[:1], path)
    front, ficha_page = page_texts(path)
    assert "Programa Institucional del Instituto Mexicano del Seguro Social 2020-2024" in (
        front.replace("\r\n", " ")
    )
    for text in (fichas[0]["name"], fichas[0]["remarks"], fichas[0]["target_note"]):
        assert squeezed(text) in squeezed(ficha_page)


def test_the_same_input_gives_the_same_bytes(fichas: list[dict[str, Any]], tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        render(fichas[:2], tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_row_is_cut_only_when_the_style_allows_it(
    fichas: list[dict[str, Any]], tmp_path: Path
) -> None:
    ficha = copy.deepcopy(fichas[0])
    ficha["definition"] = " ".join(f"palabra{number}" for number in range(1, 220))
    style = {"page_size": (612.0, 400.0)}
    render([ficha], tmp_path / "cut.pdf", style=Style(**style))
    render([ficha], tmp_path / "whole.pdf", style=Style(**style, cut_rows=False))

    def pages_of_definition(name: str) -> list[int]:
        texts = page_texts(tmp_path / name)
        return [number for number, text in enumerate(texts) if "palabra" in text]

    assert pages_of_definition("cut.pdf") == [1, 2]
    assert pages_of_definition("whole.pdf") == [2]


def test_a_page_too_small_for_merged_cells_is_refused(
    fichas: list[dict[str, Any]], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="too small"):
        render(fichas[:1], tmp_path / "tiny.pdf", style=Style(page_size=(300, 130), margin=55))


def test_lines_end_after_hyphens_between_letters_alone() -> None:
    _, lines = wrap("IMSS-BIENESTAR 2019-2024 -860", "Helvetica", 10, 60)
    assert lines == ("IMSS-", "BIENESTAR", "2019-2024", "-860")


def test_a_word_wider_than_its_cell_shrinks_the_type() -> None:
    size, lines = wrap("http://www.imss.gob.mx/conoce", "Helvetica", 10, 60)
    assert size < 10
    assert lines == ("http://www.imss.gob.mx/conoce",)
