"""Indicators that a sentence calls by their name or key: what is said of their targets, and whether
they rose, fell, improved or worsened.

``told_named.txt`` has a sentence a line, with the rule that it breaks (``-``: none) and the section
where it stands.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.told import cards, told
from validate.engine import audit

SENTENCES = Path(__file__).with_name("told_named.txt").read_text(encoding="utf-8").splitlines()
CARDS = cards(
    "1.1 | Porcentaje de escuelas con agua | ascendente | Destacado | Alcanzada | Adecuado",
    "1.2 | Tasa de abandono escolar | descendente | Adecuado | Retroceso | Muy rezagado",
    "1.3 | Número de becas otorgadas | ascendente | Moderado | Logro muy superado | Superado",
    "2.1 | Porcentaje de docentes capacitados | ascendente | Moderado | No alcanzada | Rezagado",
    "2.2 | Índice de cobertura digital | constante | Moderado | Alcanzada | Sentido constante",
    "2.3 | Tiempo promedio de atención | descendente | Adecuado | Alcanzada | Adecuado",
    "3.1 | Razón de computadoras por alumno | ascendente | Op. de mejora | Retroceso"
    " | Muy rezagado",
    "3.2 | Porcentaje de bibliotecas con internet | ascendente | Moderado | No alcanzada"
    " | Insuficiente",
    "3.3 | Número de quejas recibidas | descendente | Adecuado | Alcanzada | Avanzado",
)
MATRIX = {
    "Resultados": (0, 0, 1, 0, 0, 2, 0),
    "Coordinación": (0, 1, 0, 0, 0, 0, 0),
    "Gestión": (1, 0, 1, 1, 1, 0, 1),
}


@pytest.mark.parametrize("line", SENTENCES)
def test_an_indicator_called_by_its_name_or_key(line: str) -> None:
    expected, section, text = line.split("|")
    _, findings = audit(told(cards=CARDS, matrix=MATRIX, prose=[(section, text)]))
    assert {finding.rule for finding in findings} == {expected} - {"-"}
