"""SER05, SER06 and SER09: growth and parts in notes, and the lines that no note declares."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules_help import audited, codes, count, found, outcome, planned

# --- SER05: what is a claim ---------------------------------------------------------------------

UNEVEN = ["52", "53", "57", "58", "61"]


@pytest.mark.parametrize(
    "note",
    [
        "Con esta cobertura se pretende cubrir al 100% de la población en tres años.",
        "Meta 2024>=70%",
        "Se incrementará al 95%.",
        "Incrementar de 30 a 45%.",
        "Pasar de 22% a 33% de las escuelas.",
        "Incrementar la cobertura del 95% de la población.",
        "3% anual",
        "Se busca mantener el 95% de cobertura; el presupuesto aumentará.",
        "Se cubrirá el 30% de las plazas y aumentará el presupuesto.",
        "Reducir la brecha al 5 por ciento.",
        "Incremento de la población de 20 años y más.",
        "Crecimiento de 2018 a 2024.",
        "Ninguna",
        "",
    ],
)
def test_a_level_or_a_bare_percentage_is_no_stated_growth(note: str) -> None:
    assert outcome(planned("50", UNEVEN, note), "SER05") == "not_applicable"


@pytest.mark.parametrize(
    "note",
    [
        "Se espera un crecimiento económico de 2.5% anual.",
        "Considera una inflación con incremento de 3.4 por ciento anual.",
        "Sujeto a un aumento salarial del 4%.",
        "Incremento de al menos 2% anual.",
        "Se estima un incremento aproximado de 1%.",
        "Creció 4% en 2021, 3% en 2022 y aumentó 2% en 2023.",
    ],
)
def test_a_growth_of_something_else_or_a_vague_one_is_no_contradiction(note: str) -> None:
    assert outcome(planned("50", UNEVEN, note), "SER05") == "not_applicable"


# --- SER05: literal readings pass ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "targets", "note", "changes"),
    [
        # 200 × 1.03 = 206; 212.18; 218.5454; 225.10; 231.85 (base 2019)
        ("200.0", ["206.0", "212.2", "218.5", "225.1", "231.9"], "Incremento anual del 3%.", {}),
        # in words, from 2019: 1000 × 0.95ⁿ = 950, 902.5, 857.4, 814.5, 773.8
        (
            "1,000",
            ["950", "903", "857", "815", "774"],
            "Se estima una reducción de cinco por ciento cada año.",
            {"trend": "Descendente", "unit": "Tasa por 100,000 habitantes"},
        ),
        # points: 50 + 1.2 n
        (
            "50",
            ["51.2", "52.4", "53.6", "54.8", "56.0"],
            "Incremento anual de 1.2 puntos porcentuales.",
            {},
        ),
        # base points: 50 bp = 0.5 points
        ("50.0", ["50.5", "51.0", "51.5"], "Aumento de 50 puntos base por año.", {}),
        # half a point in words
        ("50.0", ["49.5", "49.0", "48.5"], "Disminuir medio punto porcentual por año.",
         {"trend": "Descendente"}),
        # a total growth: 50 × 1.2 = 60, the path is free
        ("50", ["51", "53", "60"], "Incremento de 20% respecto a 2019.", {}),
        # a total in points
        ("50", ["51", "53", "58"], "Aumentar 8 puntos porcentuales en el periodo.", {}),
        # twice as much
        ("50", ["51", "53", "100"], "Se pretende duplicar la cobertura.", {}),
        # a mean rate reaches the end only: 50 × 1.02³ = 53.06
        ("50.00", ["50.50", "52.50", "53.06"], "Tasa media anual de crecimiento de 2%.", {}),
        # a rate printed with decimals stands for 3.25 to 3.35: here 3.3333
        ("300.00", ["310.00", "320.33", "331.01"], "Crecimiento anual de 3.3%.", {}),
        # counts, added: 1,200 + 500 n
        (
            "1,200",
            ["1,700", "2,200", "2,700"],
            "Incremento anual de 500 unidades médicas.",
            count(),
        ),
        # millions in the note, millions in the unit
        (
            "1,000.0",
            ["1,005.0", "1,010.0", "1,015.0"],
            "Incremento anual de 5 millones de pesos.",
            {"unit": "Millones de pesos", "name": "Ingresos propios"},
        ),
        # each year on the rounded year before: 1001 × 1.015 = 1016.0; 1031.2; 1046.5 → 1047 …
        (
            "1,001",
            ["1,016", "1,031", "1,046", "1,062", "1,078"],
            "Crecimiento anual de 1.5 por ciento en el número de unidades.",
            count(),
        ),
        # from a value that is printed: 52 (2020) + 1 a year
        ("40", ["52", "53", "54", "55"], "Incrementar 1 punto a partir de la meta de 2020.", {}),
    ],
)  # fmt: skip
def test_a_growth_that_gives_the_targets_literally_passes(
    base: str, targets: list[str], note: str, changes: dict[str, Any]
) -> None:
    given = planned(base, targets, note, year=2019, **changes)
    assert outcome(given, "SER05") == "passed"
    assert codes(given, "SER05", "SER09") == []


# --- SER05: other readings, and none ------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "targets", "note", "changes", "reading"),
    [
        # 60 + 3 n instead of 60 × 1.03ⁿ (2019 → 2024: 69.6)
        ("60", ["63", "66", "69", "72", "75"], "Incremento de 3% anual.", {"year": 2019},
         "puntos o unidades que se suman cada año, desde la línea base"),
        # the rate counted from the first target: 130 × 1.02ⁿ
        ("100.0", ["130.0", "132.6", "135.3", "138.0", "140.7"], "Crecimiento anual de 2%.", {},
         "tasa anual compuesta, desde la primera meta"),
        # one step although two years lie between: 200 × 1.05 = 210 in 2020
        ("200.0", ["210.0", "220.5", "231.5", "243.1"], "Crecimiento anual de 5%.", {},
         "tasa anual compuesta, con un solo paso de la línea base a la primera meta"),
        # 100 + 5 n, five per cent of the first value each year, is 5 points as well
        ("200", ["210", "220", "230", "240"], "Aumento anual de 5%.", {"year": 2019},
         "porcentaje fijo del valor inicial, sumado cada año, desde la línea base"),
        # the note says growth, the targets shrink by its rate
        ("200.0", ["190.0", "180.5", "171.5"], "Incremento anual del 5%.",
         {"year": 2019, "trend": "Descendente"},
         "tasa anual compuesta, desde la línea base, en el sentido contrario al que dice la nota"),
    ],
)  # fmt: skip
def test_targets_that_follow_another_reading_are_a_warning_that_shows_it(
    base: str, targets: list[str], note: str, changes: dict[str, Any], reading: str
) -> None:
    (finding,) = found(planned(base, targets, note, **changes), "SER05")
    assert finding.reading == reading
    assert reading in finding.message_es


def test_targets_that_follow_no_reading_say_what_the_literal_one_would_be() -> None:
    # 200 × 1.03⁵ = 231.85
    (finding,) = found(
        planned("200.0", ["206.0", "212.2", "218.5", "225.1", "241.9"], "Incremento anual del 3%.",
                year=2019),
        "SER05",
    )  # fmt: skip
    assert (finding.stated, finding.computed) == ("241.9", "231.855")
    assert "Ninguna otra lectura conocida las da" in finding.message_es


def test_a_doubled_target_that_is_not_double_is_found() -> None:
    (finding,) = found(
        planned("50", ["51", "53", "90"], "Se pretende duplicar la cobertura."), "SER05"
    )
    assert (finding.stated, finding.computed) == ("90", "100.00")


def test_a_coarse_print_does_not_turn_points_into_a_rate() -> None:
    # 57 × 1.01⁴ = 59.3 and not 61, though every step alone rounds: 57.57 → 58, 58.58 → 59 …
    given = planned("56", ["57", "58", "59", "60", "61"], "Crecimiento anual de 1%.", year=2019)
    (finding,) = found(given, "SER05")
    assert "se suman cada año" in (finding.reading or "")


def test_flat_targets_have_no_growth_to_check() -> None:
    given = planned("60", ["60", "60", "60"], "Incremento anual de 2%.")
    assert outcome(given, "SER05") == "not_applicable"


def test_a_claim_that_repeats_the_target_is_a_level() -> None:
    given = planned(
        "n.d.", ["4", "7", "15"], "Se estima un incremento del 15%.", name="Incremento de ventas"
    )
    assert codes(given, "SER05") == []


# --- SER06 --------------------------------------------------------------------------------------


def units(target: str, note: str, base: str = "4", **changes: Any) -> dict[str, Any]:
    return planned(base, ["39", "212", target], note, **count(**changes))


@pytest.mark.parametrize(
    "note",
    [
        "Se contemplan 116 hospitales y 132 unidades de medicina familiar en 2019-2024.",
        "Se construirán 16 hospitales, 100 clínicas y 132 unidades de medicina familiar.",
        "248 unidades: 116 hospitales y 132 unidades.",
        "116 hospitales + 132 UMF",
        "116 hospitales más 132 unidades en 32 entidades federativas.",
    ],
)
def test_parts_that_add_up_pass_and_parts_that_do_not_are_found(note: str) -> None:
    assert outcome(units("248", note), "SER06") == "passed"
    (finding,) = found(units("284", note), "SER06")
    assert (finding.stated, finding.computed, finding.difference) == ("284", "248", 36)


@pytest.mark.parametrize(
    "note",
    [
        "132 unidades en 32 estados y 5 municipios.",
        "Los artículos 3 y 5 de la Ley; 248 unidades.",
        "10% de hospitales y 20% de unidades.",
        "Para población de 20 años y 65 años en unidades.",
        "248 unidades y 300 médicos.",
        "100 camas y 20 quirófanos.",
        "12 millones de pesos y 248 unidades.",
        "39 en 2020 y 212 en 2021.",
        "1 hospital.",
    ],
)
def test_other_numbers_are_no_parts(note: str) -> None:
    assert outcome(units("284", note), "SER06") == "not_applicable"


def test_parts_by_year_are_those_of_the_baseline() -> None:
    note = "Unidades iniciadas hasta 2018 (3 iniciadas en 2017 y 1 en 2018)."
    given = units("248", "Ninguna", baseline_note=note)
    given["historical_series"] = {"2017": "3", "2018": "4"}
    assert outcome(given, "SER06") == "passed"
    wrong = given | {"baseline_text": "5", "historical_series": {"2017": "3", "2018": "5"}}
    (finding,) = found(wrong, "SER06")
    assert (finding.stated, finding.computed) == ("5", "4")


def test_parts_of_a_percentage_are_not_added() -> None:
    given = planned("10", ["20", "60"], "116 hospitales y 132 unidades.")
    assert outcome(given, "SER06") == "not_applicable"


# --- SER09 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "targets", "amount", "said"),
    [
        # 1,250 × 1.04ⁿ from 2018: 2020 is 1,352
        ("1,250.00", ["1,352.00", "1,406.08", "1,462.32", "1,520.82"], "4 %", "en 2 pasos"),
        # − 0.35 a year, from 2018 in one step
        ("9.10", ["8.75", "8.40", "8.05", "7.70"], "-0.35", "en un paso"),
        ("70", ["82", "84", "86", "88", "90"], "2", "No llega a la línea base"),
    ],
)
def test_a_line_that_no_note_declares_is_shown(
    base: str, targets: list[str], amount: str, said: str
) -> None:
    (finding,) = found(planned(base, targets, trend=None), "SER09")
    assert (finding.severity, finding.computed) == ("info", amount)
    assert said in finding.message_es


@pytest.mark.parametrize(
    "targets",
    [
        ["64", "66", "67", "69", "70"],  # coarse: many rates fit
        ["78", "80", "84", "88", "90"],
        ["3,313", "5,038", "6,831", "7,831", "8,831"],
        [".68", ".68", ".68", ".85", "1"],
        ["108.14", "111.26", "114.58", "117.99", "121.62"],
        ["2.56", "2.10", "1.74", "1.30", "1.05"],
        ["60", "62", "64"],  # three equal steps prove nothing
        ["-5.00", "-5.15", "-5.31", "-5.46"],
        ["0", "0", "0", "0"],
        ["10", "20"],
        ["1.0", "1.1", "1.2", "1.4"],
    ],
)
def test_what_may_be_coincidence_is_no_line(targets: list[str]) -> None:
    assert codes(planned("50", targets, trend=None), "SER09") == []


def test_a_declared_growth_is_for_SER05_even_where_it_is_wrong() -> None:
    given = planned("70", ["82", "84", "86", "88", "90"], "Incremento anual de 5 puntos.")
    assert codes(given, "SER05", "SER09") == ["SER05"]


def test_the_growth_of_something_else_declares_nothing() -> None:
    note = "Se espera un crecimiento económico de 2.5% anual."
    assert codes(planned("70", ["82", "84", "86", "88", "90"], note), "SER05", "SER09") == ["SER09"]


def test_the_line_tells_which_of_two_final_numbers_was_used() -> None:
    given = planned("70", ["82", "84", "86", "88", "96"], target_text="90")
    (finding,) = found(given, "SER09")
    assert "confirma la meta final (90) y no la última meta intermedia" in finding.message_es


def test_one_target_off_the_line_of_all_others_is_named() -> None:
    # 130.53 × 0.981 = 128.0499
    given = planned("140", ["130.53", "127.05", "125.62", "123.23", "120.89"], trend=None)
    (finding,) = found(given, "SER09")
    assert "La de 2021 (127.05) no: sobre la línea sería 128.0499" in finding.message_es


def test_one_step_off_is_no_evidence_of_a_line() -> None:
    assert codes(planned("70", ["82", "84", "87", "88", "90"], trend=None), "SER09") == []


def test_the_line_tells_which_of_two_baselines_was_used() -> None:
    # 48,260 / 100,000 × 100 = 48.26; 48.26 × 1.02² = 50.21; the printed baseline is 49.26.
    given = planned(
        "49.26",
        ["50.21", "51.21", "52.24", "53.28", "54.35"],
        method="(Atendidas / Total) x 100",
        variables=[
            {"position": 1, "name": "Atendidas", "value_text": "48,260", "source": "Censo"},
            {"position": 2, "name": "Total", "value_text": "100,000", "source": "Censo"},
        ],
    )
    (finding,) = found(given, "SER09")
    assert "Confirma lo que da el método (48.260) y no la línea base impresa" in finding.message_es


# --- other programmes ---------------------------------------------------------------------------


def programme() -> list[dict[str, Any]]:
    """Fichas as other ministries print them: nothing in them is amiss for SER, CRO or REA."""
    return [
        planned("1,951.4", ["1,944.2", "2,027.1", "2,081.0", "2,226.3", "2,340.8"],
                indicator_id="1.1", name="Producción de crudo", unit="Miles de barriles diarios"),
        planned("-180,420", ["-92,300", "-61,750", "-35,000", "-12,400", "0"], indicator_id="1.2",
                name="Balance financiero", unit="Millones de pesos",
                note="Considera un crecimiento del PIB de 2.1% anual y un tipo de cambio de 19.9."),
        planned("13.4", ["13.1", "12.9", "12.4", "12.2", "11.6"], indicator_id="2.1",
                name="Pérdidas de energía", unit="Porcentaje", trend="Descendente",
                note="Se reducirán las pérdidas al 11.6% en 2024, conforme al PRODESEN 2019-2033."),
        planned("100", ["104.2", "106.9", "109.8", "112.8", "115.9"], indicator_id="2.2",
                name="Índice de productividad", unit="Índice base 2018=100"),
        planned("34.6", ["32.1", "31.0", "29.2", "28.4", "26.9"], indicator_id="3.1",
                name="Razón de mortalidad materna", trend="Descendente",
                unit="Defunciones por cada 100 mil nacidos vivos"),
        planned("98.7", ["100", "100", "100", "100", "100"], indicator_id="3.2",
                name="Cumplimiento del programa de mantenimiento", unit="Porcentaje",
                note="Se mantendrá el 100% de cumplimiento.", trend="Constante"),
        planned("2,413", ["2,500", "2,650", "2,720", "2,900", "3,100"], indicator_id="4.1",
                name="Localidades con agua potable", unit="Localidades",
                note="Incluye 32 entidades federativas y 570 municipios de alta marginación."),
        planned("1.7", ["2.4", "3.1", "5.0", "6.2", "8.3"], indicator_id="4.2",
                name="Tasa de crecimiento de la matrícula", unit="Porcentaje",
                note="Se espera un incremento del 8.3% al final del sexenio."),
    ]  # fmt: skip


def test_nothing_false_fires_on_other_programmes() -> None:
    _, findings = audited(programme())
    assert [f"{f.rule} {f.indicator_id}" for f in findings if f.rule[:3] != "CAL"] == []


def test_a_line_confirms_nothing_against_a_method_that_is_not_understood() -> None:
    """«A : B» is one phrase, which is not for certain the one variable that it resembles."""
    programme = planned(
        "3.0",
        ["3.1", "3.2", "3.3", "3.4", "3.5"],
        method="Turistas nacionales : Turistas internacionales",
        substitution="61.2 / 20.4 = 3.0",
        variables=[
            {"position": 1, "name": "Turistas nacionales", "value_text": "61.2", "source": "A"},
            {
                "position": 2,
                "name": "Turistas internacionales",
                "value_text": "20.4",
                "source": "A",
            },
        ],
    )
    (finding,) = found([programme], "SER09")
    assert "método" not in finding.message_es


@pytest.mark.parametrize(
    ("note", "speaks"),
    [
        ("Se estima que la población crezca 1.1% anual.", False),
        ("Se prevé que los precios de los hoteles aumenten 4% anual.", False),
        ("Se prevé que las visitas aumenten 4% anual.", True),
        ("La meta considera un crecimiento inercial de 4% anual.", True),
    ],
)
def test_a_growth_in_the_subjunctive_is_its_subjects(note: str, speaks: bool) -> None:
    targets = ["25,174", "26,677", "26,691", "27,714", "28,249"]
    visits = planned("24,680", targets, note, name="Número de visitas guiadas", unit="Visita")
    assert codes(visits, "SER05") == (["SER05"] if speaks else [])
