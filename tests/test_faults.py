"""Injected faults: what is injected, what is left out, and that a few of each kind are found."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest

import tools.faults
import validate.rules  # noqa: F401 (importing it registers the rules)
from tools.faults import (
    FITTING,
    Fault,
    Outcome,
    draw,
    faults_of,
    findings_of,
    fitting_rules,
    inject,
    is_void,
    other_constants,
    other_digits,
    summary,
    without_a_term,
)
from validate.rule import REGISTRY

FEW = ("1.1", "1.3", "3.1", "4.1", "5.2", "6.1", "6.3")
"""A quotient, a rate, a sum, a difference, a weighted sum, notes that state growth."""


def test_every_term_of_a_sum_is_dropped_in_turn() -> None:
    assert list(without_a_term("A = B + C - D")) == ["A = C - D", "A = B - D", "A = B + C"]
    assert list(without_a_term("1 + 2 = 3")) == ["2 = 3", "1 = 3"]
    assert list(without_a_term("(.5 x 0 + .5 x 7) x 100 = 3")) == [
        "(.5 x 7) x 100 = 3",
        "(.5 x 0) x 100 = 3",
    ]


def test_what_is_no_sum_has_no_term_to_drop() -> None:
    assert list(without_a_term("(7,995 / 26,651) X 100 = 29.99")) == []
    assert list(without_a_term("Servicios asistenciales-preventivos en el año t")) == []


def test_constants_are_powers_of_ten_and_weights() -> None:
    one = random.Random(0)
    assert len(list(other_constants("(48,240 / 35,578,474) x 100,000 = 135.64", one))) == 1
    assert len(list(other_constants("(.25 x 0 + .75 x 100,200) x 100 = 0", one))) == 3
    assert list(other_constants("Personas de 100 años y más", one)) == []


def test_other_digits_keep_the_form() -> None:
    changed = list(other_digits("-1,4.0", random.Random(0)))
    assert len(changed) == 3
    assert all(len(text) == 6 and text.count(",") == 1 and text[0] == "-" for text in changed)
    assert len(set(changed) | {"-1,4.0"}) == 4


def void(kind: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    return is_void(Fault(kind, "1.1", "", new), old)


def test_only_what_changes_no_value_is_void() -> None:
    assert void(
        "targets swapped",
        {"target_series": {"1": "95", "2": "95.0"}},
        {"target_series": {"1": "95.0", "2": "95"}},
    )
    assert not void(
        "targets swapped",
        {"target_series": {"1": "95", "2": "96"}},
        {"target_series": {"1": "96", "2": "95"}},
    )
    assert not void("base digit", {"baseline_text": "n.d."}, {"baseline_text": "1"})
    assert void("result digit", {"substitution": "2 / 1 = 2"}, {"substitution": "2 / 1 = 2.0"})
    assert not void("term dropped", {"method": "A + B"}, {"method": "A"})


def test_a_fault_changes_one_thing_and_leaves_the_source_as_it_was(
    fichas: list[dict[str, Any]],
) -> None:
    for ficha in fichas:
        before = json.dumps(ficha)
        for fault in faults_of(ficha, random.Random(0)):
            changed = [name for name in ficha if ficha[name] != fault.ficha[name]]
            equal_targets = fault.kind == "targets swapped" and not changed
            assert len(changed) == 1 or equal_targets, fault.what
            assert fault.ficha["target_year"] == max(ficha["target_series"])
        assert json.dumps(ficha) == before


def test_a_seed_draws_the_same_faults_of_every_kind(fichas: list[dict[str, Any]]) -> None:
    drawn = draw(fichas, seed=5, count=80)
    assert drawn == draw(fichas, seed=5, count=80)
    assert drawn != draw(fichas, seed=6, count=80)
    assert Counter(fault.kind for fault in drawn) == dict.fromkeys(FITTING, 10)
    assert len({(fault.indicator_id, fault.what) for fault in drawn}) == 80


def test_fitting_rules_exist() -> None:
    assert set().union(*FITTING.values()) <= set(REGISTRY)


def test_an_unreadable_number_fits_only_a_digit_that_makes_one() -> None:
    def rules_of(value: str) -> frozenset[str]:
        return fitting_rules(
            Fault("variable digit", "1.1", "", {"variables": [{"value_text": value}]})
        )

    assert "REA03" in rules_of("0,573,224")
    assert "REA03" not in rules_of("9,573,224")
    assert "REA03" not in rules_of("0")
    assert "REA03" not in rules_of(".68")


def test_misses_and_noise_are_told() -> None:
    missed = Fault("base digit", "1.1", "baseline_text: 1 → 2", {})
    found = Fault("base digit", "1.2", "baseline_text: 3 → 4", {})
    told = summary(
        [
            Outcome(missed, (), ("SER07",), ()),
            Outcome(found, ("CAL02", "SER01"), (), ("SER02 1.3 (5 / 6)",)),
        ]
    ).splitlines()
    assert told[1].split() == ["base", "digit", "2", "1", "1", "CAL02", "1,", "SER01", "1"]
    assert told[2].split() == ["all", "2", "1", "1"]
    assert told[3] == "missed: base digit, 1.1: baseline_text: 1 → 2 (new instead: SER07)"
    assert told[4] == "noise: base digit, 1.2: baseline_text: 3 → 4: SER02 1.3 (5 / 6)"


def test_new_findings_are_sorted_by_rule_and_indicator(monkeypatch: pytest.MonkeyPatch) -> None:
    old = ("CAL02", "1.1", "1", "2", "1.1")
    new = {
        ("CAL02", "1.1", "1", "3", "1.1"): frozenset({"1.1"}),
        ("CRO01", "1.2", "1", "3", "1.1/1", "1.2/1"): frozenset({"1.1", "1.2"}),
        ("SER01", "1.3", "5", "6", "1.3"): frozenset({"1.3"}),
    }
    before = {old: frozenset({"1.1"})}
    monkeypatch.setattr(tools.faults, "findings_of", lambda fichas: before | new)
    fault = Fault("base digit", "1.1", "", {"baseline_text": "3"})
    outcome = inject(fault, [{"indicator_id": "1.1"}], before)
    assert outcome == Outcome(fault, ("CAL02",), ("CRO01",), ("SER01 1.3 (5 / 6)",))


@pytest.mark.parametrize(
    ("missed", "noisy", "status"), [(0, 0, 0), (5, 0, 0), (6, 0, 1), (0, 1, 1)]
)
def test_exit_status_is_that_of_the_bar(
    missed: int, noisy: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Fault("base digit", "1.1", "", {})
    outcomes = [
        Outcome(fault, () if at < missed else ("CAL02",), (), ("x",) if at < noisy else ())
        for at in range(100)
    ]
    monkeypatch.setattr(tools.faults, "run", lambda fichas, faults: outcomes)
    monkeypatch.setattr("sys.argv", ["faults.py", "--count", "3"])
    assert tools.faults.main() == status


@pytest.fixture(scope="module")
def few(fichas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [ficha for ficha in fichas if ficha["indicator_id"] in FEW]


def test_faults_are_found_and_nothing_else_is_said(few: list[dict[str, Any]]) -> None:
    before = findings_of(few)
    outcomes = [inject(fault, few, before) for fault in draw(few, seed=3, count=16)]
    assert [outcome.fault for outcome in outcomes if not outcome.fitting] == []
    assert [outcome for outcome in outcomes if outcome.noise] == []
