"""Levels and scores of programmes that a Diagnóstico repeats in its sentences."""

from __future__ import annotations

import pytest

from tests.told import told
from validate.engine import audit

LEVELS = {"E003": "Adecuado", "E010": "Adecuado", "S072": "Medio", "U280": "Básico"}
SCORES = {"E003": "0.871", "E010": "0.822", "S072": "0.701", "U280": "0.498"}
FIGURES = {f"level/11{key}": level for key, level in LEVELS.items()}
FIGURES |= {f"score/11{key}": score for key, score in SCORES.items()}


def outcome(text: str) -> str:
    reading = told(prose=[("resultados", text)], figures=FIGURES, family="diagnostico_monitoreo")
    checks, findings = audit(reading)
    if any(finding.rule == "MON05" for finding in findings):
        return "false"
    passed = any(check.rule == "MON05" and check.outcome == "passed" for check in checks)
    return "true" if passed else "left"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 programas (50%) se ubican en el nivel Adecuado.", "true"),
        ("3 programas (75%) se ubican en el nivel Adecuado.", "false"),
        ("Dos programas alcanzaron un nivel de monitoreo Medio.", "false"),
        ("Un programa alcanzó un nivel de monitoreo Medio.", "left"),
        ("En 2022, 3 programas se ubican en el nivel Adecuado.", "left"),
        ("Anteriormente 3 programas se ubican en el nivel Adecuado.", "left"),
        ("Los 3 programas restantes se ubican en el nivel Adecuado.", "left"),
        ("3 programas cuentan con un nivel de avance adecuado.", "left"),
        ("El programa S072 se ubica en el nivel de monitoreo Medio.", "true"),
        ("El programa S072 se ubica en el nivel de monitoreo Básico.", "false"),
        ("El programa 11U280 alcanzó una valoración de 0.498.", "true"),
        ("El programa U280 alcanzó una valoración de 0.489.", "false"),
        ("El programa E003 obtuvo la valoración más alta (0.871).", "true"),
        ("El programa E003 obtuvo la valoración más alta (0.817).", "false"),
        ("El programa E003 obtuvo una valoración de 0.87.", "true"),
        ("En 2022 el programa E003 obtuvo una valoración de 0.540.", "true"),  # its name
    ],
)
def test_what_is_repeated_of_the_annex_agrees_with_it(text: str, expected: str) -> None:
    assert outcome(text) == expected
