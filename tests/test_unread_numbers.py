"""A calculation of which a part stands in an unread text is not held against the document."""

from __future__ import annotations

import pytest

from normalize.records import Note
from tests.build import normalized_from_json
from validate.engine import audit
from validate.unread import RULES

VARIABLES = [
    {"position": 1, "name": "Viviendas rurales", "value_text": "1,204"},
    {"position": 2, "name": "Viviendas urbanas", "value_text": "3,310"},
    {"position": 3, "name": "Viviendas mixtas", "value_text": "862"},
]
SUMMED = {
    "indicator_id": "1.1",
    "name": "Viviendas atendidas",
    "unit": "Vivienda",
    "method": "Viviendas rurales + Viviendas urbanas + Viviendas mixtas",
    "substitution": "1,204 + 3,310 + 862 = 5,376",
    "baseline_text": "5,376",
    "baseline_year": 2018,
    "variables": VARIABLES,
}
CUT = {**SUMMED, "substitution": "1,204 + 3,310 = 5,376"}


def stray(text: str) -> Note:
    return Note("REA01", "1.1", "indicators", "1.1", "indicator_id", text, "", "")


def outcomes(ficha: dict[str, object], *notes: Note) -> dict[str, str]:
    checks, _ = audit(normalized_from_json([ficha], notes))
    return {check.rule: check.outcome for check in checks if check.rule in RULES}


def test_a_substitution_whose_rest_was_not_read_accuses_nobody() -> None:
    assert "failed" in outcomes(CUT).values()
    assert "failed" not in outcomes(CUT, stray("+ 862")).values()


def test_a_variable_whose_row_was_not_read_accuses_nobody() -> None:
    lacking = {**SUMMED, "variables": VARIABLES[:2]}
    assert "failed" in outcomes(lacking).values()
    assert "failed" not in outcomes(lacking, stray("3.- Viviendas mixtas 862")).values()


@pytest.mark.parametrize(
    "text",
    ["META 2024", "Página 7", "Cifras de 2018 y 1,204 viviendas", "Total de otro cuadro: 991"],
)
def test_an_unread_text_without_what_is_missing_hides_no_error(text: str) -> None:
    assert outcomes(CUT, stray(text)) == outcomes(CUT)


def test_what_agrees_stays_passed_beside_an_unread_text() -> None:
    assert outcomes(SUMMED, stray("+ 862")) == outcomes(SUMMED)
    assert outcomes(SUMMED)["CAL01"] == "passed"
