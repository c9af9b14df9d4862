"""A finding worked out: each line is true, and the last one is the finding's own numbers."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadra.work import process
from normalize.numbers import Habits
from normalize.schema import Dataset, Finding
from tests.build import normalized_from_json
from tests.rules_help import count, ficha, series
from validate.comparison import Evaluated, evaluated_formula, input_span
from validate.engine import audit
from validate.explain import Explainer, Step, explain
from validate.explain.step import signed
from validate.explain.stored import stored_view
from validate.explain.values import compared_values
from validate.explain.working import equals, on_the_way, operations
from validate.formula.substitution import parse_substitution

D = "Diferencia (declarado − calculado)"
OPERATION = re.compile(r"(?P<left>.+?) (?P<sign>[=≈]) (?P<right>\(?−?[\d,.]+\)?)")


@pytest.fixture(scope="module")
def sample(sample_pdf: Path) -> Dataset:
    return process(sample_pdf)


def steps_of(dataset: Dataset, rule: str, indicator: str) -> list[Step]:
    (finding,) = (
        item for item in dataset.findings if item.rule == rule and item.indicator_id == indicator
    )
    return Explainer(dataset, {}).steps(finding)


def lines_of(steps: list[Step]) -> list[tuple[str, str, str]]:
    """(kind, Spanish label, Spanish text) of all lines."""
    return [
        (line.kind, line.label.es, line.text if isinstance(line.text, str) else line.text.es)
        for step in steps
        for line in step.lines
    ]


def python_of(text: str) -> Fraction:
    """The value of an operation as it is written, by Python's own precedence."""
    plain = text.replace(",", "").replace("×", "*").replace("−", "-").replace("^", "**")
    exact = re.sub(r"\d*\.?\d+", lambda number: f"Fraction('{number[0]}')", plain)
    return Fraction(eval(exact, {"Fraction": Fraction}))


def test_every_finding_of_the_sample_is_worked_out(sample: Dataset) -> None:
    explainer = Explainer(sample, {})
    assert sample.findings
    for finding in sample.findings:
        steps = explainer.steps(finding)
        assert steps
        for step in steps:
            assert step.title.es and step.title.en and step.lines


def test_each_operation_is_true(sample: Dataset) -> None:
    explainer = Explainer(sample, {})
    checked = 0
    for finding in sample.findings:
        for kind, _, text in lines_of(explainer.steps(finding)):
            found = OPERATION.fullmatch(text)
            if kind != "work" or found is None:
                continue
            left, right = python_of(found["left"]), python_of(found["right"])
            if found["sign"] == "=":
                assert left == right, text
            else:
                assert abs(left - right) <= abs(right) / 10**8, text
            checked += 1
    assert checked > 20


def test_the_substitution_goes_from_print_to_difference(sample: Dataset) -> None:
    assert lines_of(steps_of(sample, "CAL01", "2.1")) == [
        ("printed", "", "(48,240 / 35,578,474) x 100,000 = 135.64"),
        ("formula", "", "(48,240 / 35,578,474) × 100,000"),
        ("work", "", "48,240 / 35,578,474 ≈ 0.00135587602774"),
        ("work", "", "0.00135587602774 × 100,000 ≈ 135.587602774"),
        ("work", "", "135.587603 → 135.59"),
        ("computed", "La sustitución da", "135.59"),
        ("stated", "Resultado que declara la sustitución", "135.64"),
        ("difference", "Diferencia (declarado − calculado)", "+0.052397"),
    ]


def test_a_truncated_value_shows_both_ways(sample: Dataset) -> None:
    lines = lines_of(steps_of(sample, "CAL05", "1.1"))
    assert ("work", "", "29.998967 → 30.00") in lines
    assert ("work", "truncado, sin redondear", "29.99") in lines


