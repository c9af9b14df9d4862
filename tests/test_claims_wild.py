"""Turns of phrase that a hurried reader takes for something else: exceptions, denials, the rest,
"respectively", other years, other subjects.

``told_turns.txt`` has a sentence a line, with what it comes to and the section where it stands; the
programme is that of ``test_claims_indicators``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_claims_indicators import MATRIX, outcome
from tests.told import cards, told
from validate.engine import audit

TURNS = Path(__file__).with_name("told_turns.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", TURNS)
def test_a_turn_of_phrase_is_taken_for_what_it_says(line: str) -> None:
    expected, section, text = line.split("|")
    assert outcome(section, text) == expected


@pytest.mark.parametrize(
    ("text", "graded"),
    [
        ("El único indicador presenta un avance muy rezagado.", set()),
        ("En cuanto al indicador se observa que presenta un avance superado.", {"MON05"}),
    ],
)
def test_the_indicator_of_an_objective_that_has_one_is_that_one(
    text: str, graded: set[str]
) -> None:
    only = cards("1.1 | Pozos rehabilitados | ascendente | Moderado | Retroceso | Muy rezagado")
    _, findings = audit(told(cards=only, prose=[("objetivo-1", text)]))
    assert {finding.rule for finding in findings} == graded


def test_a_table_that_does_not_add_up_accuses_no_sentence() -> None:
    """Which of its cells is misprinted is not known; that it does not add up is reported."""
    reading = told(matrix=MATRIX, prose=[("avance", "El 38% de los indicadores son rezagados.")])
    rows = reading.dataset.distributions
    at = next(i for i, row in enumerate(rows) if row.approach == row.category == "Total general")
    assert {finding.rule for finding in audit(reading)[1]} == {"MON05"}
    rows[at] = rows[at].model_copy(update={"count": 9})
    assert {finding.rule for finding in audit(reading)[1]} == {"MON01", "MON02"}
