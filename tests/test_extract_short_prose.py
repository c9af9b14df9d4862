"""What is said of an objective in a few words is read, or said to be unread, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import extract
from cuadra.version import READING_VERSION
from extract.card_aside import is_sentence
from extract.types import RawDocument
from normalize.records import normalize
from validate.engine import audit

HEIGHT = 612.0
NAMES, FEATURES, TREND, MILESTONE, PROGRESS = 120.0, 144.0, 172.0, 196.0, 218.0
ROWS = {
    "Indicadores": NAMES,
    "Características": FEATURES,
    "Tendencia": TREND,
    "Cumplimiento meta intermedia": MILESTONE,
    "Avance meta sexenal": PROGRESS,
}
CARDS = (
    ("1.1 Gasto", "Meta para el Bienestar", "Ascendente", "Adecuado", "Alcanzada", "Superado"),
    ("1.2 Pobreza", "Parámetro", "Descendente", "Moderado", "Retroceso", "Muy rezagado"),
)
LEFT, WIDTH = 150.0, 110.0
END = LEFT + 2 * WIDTH


def ficha(path: Path, top: float, *said: str, rules: str = "none", gap: float = 8.0) -> RawDocument:
    """A ficha with two narrow cards, and lines right of them from a height on."""
    canvas = Canvas(str(path), pagesize=(792, HEIGHT))
    canvas.setFont("Helvetica", 7)

    def put(x: float, y: float, text: str) -> None:
        canvas.drawString(x, HEIGHT - y - 7, text)

    put(24, 12, "Ficha de Monitoreo de los programas derivados del PND 2019-2024")
    put(24, 28, "Programa Sectorial de Cultura")
    for row, cells in enumerate(
        (
            ("Enfoque / Avance", "Superado", "Muy rezagado", "Total general"),
            ("Resultados", "1", "1", "2, 100%"),
            ("Total general", "1, 50%", "1, 50%", "2"),
        )
    ):
        for at, cell in enumerate(cells):
            put(300 + 90 * at, 44 + 12 * row, cell)
    put(24, 100, "Objetivo 1")
    put(LEFT, 100, "1. Reducir la desigualdad en el ejercicio de los derechos culturales.")
    for label, y in ROWS.items():
        put(24, y, label)
    for at, (name, measure, trend, quality, milestone, progress) in enumerate(CARDS):
        x = LEFT + WIDTH * at + 3
        put(x, NAMES, name)
        for line, text in enumerate((measure, trend, quality)):
            put(x, FEATURES + 8.4 * line, text)
        put(x, MILESTONE, milestone)
        put(x, PROGRESS, progress)
    heights = [NAMES - 3, FEATURES - 3, TREND - 2, MILESTONE - 3, PROGRESS - 3, PROGRESS + 10]
    if rules != "none":
        for y in heights:
            canvas.line(20, HEIGHT - y, END, HEIGHT - y)
    if rules == "all":
        for x in (20, LEFT, LEFT + WIDTH, END):
            canvas.line(x, HEIGHT - heights[0], x, HEIGHT - heights[-1])
    for line, text in enumerate(said):
        put(END + gap, top + 8.4 * line, text)
    put(24, 250, "Conclusiones y sugerencias")
    put(24, 262, "Se sugiere mantener el reporte de la información de los indicadores.")
    canvas.save()
    return extract.read(path)


def of_objective(raw: RawDocument) -> list[str]:
    return [each.text.text for each in raw.statements if each.section == "objetivo-1"]


def cards_of(raw: RawDocument) -> list[tuple[str, ...]]:
    order = ("name", "measure", "trend", "quality", "milestone_status", "target_progress")
    return [tuple(card.fields[name].text for name in order) for card in raw.cards]


@pytest.mark.parametrize("rules", ["none", "level", "all"])
@pytest.mark.parametrize("top", [NAMES, FEATURES, TREND + 4, MILESTONE, PROGRESS])
@pytest.mark.parametrize(
    "said",
    [
        ("Ambos indicadores presentan retroceso.",),
        ("Sin avance.",),
        ("Ambos indicadores", "superaron la meta."),
    ],
)
def test_a_few_words_beside_narrow_cards_are_a_statement_at_every_height(
    tmp_path: Path, said: tuple[str, ...], top: float, rules: str
) -> None:
    raw = ficha(tmp_path / "short.pdf", top, *said, rules=rules)
    assert of_objective(raw) == [" ".join(said)]
    assert cards_of(raw) == list(CARDS)
    assert not any(card.problems for card in raw.cards)


@pytest.mark.parametrize("rules", ["none", "level", "all"])
@pytest.mark.parametrize("top", [NAMES, FEATURES, TREND + 4, MILESTONE, PROGRESS])
def test_words_without_a_full_stop_are_never_lost_unsaid(
    tmp_path: Path, top: float, rules: str
) -> None:
    said = "Rezago en ambos"
    raw = ficha(tmp_path / "words.pdf", top, said, rules=rules)
    problems = [each for each in raw.problems if each.field == "statements.text"]
    doubts = [each for card in raw.cards for each in card.problems]
    held = of_objective(raw) == [said] or any(said in each.message_es for each in problems)
    assert held or doubts
    kept = [each for card in cards_of(raw) for each in card if said in each]
    assert not kept or doubts


@pytest.mark.parametrize(("said", "count"), [("presentan retroceso", 1), ("son dos", 0)])
def test_a_short_sentence_that_contradicts_its_cards_is_accused_and_a_true_one_is_not(
    tmp_path: Path, said: str, count: int
) -> None:
    raw = ficha(tmp_path / "claim.pdf", TREND + 4, f"Ambos indicadores {said}.")
    _, findings = audit(normalize(raw, READING_VERSION))
    assert [each.rule for each in findings].count("MON05") == count


def test_a_grade_behind_the_last_card_is_no_prose(tmp_path: Path) -> None:
    raw = ficha(tmp_path / "grade.pdf", MILESTONE, "Alcanzada", rules="all")
    assert of_objective(raw) == []


def test_what_is_a_sentence_is_told_by_capital_and_full_stop() -> None:
    told = ["Sin avance.", "¿Hay avance?", "2 de 3 indicadores retroceden."]
    assert all(map(is_sentence, told))
    assert not any(
        map(is_sentence, ["Sin avance", "intermedia.", "la meta intermedia.", "2021 (p)"])
    )
