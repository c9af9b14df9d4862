"""Sentences as CONEVAL writes them and the faults they could have: none is guessed at.

``told_adverse.txt`` has a sentence a line, with what it comes to and the section where it stands.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.told import cards, told
from validate.engine import audit

CARDS = [
    card | {"measure": "meta_para_el_bienestar" if at in (0, 3, 5, 9, 11) else "parametro"}
    for at, card in enumerate(
        cards(
            "1.1 | Porcentaje de viviendas rehabilitadas | ascendente | Destacado | Alcanzada"
            " | Superado",
            "1.2 | Subsidios entregados a mujeres | ascendente | Adecuado | Logro muy superado"
            " | Superado",
            "1.3 | Tiempo promedio de respuesta | descendente | Moderado | Retroceso"
            " | Muy rezagado",
            "2.1 | Tasa de deserción escolar | descendente | Destacado | No alcanzada | Rezagado",
            "2.2 | Becas otorgadas | ascendente | Op. de mejora | Alcanzada | Avanzado",
            "3.1 | Hectáreas restauradas | ascendente | Op. de mejora | Retroceso | Muy rezagado",
            "3.2 | Cuencas con plan de manejo | ascendente | Op. de mejora | No alcanzada"
            " | Insuficiente",
            "3.3 | Brigadas en operación | constante | Moderado | Alcanzada | Sentido constante",
            "3.4 | Incendios atendidos oportunamente | ascendente | Adecuado | Alcanzada"
            " | Adecuado",
            "4.1 | Porcentaje de trámites digitalizados | ascendente | Moderado | Retroceso"
            " | Muy rezagado",
            "4.2 | Costo por trámite | descendente | Op. de mejora | Retroceso | Muy rezagado",
            "5.1 | Índice de satisfacción | ascendente | Op. de mejora | NR | NR",
        )
    )
]
MATRIX = {
    "Resultados": [1, 0, 0, 0, 1, 2, 0],
    "Coordinación": [0, 0, 0, 1, 0, 0, 0],
    "Gestión": [1, 1, 1, 0, 0, 2, 2],
}
FIGURES = {"indicator_count": "12", "objective_count": "5"}
SENTENCES = Path(__file__).with_name("told_adverse.txt").read_text(encoding="utf-8").splitlines()


def outcome(section: str, text: str) -> str:
    """``true``, ``false``, ``doubtful`` (a warning) or ``left`` (not checked) for one sentence."""
    reading = told(cards=CARDS, matrix=MATRIX, prose=[(section, text)], figures=FIGURES)
    checks, findings = audit(reading)
    graded = {finding.severity for finding in findings if finding.rule == "MON05"}
    if graded:
        return "false" if "error" in graded else "doubtful"
    outcomes = {check.outcome for check in checks if check.rule == "MON05"}
    return "true" if "passed" in outcomes else "left"


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_a_ficha_is_taken_for_what_it_says(line: str) -> None:
    expected, section, text = line.split("|")
    assert outcome(section, text) == expected