def test_another_reading_stands_behind_the_usual_one(sample: Dataset) -> None:
    texts = [text for _, _, text in lines_of(steps_of(sample, "CAL06", "4.3"))]
    usual = texts.index("(32,002,514 / 30,923,832) − 1 × 100")
    other = texts.index("((32,002,514 / 30,923,832) − 1) × 100")
    assert usual < texts.index("1.03488189950 − 100 ≈ −98.9651181005") < other
    assert texts[-2:] == ["3.5", "+0.011810"]


def test_two_functions_are_told_apart_by_other_data(sample: Dataset) -> None:
    lines = lines_of(steps_of(sample, "CAL08", "6.1"))
    assert lines[-2:] == [
        ("computed", "El método da", "222.95"),
        ("stated", "La sustitución da", "515"),
    ]


def test_stated_growth_is_tried_literally_and_otherwise(sample: Dataset) -> None:
    lines = lines_of(steps_of(sample, "SER05", "1.1"))
    assert ("stated", "Meta 2024", "31.0304, no 32.84") in lines
    assert ("work", "Meta 2024", "32.8400, impreso 32.84") in lines


def test_a_followed_line_shows_its_ratios(sample: Dataset) -> None:
    lines = lines_of(steps_of(sample, "SER09", "2.1"))
    assert ("work", "2020 → 2021", "128.05 / 130.53 ≈ 0.981000536275") in lines
    assert ("computed", "Tasa que las da todas", "−1.9 %") in lines


def test_explaining_needs_the_stored_rows_only(sample: Dataset) -> None:
    """Neither the reader's notes nor the order of the rows: those are not stored."""
    stored = Dataset()
    stored.extend(sample)
    stored.variables.reverse()
    stored.observations.reverse()
    for finding in sample.findings:
        assert Explainer(stored, {}).steps(finding) == Explainer(sample, {}).steps(finding)


