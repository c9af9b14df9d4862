"""Formulas in the wild: what adds up stays quiet, and one thing changed is found, as what it is."""

from __future__ import annotations

from typing import Any

import pytest
from build import normalized_from_json
from formula_broken import BROKEN
from formula_fichas import SOUND, Wild
from formula_marks import MARKED
from formula_prose import PROSE
from formula_unsigned import UNSIGNED, UNSIGNED_BROKEN
from formula_words import NOT_READ, WORDED

from validate.engine import views
from validate.rule import REGISTRY
from validate.view import IndicatorView

CODES = [f"CAL0{n}" for n in range(1, 10)] + ["REA04"]


def wild_view(wild: Wild) -> IndicatorView:
    ficha: dict[str, Any] = {
        "indicator_id": "1.1",
        "name": "Indicador",
        "method": wild.method,
        "substitution": wild.substitution,
        "variables": [
            {"position": at, "name": name, "value_text": value, "source": "Registro"}
            for at, (name, value) in enumerate(wild.variables, start=1)
        ],
        "baseline_text": wild.baseline,
        "baseline_year": 2018,
        "baseline_note": wild.note,
        "unit": wild.unit,
        "target_text": "1",
        "historical_series": {},
        "target_series": {},
    }
    return views(normalized_from_json([ficha])).indicators[0]


def failed_codes(wild: Wild) -> dict[str, str]:
    view = wild_view(wild)
    return {
        code: answer.reason_es
        for code in CODES
        for answer in REGISTRY[code].ask(view)
        if answer.outcome == "failed"
    }


ALL = SOUND | MARKED | PROSE | WORDED | UNSIGNED | NOT_READ
FAULTY = BROKEN + UNSIGNED_BROKEN


@pytest.mark.parametrize("name", ALL)
def test_what_adds_up_is_left_alone(name: str) -> None:
    found = failed_codes(ALL[name])
    assert set(found) == ALL[name].codes, found


@pytest.mark.parametrize("index", range(len(FAULTY)), ids=[item.name for item in FAULTY])
def test_one_thing_changed_is_found(index: int) -> None:
    found = failed_codes(FAULTY[index].wild(ALL))
    assert set(found) == FAULTY[index].codes, found


EVALUATED = WORDED | {
    name: given
    for name, given in UNSIGNED.items()
    if not name.startswith(("thousands", "parts rounded"))
}


@pytest.mark.parametrize("name", [name for name in EVALUATED if not EVALUATED[name].codes])
def test_a_method_in_words_is_evaluated(name: str) -> None:
    outcomes = [answer.outcome for answer in REGISTRY["CAL03"].ask(wild_view(EVALUATED[name]))]
    assert outcomes == ["passed"]


@pytest.mark.parametrize("name", NOT_READ)
def test_words_that_may_mean_several_things_are_not_evaluated(name: str) -> None:
    outcomes = [answer.outcome for answer in REGISTRY["CAL03"].ask(wild_view(NOT_READ[name]))]
    assert outcomes == ["not_applicable"]
