"""An article that quotes the headings of CONEVAL's documents is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from extract import budget_ficha, diagnosis
from tests.producers import draw

ARTICLES = {
    "budget": (
        "La Ficha de Monitoreo 2020 de cada programa trae su Clave Presupuestaria y,",
        "en el apartado Presupuesto Ejercido, el Presupuesto del Ramo de 2019 y 2020.",
    ),
    "diagnosis": (
        "El Diagnóstico de Monitoreo 2024 del CONEVAL estima el InMonitoreo y asigna",
        "a cada dependencia un nivel de monitoreo que depende de su valoración.",
    ),
}


@pytest.mark.parametrize("kind", ARTICLES)
def test_an_article_about_them_is_of_another_family(kind: str, tmp_path: Path) -> None:
    lines = list(ARTICLES[kind])
    assert budget_ficha.is_kind(lines) or diagnosis.is_kind(lines)  # the cheap text cannot tell
    raw = extract.read(draw(tmp_path / "article.pdf", [lines]))
    assert raw.family == "otra"
    assert (raw.figures, raw.statements, raw.problems) == ([], [], [])