def test_a_finding_that_cannot_be_worked_out_shows_what_was_compared(
    sample: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> list[Step]:
        raise ZeroDivisionError

    monkeypatch.setitem(explain._BY_RULE, "CAL01", stumble)
    lines = lines_of(steps_of(sample, "CAL01", "2.1"))
    assert ("computed", "Calculado", "135.587603") in lines
    assert ("stated", "Declarado", "135.64") in lines


@given(
    st.lists(st.integers(1, 10**6), min_size=2, max_size=5),
    st.lists(st.sampled_from("+-×/"), min_size=4, max_size=4),
)
def test_the_last_operation_gives_the_formulas_value(numbers: list[int], signs: list[str]) -> None:
    text = "".join(f"{n} {s} " for n, s in zip(numbers, signs, strict=False)).rstrip("+-×/ ")
    parsed = parse_substitution(f"{text} = 1", Habits.learn(()))
    printed = dict(enumerate(parsed.numbers))
    inputs = {index: input_span(number) for index, number in printed.items()}
    evaluated = evaluated_formula(parsed.node, inputs, printed)
    assert isinstance(evaluated, Evaluated)
    lines = operations(evaluated)
    assert lines[-1].endswith(equals(evaluated.value))


@given(st.fractions().filter(lambda value: value == 0 or abs(value) > Fraction(1, 10**15)))
def test_a_value_on_the_way_keeps_twelve_digits(value: Fraction) -> None:
    shown = Fraction(on_the_way(value).replace(",", ""))
    assert abs(shown - value) <= abs(value) / 10**9


def test_a_difference_has_its_sign() -> None:
    assert [signed(Fraction(text)) for text in ("0.05", "-1200", "0")] == ["+0.05", "−1,200", "0"]


def compared(cells: list[str], computed: str) -> list[str]:
    """The operations shown for a finding whose inputs are the values of variables."""
    variables = [
        {"position": at, "name": f"Variable {at}", "value_text": text, "source": None}
        for at, text in enumerate(cells, start=1)
    ]
    view = stored_view(normalized_from_json([ficha(variables=variables)], ()).dataset)
    key = view.document.document_id
    evidence = [
        {
            "document_id": key,
            "table_name": "variables",
            "record": row.record_key,
            "field": "value",
            "role": "input",
        }
        for row in view.indicators[0].variables
    ]
    finding = Finding(
        finding_id="f0",
        document_id=key,
        indicator_id="1.1",
        rule="MON01",
        severity="error",
        message_es="",
        message_en="",
        stated="1",
        computed=computed,
        difference=Decimal(1),
        evidence=json.dumps(evidence),
    )
    lines = lines_of(compared_values(view, finding, {}))
    return [text for kind, _, text in lines if kind == "work"]


@pytest.mark.parametrize(
    ("cells", "computed", "operations_shown"),
    [
        (["5", "7", "1"], "13", ["5 + 7 + 1 = 13"]),
        (["6", "18"], "33.3", ["6 / 18 × 100 ≈ 33.3"]),
        (["6", "12"], "0.5", ["6 / 12 = 0.5"]),
        (["6", "12"], "99", []),
    ],
)
def test_an_operation_is_shown_only_where_the_numbers_are_one(
    cells: list[str], computed: str, operations_shown: list[str]
) -> None:
    assert compared(cells, computed) == operations_shown


def explained(changed: dict[str, Any], rule: str) -> list[tuple[str, str, str]]:
    """The lines of the one finding of a rule on an invented ficha."""
    normalized = normalized_from_json([changed], ())
    normalized.dataset.checks, normalized.dataset.findings = audit(normalized)
    return lines_of(steps_of(normalized.dataset, rule, "1.1"))


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        (
            {"baseline_text": "61"},
            "CAL02",
            [
                ("computed", "Resultado que declara la sustitución", "60"),
                ("stated", "Línea base declarada", "61"),
                ("difference", "Diferencia (declarado − calculado)", "+1"),
            ],
        ),
        (
            {"substitution": "(61 / 100) x 100 = 61"},
            "CAL04",
            [
                ("stated", "ni variable ni constante", "61"),
                ("computed", "Variable 1, Escuelas con agua potable", "60"),
            ],
        ),
        (
            {
                "method": "(.25 x Escuelas con agua potable) + (.70 x Total de escuelas)",
                "substitution": "(.25 x 60) + (.70 x 100) = 85",
            },
            "CAL07",
            [("work", "", "0.25 + 0.7 = 0.95"), ("difference", D, "−0.05")],
        ),
        (
            {"historical_series": series("57", "58", "59", start=2016)},
            "SER01",
            [
                ("stated", "Línea base", "60"),
                ("computed", "Calculado", "59"),
            ],
        ),
        (
            {"target_text": "72"},
            "SER02",
            [("stated", "Meta", "72"), ("printed", "Meta intermedia 2024", "71")],
        ),
        (
            {"target_series": series("62", "61", "65", "70", "71")},
            "SER03",
            [("stated", "Meta 2020 → Meta 2021", "62 → 61")],
        ),
        (
            {"target_series": series("62", "61", "65", "70", "71"), "accumulation": "Acumulado"},
            "SER04",
            [("stated", "Meta 2020 → Meta 2021", "62 → 61")],
        ),
        (
            {"target_series": series("62", "164", "65", "70", "71")},
            "SER07",
            [("stated", "Meta intermedia 2021", "164")],
        ),
    ],
)
def test_a_fault_is_shown_where_it_is(
    changes: dict[str, Any], rule: str, expected: list[tuple[str, str, str]]
) -> None:
    lines = explained(ficha(**changes), rule)
    for line in expected:
        assert line in lines


def test_parts_are_added() -> None:
    changed = ficha(
        **count(
            method=None,
            substitution=None,
            variables=[],
            baseline_text="10",
            historical_series={"2018": "10"},
            target_text="248",
            target_note="116 hospitales y 123 unidades de medicina familiar",
            target_series=series("40", "80", "130", "170", "248"),
            unit="Número de unidades médicas (hospitales, unidades de medicina familiar)",
        )
    )
    lines = explained(changed, "SER06")
    assert ("work", "", "116 + 123 = 239") in lines
    assert lines[-1] == ("difference", D, "+9")
