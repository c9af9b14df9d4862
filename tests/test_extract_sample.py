"""The programme of the samples, read from two producers: every field, every box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import extract
from extract.geometry import Frame
from extract.types import Piece, Printed, RawDocument, RawFicha
from normalize.text import fold, key_of, strip_enumerator, strip_final_stop

SAMPLES = Path(__file__).parent.parent / "samples"
PLAIN = [
    "objective",
    "definition",
    "disaggregation",
    "frequency",
    "kind",
    "accumulation",
    "unit",
    "collection_period",
    "dimension",
    "availability",
    "trend",
    "responsible_unit",
    "method",
    "remarks",
    "substitution",
    "baseline_note",
    "target_note",
]
PATHS = ["piimss-2020-2024.pdf", "other-producers/piimss-2020-2024.pdf"]


@pytest.fixture(scope="module", params=PATHS)
def sample(request: pytest.FixtureRequest) -> tuple[Path, RawDocument]:
    path = SAMPLES / request.param
    return path, extract.read(path)


def as_expected(ficha: RawFicha) -> dict[str, Any]:
    """A ficha in the form of the expected values."""
    texts = {name: printed.text for name, printed in ficha.fields.items()}
    key, name = key_of(texts["name"])
    return {
        **{field: texts.get(field) for field in PLAIN},
        "indicator_id": key,
        "name": name,
        "measure": texts["measure"].split()[0],
        "objective_number": texts["objective_number"],
        "baseline_text": texts["baseline"],
        "baseline_year": int(texts["baseline_year"]),
        "target_text": texts["target"],
        "target_year": texts["target_year"],
        "variables": [
            {
                "position": variable.number,
                "name": strip_final_stop(strip_enumerator(variable.name.text)),
                "value_text": variable.value.text,
                "source": variable.source.text,
            }
            for variable in ficha.variables
            if variable.name and variable.value and variable.source
        ],
        "historical_series": {y.text: v.text for y, v in ficha.historical if v},
        "target_series": {y.text: v.text for y, v in ficha.targets if v},
    }


def test_every_field_of_every_ficha(
    sample: tuple[Path, RawDocument], fichas: list[dict[str, Any]]
) -> None:
    _, document = sample
    measures = {"meta_para_el_bienestar": "Meta", "parametro": "Parámetro"}
    expected = [
        {
            **ficha,
            "measure": measures[ficha["measure"]],
            "objective_number": ficha["indicator_id"][0],
            "target_year": list(ficha["target_series"])[-1],
        }
        for ficha in fichas
    ]
    assert [as_expected(ficha) for ficha in document.fichas] == expected


def test_nothing_is_amiss(sample: tuple[Path, RawDocument]) -> None:
    _, document = sample
    assert [problem for ficha in document.fichas for problem in ficha.problems] == []


def test_the_document_itself(sample: tuple[Path, RawDocument]) -> None:
    _, document = sample
    assert document.family == "programa_derivado"
    assert document.title and document.institution and document.period_printed
    institution = "Instituto Mexicano del Seguro Social"
    assert document.title.text == f"Programa Institucional del {institution}"
    assert document.institution.text == institution
    assert document.period == (2020, 2024)
    assert document.period_printed.text == "2020-2024"


def test_cut_rows_have_a_box_on_each_page() -> None:
    """In 4.1 variable 8 and in 6.1 variable 5 go over the page's end, as in the original."""
    document = extract.read(SAMPLES / PATHS[0])
    cut = {
        (key_of(ficha.fields["name"].text)[0], variable.number): pages
        for ficha in document.fichas
        for variable in ficha.variables
        for printed in (variable.name, variable.source)
        if printed and len(pages := [piece.box.page for piece in printed.pieces]) > 1
    }
    assert set(cut) == {("4.1", 8), ("6.1", 5)}
    assert all(second == first + 1 for first, second in cut.values())


def everything(document: RawDocument) -> Iterator[Printed]:
    yield from (text for text in (document.title, document.period_printed) if text)
    for ficha in document.fichas:
        yield from ([ficha.heading] if ficha.heading else [])
        yield from ficha.fields.values()
        for variable in ficha.variables:
            for cell in (variable.name, variable.value, variable.source):
                yield from ([cell] if cell else [])
        for year, value in [*ficha.historical, *ficha.targets]:
            yield from ([year, value] if value else [year])


def test_boxes_hold_the_text_they_name(sample: tuple[Path, RawDocument]) -> None:
    path, document = sample
    drawn = Drawing(path)
    pieces = [piece for printed in everything(document) for piece in printed.pieces]
    assert len(pieces) > 900
    wrong = [
        (piece, text) for piece in pieces if (text := drawn.text(piece)) != squeeze(piece.text)
    ]
    assert wrong == []


def test_every_text_has_its_boxes(sample: tuple[Path, RawDocument]) -> None:
    _, document = sample
    for printed in everything(document):
        assert squeeze("".join(piece.text for piece in printed.pieces)) == squeeze(printed.text)


class Drawing:
    """Draws text back out of boxes by pdfium's own look-up, which the reader does not use."""

    def __init__(self, path: Path) -> None:
        self.document = pypdfium2.PdfDocument(path)
        self.pages: dict[int, Any] = {}

    def text(self, piece: Piece) -> str:
        box = piece.box
        if box.page not in self.pages:
            page = self.document[box.page - 1]
            self.pages[box.page] = (page, page.get_textpage())
        page, text = self.pages[box.page]
        frame = Frame(*page.get_bbox(), page.get_rotation() // 90)
        (xa, ya), (xb, yb) = frame.back(box.x0, box.top), frame.back(box.x1, box.bottom)
        return squeeze(text.get_text_bounded(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))


def squeeze(text: str) -> str:
    """A text without its white space: where a line breaks is the cell's affair."""
    return "".join(fold(text).split())
