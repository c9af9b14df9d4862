"""Formulas as they are printed: what is an operator, what is a phrase, what is a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from normalize.numbers import Habits
from validate.formula.evaluate import evaluate
from validate.formula.parse import parse_method
from validate.formula.scan import FormulaError
from validate.formula.substitution import parse_substitution
from validate.formula.tree import quantities, show

HABITS = Habits()

METHODS = [
    # printed method, variables, values, what it gives
    ("(A / B) x 100", ["A", "B"], [3, 4], 75),
    ("(A/B)x100", ["A", "B"], [3, 4], 75),
    ("(A ÷ B) × 100", ["A", "B"], [3, 4], 75),
    ("(A / B) X 100 000", ["A", "B"], [3, 4], 75_000),
    ("(A / B) x 100, 000.", ["A", "B"], [3, 4], 75_000),
    ("{[(A + B) / C] * 100}", ["A", "B", "C"], [1, 2, 4], 75),
    ("A · B", ["A", "B"], [3, 4], 12),
    ("A / B x 100 habitantes", ["A", "B"], [3, 4], 75),
    ("Porcentaje de cobertura = (A / B) x 100", ["A", "B"], [3, 4], 75),
    ("Fórmula: (A / B) x 100", ["A", "B"], [3, 4], 75),
    ("(A / B) x 100. Se reporta al cierre del año.", ["A", "B"], [3, 4], 75),
    ("A entre B por 100", ["A", "B"], [3, 4], 75),
    ("A dividido entre B, multiplicado por 100", ["A", "B"], [3, 4], 75),
    ("(1 – A / B) x 100", ["A", "B"], [1, 4], 75),
    ("Σ (A + B + C)", ["A", "B", "C"], [1, 2, 4], 7),
    ("Suma de (A + B + C)", ["A", "B", "C"], [1, 2, 4], 7),
    ("Promedio (A + B + C)", ["A", "B", "C"], [1, 2, 6], 3),
    ("√(A x B)", ["A", "B"], [4, 9], 6),
    ("Raíz cuadrada de (A x B)", ["A", "B"], [4, 9], 6),
    ("((A / B)^2 - 1) x 100", ["A", "B"], [3, 2], 125),
    ("((A / B)² − 1) x 100", ["A", "B"], [3, 2], 125),
    ("(25% x A) + (75% x B)", ["A", "B"], [80, 60], 65),
    (".25 x A + .75 x B", ["A", "B"], [80, 60], 65),
    ("0.25 A + 0.75 B", ["A", "B"], [80, 60], 65),
    ("(A / B) x 100 %", ["A", "B"], [3, 4], 75),
    ("[(A / B) x 100] – (C ≤ 10)", ["A", "B", "C"], [3, 4, 5], 70),
    (
        "TMM = (DM / NV) x 100,000 Donde: TMM = Tasa; DM = Defunciones maternas; "
        "NV = Nacidos vivos",
        ["Defunciones maternas", "Nacidos vivos"],
        [65, 130_000],
        50,
    ),
    (
        "((Ingreso en el año t - Ingreso en el año t-1) / Ingreso en el año t-1) x 100",
        ["Ingreso en el año t", "Ingreso en el año t-1"],
        [120, 100],
        20,
    ),
    (
        "(NPC/NPP)*100",
        ["Número de Personas Capacitadas (NPC )", "Número de Personas Programadas (NPP)"],
        [3, 4],
        75,
    ),
    (
        "(Personal médico / paramédico contratado / Personal autorizado) x 100",
        ["Personal médico / paramédico contratado", "Personal autorizado"],
        [3, 4],
        75,
    ),
    (
        "(Rayos X realizados / Rayos X programados) X 100",
        ["Rayos X realizados", "Rayos X programados"],
        [3, 4],
        75,
    ),
    (
        "Cuotas obrero-patronales/Total de cuotas * 100",
        ["Cuotas obrero-patronales", "Total de cuotas"],
        [3, 4],
        75,
    ),
    (
        "(Población de 65 años y más con pensión / Población de 65 años y más) x 100",
        ["Población de 65 años y más con pensión", "Población de 65 años y más"],
        [3, 4],
        75,
    ),
    ("Ingresos-Egresos", ["Ingresos", "Egresos"], [7, 3], 4),
    ("Médicos(as) egresados / Médicos(as) inscritos", ["Médicos(as) egresados",
     "Médicos(as) inscritos"], [3, 4], Fraction(3, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "values", "expected"), METHODS)
def test_method(text: str, names: list[str], values: list[int], expected: Fraction | int) -> None:
    method = parse_method(text, names, HABITS)
    assert method.bound, method.pairing
    assert method.pairing.sure
    inputs = {slot: Fraction(value) for slot, value in enumerate(values)}
    assert evaluate(method.node, inputs) == (expected, expected)
    assert {item.index for item in quantities(method.node)} == set(inputs)


SUBSTITUTIONS = [
    # printed substitution, what its expression gives, the result it states
    ("(3,400 / 3,620) x 100 = 93.9%", Fraction(340_000, 3_620), "93.9"),
    ("3,400/3,620 = 0.939 x 100 = 93.9", Fraction(340_000, 3_620), "93.9"),
    ("Porcentaje = (3 / 4) x 100 = 75", 75, "75"),
    ("Médicos (3) / Unidades (4) x 100 = 75", 75, "75"),
    ("15,414,033", 15_414_033, "15414033"),
    ("715,119 - 685,954 - 14,919 = 14,246", 14_246, "14246"),
    ("715,119-685,954 = 29,165", 29_165, "29165"),
    ("($1,419.37 mdp / $1,500.00 mdp) x 100 = 94.62 %", Fraction(141_937, 1_500), "94.62"),
    ("(25% x 80) + (75% x 60) = 65", 65, "65"),
    ("45 entre 60 por 100 = 75", 75, "75"),
    ("(48 / 1 000 000) x 100 000 = 4.8", Fraction(24, 5), "4.8"),
    ("(3 / 4) x 100", 75, None),
    ("(120 - 100) = (20)", 20, "-20"),  # in brackets a number is negative
    ("3 x (2 + 2) ≈ 12", 12, "12"),
]


@pytest.mark.parametrize(("text", "computed", "result"), SUBSTITUTIONS)
def test_substitution(text: str, computed: Fraction | int, result: str | None) -> None:
    parsed = parse_substitution(text, HABITS)
    values = {index: number.fraction for index, number in enumerate(parsed.numbers)}
    assert evaluate(parsed.node, values) == (computed, computed)
    assert (None if parsed.result is None else str(parsed.result.value)) == result


@pytest.mark.parametrize(
    "text",
    ["", "(A / B x 100", "A / B) x 100", "(A / B] x 100", "A / / B", "A + ", "Se obtiene de (A +)"],
)
def test_method_that_is_no_formula(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_method(text, ["A", "B"], HABITS)


@pytest.mark.parametrize(
    "text",
    [
        "La línea base se obtendrá en 2021",
        "Indicador nuevo, se mide desde el año 2020",
        "Censo de 2020",
    ],
)
def test_a_year_that_tells_when_is_no_value(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_substitution(text, HABITS)


@pytest.mark.parametrize("text", ["2018", "2018 viviendas en 2019", "2,018 personas en 2018"])
def test_a_value_that_looks_like_a_year_is_one(text: str) -> None:
    result = parse_substitution(text, HABITS).result
    assert result is not None and result.value == 2018


def test_error_says_where() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_method("A / / B", ["A", "B"], HABITS)
    assert "«/»" in caught.value.message_es


def test_a_phrase_that_is_no_variable_is_named() -> None:
    method = parse_method("Ingresos / Zapatos", ["Ingresos", "Población adscrita"], HABITS)
    assert method.pairing.unmatched == ("Zapatos",)


def test_names_that_contain_each_other_are_told_apart() -> None:
    names = [
        "Población adscrita al Programa en localidades rurales en el año t",
        "Población en localidades rurales en el año t",
    ]
    method = parse_method(f"({names[0]} / {names[1].lower()}) X 100", names, HABITS)
    assert show(method.node, {0: "a", 1: "b"}) == "(a / b) × 100"


def test_one_phrase_over_one_variable_is_that_variable() -> None:
    method = parse_method("Suma de las visitas del año", ["Visitas registradas"], HABITS)
    assert [item.index for item in quantities(method.node)] == [0]
