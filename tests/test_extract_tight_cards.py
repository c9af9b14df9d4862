"""Cards and tables set so tightly that boxes seem one, or break their words: read, or doubted."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.types import RawCard, RawDocument
from normalize.grades import is_part, is_several

HEIGHT = 612.0
COLUMNS = ("Superado", "Avanzado", "Muy rezagado", "NR", "Total general")
ROWS = (
    ("Resultados", "0", "0", "1", "0", "1, 50%"),
    ("Gestión", "1", "0", "0", "0", "1, 50%"),
    ("Total general", "1, 50%", "0, 0%", "1, 50%", "0, 0%", "2"),
)


class Sheet:
    """A landscape page on which texts are put by their left ends and heights from the top."""

    def __init__(self, path: Path) -> None:
        self.canvas = Canvas(str(path), pagesize=(1008, HEIGHT))
        self.canvas.setFont("Helvetica", 7)

    def put(self, x: float, top: float, *lines: str) -> None:
        for at, line in enumerate(lines):
            self.canvas.drawString(x, HEIGHT - top - 7 - 8 * at, line)

    def save(self) -> None:
        self.canvas.save()


def ficha(
    path: Path,
    features: tuple[tuple[float, tuple[str, ...]], ...],
    *,
    pitch: float = 14,
    last_left: float = 0,
) -> RawDocument:
    """A ficha of one objective with two cards whose features stand where they are given."""
    sheet = Sheet(path)
    sheet.put(24, 12, "Ficha de Monitoreo de los programas derivados del PND 2019-2024")
    sheet.put(24, 28, "Programa Sectorial de Cultura")
    for at, head in enumerate(("Enfoque / Avance", *COLUMNS)):
        sheet.put(300 + 80 * at, 50, head)
    for row, cells in enumerate(ROWS, start=1):
        for at, cell in enumerate(cells):
            sheet.put(
                300 + 80 * at - (last_left if at == len(COLUMNS) else 0), 50 + pitch * row, cell
            )
    sheet.put(24, 300, "Objetivo 1")
    sheet.put(100, 300, "1. Reducir la desigualdad en el ejercicio de los derechos culturales")
    for label, top in (
        ("Indicadores", 316),
        ("Características", 340),
        ("Tendencia", 356),
        ("Cumplimiento meta intermedia", 376),
        ("Avance meta sexenal", 392),
    ):
        sheet.put(24, top, label)
    sheet.put(140, 316, "1.1 Bibliotecas en operación")
    sheet.put(350, 316, "1.2 Títulos editados en lenguas nacionales")
    for x, lines in features:
        sheet.put(x, 340, *lines)
    for x, milestone, progress in (
        (180, "Alcanzada", "Superado"),
        (390, "Retroceso", "Muy rezagado"),
    ):
        sheet.put(x, 376, milestone)
        sheet.put(x, 392, progress)
    sheet.save()
    return extract.read(path)


def features_of(card: RawCard) -> tuple[str, ...]:
    return tuple(card.fields[name].text for name in ("measure", "trend", "quality"))


def test_a_grade_broken_down_into_the_row_of_the_drawing_is_whole(tmp_path: Path) -> None:
    document = ficha(
        tmp_path / "broken.pdf",
        (
            (140, ("Meta para el Bienestar",)),
            (226, ("Ascendente",)),
            (280, ("Oportunidad de", "mejora")),
            (348, ("Parámetro",)),
            (436, ("Ascendente",)),
            (490, ("Adecuado",)),
        ),
    )
    assert [features_of(card) for card in document.cards] == [
        ("Meta para el Bienestar", "Ascendente", "Oportunidad de mejora"),
        ("Parámetro", "Ascendente", "Adecuado"),
    ]
    assert [card.problems for card in document.cards] == [[], []]


def test_a_quality_that_touches_the_next_cards_measure_is_its_own(tmp_path: Path) -> None:
    document = ficha(
        tmp_path / "touching.pdf",
        (
            (190, ("Meta para el Bienestar",)),
            (268, ("Ascendente",)),
            (315, ("Moderado",)),
            (350, ("Parámetro",)),
            (436, ("Ascendente",)),
            (490, ("Adecuado",)),
        ),
    )
    assert [features_of(card) for card in document.cards] == [
        ("Meta para el Bienestar", "Ascendente", "Moderado"),
        ("Parámetro", "Ascendente", "Adecuado"),
    ]


def test_a_quality_broken_inside_a_word_is_doubted(tmp_path: Path) -> None:
    document = ficha(
        tmp_path / "narrow.pdf",
        (
            (140, ("Parámetro",)),
            (180, ("Ascende", "nte")),
            (220, ("Adecua", "do")),
            (350, ("Parámetro",)),
            (400, ("Constante →",)),
            (450, ("Adecuado",)),
        ),
    )
    first, second = document.cards
    assert {problem.field for problem in first.problems if problem.rule == "REA03"} == {"quality"}
    assert features_of(second) == ("Parámetro", "Constante", "Adecuado")
    assert second.problems == []


@pytest.mark.parametrize(("pitch", "last_left"), [(14, 0), (36, 0), (14, 50)])
def test_every_value_of_a_distribution_is_under_its_own_head(
    pitch: float, last_left: float, tmp_path: Path
) -> None:
    """A column may be called "NR", rows may stand far apart, the last one beside its head."""
    features = ((140, ("Meta para el Bienestar",)), (226, ("Ascendente",)), (280, ("Moderado",)))
    document = ficha(tmp_path / "table.pdf", features, pitch=pitch, last_left=last_left)
    found = [(c.approach.text, c.category.text, c.value.text) for c in document.cells]
    assert found == [
        (row[0], column, value)
        for row in ROWS
        for column, value in zip(COLUMNS, row[1:], strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Alcanzada Logro muy superado Retroceso", "milestone_status"),
        ("Insuficiente Avanzado", "target_progress"),
        ("Adecuado Parámetro Ascendente Destacado", "quality"),
    ],
)
def test_the_grades_of_two_cards_are_no_grade(text: str, field: str) -> None:
    assert is_several(text, field)
    assert not is_part(text, field)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("El sentido del indicador es constante", "target_progress"),
        ("Reporte de metas es 0", "milestone_status"),
        ("Logro muy superado", "milestone_status"),
        ("Muy rezagado", "target_progress"),
        ("Op. de mejora", "quality"),
        ("Sin reporte", "target_progress"),
        ("Verde", "quality"),
    ],
)
def test_one_grade_or_an_unknown_word_is_neither_a_part_nor_several(text: str, field: str) -> None:
    assert not is_part(text, field) and not is_several(text, field)


def test_features_that_run_over_the_gap_leave_the_cards_apart(tmp_path: Path) -> None:
    """Names and grades part the cards; of the features that overlie nothing wrong is left."""
    document = ficha(
        tmp_path / "overlaid.pdf",
        (
            (200, ("Meta para el Bienestar",)),
            (290, ("Descendente",)),
            (326, ("Oportunidad de mejora",)),
            (360, ("Parámetro",)),
            (436, ("Ascendente",)),
            (490, ("Adecuado",)),
        ),
    )
    names = [card.fields["name"].text for card in document.cards]
    assert names == ["1.1 Bibliotecas en operación", "1.2 Títulos editados en lenguas nacionales"]
    assert [card.fields["target_progress"].text for card in document.cards] == [
        "Superado",
        "Muy rezagado",
    ]
    wanted = ("Oportunidad de mejora", "Adecuado")
    for card, quality in zip(document.cards, wanted, strict=True):
        doubted = {problem.field for problem in card.problems}
        assert "quality" in doubted or card.fields["quality"].text == quality


def test_a_trend_that_its_box_breaks_leaves_its_end_in_no_other_feature(tmp_path: Path) -> None:
    document = ficha(
        tmp_path / "word.pdf",
        (
            (140, ("Meta para el Bienestar",)),
            (226, ("Descendent", "e")),
            (270, ("Moderado",)),
            (350, ("Parámetro",)),
            (436, ("Ascendente",)),
            (490, ("Adecuado",)),
        ),
    )
    assert features_of(document.cards[0])[2] == "Moderado"
