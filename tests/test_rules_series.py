"""SER01 to SER04, SER07, SER08 and CRO01, each fault on a ficha that is otherwise in order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules_help import audited, codes, count, ficha, found, outcome, planned, series


def test_the_ficha_of_these_tests_holds_nothing_amiss() -> None:
    assert found(ficha()) == []


# --- SER01 --------------------------------------------------------------------------------------


def history(last: str) -> dict[str, str]:
    return series("52", "53", "55", "54", "57", "58", last, start=2012)


def test_a_historical_value_of_the_base_year_that_differs_is_found() -> None:
    (finding,) = found(ficha(historical_series=history("59")), "SER")
    assert finding.rule == "SER01"
    assert finding.message_es == "El valor histórico de 2018 (59) no es la línea base (60)."
    assert (finding.stated, finding.computed, finding.difference) == ("60", "59", 1)


@pytest.mark.parametrize("last", ["60", "60.0", "60.4", "59.5", "60 %"])
def test_a_finer_print_of_the_baseline_is_the_baseline(last: str) -> None:
    assert codes(ficha(historical_series=history(last)), "SER01") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"historical_series": history("n.d.")},
        {"baseline_year": 2019},
        {"baseline_year": None},
        {"baseline_text": "n.d."},
        {"historical_series": {}},
    ],
)
def test_without_both_values_SER01_does_not_apply(changes: dict[str, Any]) -> None:
    assert outcome(ficha(**changes), "SER01") == "not_applicable"


# --- SER02 --------------------------------------------------------------------------------------


def test_a_last_target_that_is_not_the_final_one_is_found() -> None:
    finding = found(ficha(target_text="77"), "SER02")[0]
    assert finding.message_es == "La meta intermedia de 2024 (71) no es la meta final (77)."
    assert (finding.stated, finding.computed, finding.difference) == ("77", "71", 6)


def test_a_series_that_ends_before_the_final_year_is_no_contradiction() -> None:
    given = ficha(target_series=series("62", "64", "65", "70"), target_year=2024)
    assert outcome(given, "SER02") == "not_applicable"
    assert found(given) == []


def test_a_series_that_runs_beyond_the_final_year_is_compared_in_that_year() -> None:
    targets = series("62", "64", "65", "70", "71", "74")
    assert codes(ficha(target_series=targets, target_year=2024, target_text="71")) == []
    assert codes(ficha(target_series=targets, target_year=2024, target_text="74"), "SER02") == [
        "SER02"
    ]


# --- SER03 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trend", "base", "targets", "said"),
    [
        ("Ascendente", "60", ["62", "61", "65"], "bajan de un año a otro (2020: 62 → 2021: 61)"),
        (
            "Ascendente",
            "60",
            ["50", "51", "59"],
            "La meta final (59) es peor que la línea base (60)",
        ),
        ("Descendente", "60", ["50", "52", "40"], "suben de un año a otro (2020: 50 → 2021: 52)"),
        ("Descendente", "-5", ["-6", "-8", "-4"], "la meta final (-4) es peor"),
        ("Constante", "60", ["70", "70", "71"], "no son iguales entre sí (2020: 70 → 2022: 71)"),
    ],
)
def test_targets_against_the_trend_are_one_finding(
    trend: str, base: str, targets: list[str], said: str
) -> None:
    findings = found(planned(base, targets, trend=trend), "SER03")
    assert len(findings) == 1
    assert said in findings[0].message_es


def test_both_ways_of_going_against_the_trend_stand_in_one_sentence() -> None:
    (finding,) = found(planned("60", ["62", "61", "59"], trend="Ascendente"), "SER03")
    assert finding.message_es == (
        "Las metas bajan de un año a otro (2020: 62 → 2021: 61; 2021: 61 → 2022: 59) y la meta "
        "final (59) es peor que la línea base (60): la tendencia esperada es ascendente."
    )


@pytest.mark.parametrize(
    ("trend", "base", "targets"),
    [
        ("Ascendente", "60", ["60", "60", "60.0", "61"]),
        ("Ascendente", "60.4", ["60", "61"]),  # 60.4 rounds to 60: no fall
        ("Descendente", "3.5", ["2.56", "2.10", "1.05"]),
        ("Descendente", "14,246", ["0", "0", "0"]),
        ("Constante", "60", ["95.0", "95", "95.0"]),  # away from the baseline is no matter
        ("Ascendente", "n.d.", ["60", "n.d.", "61"]),
    ],
)
def test_flat_stretches_and_other_prints_go_with_the_trend(
    trend: str, base: str, targets: list[str]
) -> None:
    assert codes(planned(base, targets, trend=trend), "SER03") == []


def test_a_zero_that_stands_for_no_value_yet_is_no_baseline_to_fall_behind() -> None:
    note = "Debido a que se trata de un nuevo indicador la información se tendrá a partir de 2020."
    given = planned("0", ["90", "85", "80"], trend="Descendente", baseline_note=note)
    assert codes(given, "SER03") == []
    assert codes(given | {"baseline_note": "Ninguna"}, "SER03") == ["SER03"]


def test_without_a_trend_SER03_does_not_apply() -> None:
    assert outcome(ficha(trend=None), "SER03") == "not_applicable"


# --- SER04 --------------------------------------------------------------------------------------


def test_accumulated_targets_that_fall_are_found() -> None:
    given = planned("4", ["39", "212", "243", "238", "248"], **count())
    (finding,) = found(given, "SER04")
    assert "2022: 243 → 2023: 238" in finding.message_es


def test_an_accumulated_count_cannot_fall_whatever_its_trend() -> None:
    given = planned("90", ["80", "70", "60"], **count(trend="Descendente"))
    (finding,) = found(given, "SER04")
    assert "aunque de tendencia descendente" in finding.message_es


@pytest.mark.parametrize(
    "changes",
    [
        {"accumulation": "Periódico"},
        {"accumulation": None},
        {"unit": "Porcentaje", "name": "Tasa de abandono", "trend": "Descendente"},
        {"unit": "Porcentaje", "name": "Variación porcentual acumulada de los ingresos"},
        {"unit": "Millones de pesos", "name": "Saldo de la deuda"},
    ],
)
def test_what_may_fall_is_not_asked_to_rise(changes: dict[str, Any]) -> None:
    given = planned("90", ["80", "70", "60"], **(count(trend="Descendente") | changes))
    assert outcome(given, "SER04") == "not_applicable"


# --- SER07 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "value", "severity"),
    [
        ({}, "895", "warning"),
        ({}, "-3", "warning"),
        (count(), "3.5", "warning"),
        (count(), "-3", "warning"),
        ({"method": "(Supervisiones realizadas / Supervisiones programadas) x 100"}, "104", "info"),
        ({"method": "(Número de médicos / Número de unidades) x 100"}, "104", "info"),
        ({"unit": "Tasa por 100,000 habitantes", "name": "Mortalidad"}, "-2", "warning"),
    ],
)
def test_a_value_outside_its_unit_is_found_wherever_it_stands(
    changes: dict[str, Any], value: str, severity: str
) -> None:
    for place in (
        {"historical_series": series("1", value, start=2016)},
        {"target_series": series("1", value, "71")},
    ):
        findings = found(planned("60", ["62", "71"], **changes) | place, "SER07")
        assert [item.severity for item in findings] == [severity]
        assert value in findings[0].message_es


@pytest.mark.parametrize(
    ("unit", "name", "method", "value"),
    [
        ("Porcentaje", "Variación porcentual de la recaudación", None, "-4.5"),
        ("Porcentaje", "Desviación del gasto", None, "140"),
        ("Índice base 2018=100", "Índice de precios al productor", None, "121.6"),
        ("Porcentaje", "Tasa de crecimiento de la producción", None, "250"),
        ("Millones de pesos", "Balance financiero", None, "-35,000.5"),
        (
            "Porcentaje",
            "Productividad",
            "(Producción en el año t / Producción en 2018) x 100",
            "180",
        ),
        ("Porcentaje", "Pasajeros", "((Pasajeros t / Pasajeros t-1) - 1) x 100", "-12"),
        ("Puntos", "Calificación", None, "-1"),
        ("Miles de barriles diarios", "Producción de crudo", None, "1,951.4"),
        ("Días", "Tiempo promedio de espera", None, "3.5"),
        ("Promedio", "Consultas por médico", None, "3.5"),
        ("Camas por cada mil habitantes", "Camas", None, "0.68"),
        ("Millones de consultas", "Consultas", None, "15.4"),
        ("Kilómetros", "Carreteras construidas", None, "12.75"),
        ("Otra cosa", "Algo", None, "-12.5"),
    ],
)
def test_what_may_be_negative_large_or_fractional_is_no_finding(
    unit: str, name: str, method: str | None, value: str
) -> None:
    given = planned("60", ["62", value], unit=unit, name=name, method=method, trend=None)
    assert codes(given, "SER07") == []


# --- SER08 --------------------------------------------------------------------------------------


def without(year: int, given: dict[str, Any], name: str = "target_series") -> dict[str, Any]:
    return given | {name: {y: v for y, v in given[name].items() if y != str(year)}}


@pytest.mark.parametrize("name", ["target_series", "historical_series"])
def test_a_year_missing_inside_a_series_is_found(name: str) -> None:
    year = 2022 if name == "target_series" else 2015
    (finding,) = found(without(year, ficha(), name), "SER")
    assert (finding.rule, finding.computed) == ("SER08", str(year))


def document(*changed: dict[str, Any], count: int = 6) -> list[dict[str, Any]]:
    rest = [ficha(indicator_id=f"2.{n}") for n in range(count)]
    return [*changed, *rest]


@pytest.mark.parametrize(("name", "year"), [("target_series", 2020), ("historical_series", 2012)])
def test_an_edge_year_that_all_other_fichas_print_is_missing(name: str, year: int) -> None:
    findings = found(document(without(year, ficha(), name)), "SER08")
    assert [(f.indicator_id, f.computed) for f in findings] == [("1.1", str(year))]
    assert "que las demás fichas imprimen" in findings[0].message_es


def test_a_last_target_that_is_lost_is_missing() -> None:
    given = without(2024, ficha(target_year=2024))
    assert codes(document(given, count=3), "SER08") == ["SER08"]
    assert codes(document(given, count=6), "SER08") == ["SER08"]


def test_an_edge_is_no_gap_where_the_fichas_have_no_common_habit() -> None:
    others = document(count=6)
    others[0] = without(2012, others[0], "historical_series")
    assert found([without(2013, without(2012, ficha(), "historical_series"), "historical_series"),
                  *others], "SER08") == []  # fmt: skip


def test_years_that_no_ficha_of_the_document_prints_are_its_template() -> None:
    fichas = document(ficha())
    assert codes([without(2022, given) for given in fichas], "SER08") == []


@pytest.mark.parametrize("frequency", ["Bienal", "Cada dos años", "Trienal", None])
def test_a_series_by_equal_steps_is_complete(frequency: str | None) -> None:
    given = ficha(
        frequency=frequency,
        historical_series={"2014": "52", "2016": "57", "2018": "60"},
    )
    assert codes(given, "SER08") == []


def test_a_gap_in_a_biennial_series_is_found() -> None:
    years = {"2010": "50", "2012": "52", "2016": "57", "2018": "60"}
    (finding,) = found(ficha(frequency="Bienal", historical_series=years), "SER08")
    assert finding.computed == "2014"


def test_a_year_whose_value_is_not_available_is_not_missing() -> None:
    values = series("n.d.", "53", "n.d.", "n.a.", "57", "58", "60", start=2012)
    assert codes(ficha(historical_series=values), "SER08") == []


# --- CRO01 --------------------------------------------------------------------------------------


def twin(value: str, **changes: Any) -> dict[str, Any]:
    """A second indicator over the same total of schools."""
    variables = [
        {"position": 1, "name": "Escuelas con luz", "value_text": "60", "source": "Censo"},
        {"position": 2, "name": "TOTAL de escuelas (TE).", "value_text": value, "source": "censo"}
        | changes,
    ]
    return ficha(
        indicator_id="1.2",
        name="Porcentaje de escuelas con luz",
        method="(Escuelas con luz / Total de escuelas) x 100",
        variables=variables,
    )


def test_one_variable_with_two_values_is_found_once() -> None:
    (finding,) = found([ficha(), twin("110")], "CRO01")
    assert finding.indicator_id == "1.2"
    assert (finding.stated, finding.computed, finding.difference) == ("110", "100", 10)
    assert "vale 100 en 1.1 y 110 en 1.2" in finding.message_es


@pytest.mark.parametrize(
    "other",
    [
        twin("100"),
        twin("100.0"),
        twin("110", source="Registro administrativo"),
        twin("110", name="Total de escuelas públicas"),
        twin("0.1", name="Total de escuelas (miles)"),
        twin("110", source=""),
        twin("n.d."),
        twin("110") | {"baseline_year": 2019},
    ],
)
def test_another_variable_or_the_same_value_is_none(other: dict[str, Any]) -> None:
    assert codes([ficha(), other], "CRO01") == []


def test_every_variable_has_its_check() -> None:
    checks, _ = audited([ficha(), twin("110")])
    rows = {c.record: c.outcome for c in checks if c.rule == "CRO01"}
    assert rows == {
        "1.1/1": "not_applicable",
        "1.1/2": "not_applicable",
        "1.2/1": "not_applicable",
        "1.2/2": "failed",
    }


def test_a_variable_that_recurs_within_one_indicator_is_not_compared() -> None:
    given = ficha()
    given["variables"].append(
        {"position": 3, "name": "Total de escuelas", "value_text": "90", "source": "Censo"}
    )
    assert codes(given, "CRO01") == []


def test_inside_a_series_the_printed_values_count_as_they_stand() -> None:
    # .85 rounds to 1, but 1 behind .85 is a rise and 1 before .85 a fall.
    rising = planned(".68", (".68", ".68", ".68", ".85", "1"))
    swapped = planned(".68", (".68", ".68", ".68", "1", ".85"))
    assert outcome(rising, "SER03") == "passed"
    assert outcome(swapped, "SER03") == "failed"
