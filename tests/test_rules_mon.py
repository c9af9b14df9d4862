"""MON01-04, MON06-08, MON10: what is amiss is found, what is not is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from normalize.records import Normalized
from normalize.schema import Check, Finding, encode_record
from tests.monitoring import PROGRESS, TOTAL, card, cells, monitoring, sample_cards
from validate.engine import audit

MATRIX = {
    "Resultados": [1, 2, 0, 1, 0, 3, 0],
    "Coordinación": [0, 1, 1, 0, 0, 0, 1],
    "Gestión": [2, 0, 1, 0, 1, 1, 0],
}
"""15 indicators: percentages 47, 20, 33; columns 20, 20, 13, 7, 7, 27, 7 (they add up to 101)."""


def own(normalized: Normalized, *rules: str) -> list[Finding]:
    return [each for each in audit(normalized)[1] if each.rule.startswith(rules or ("MON", "CRO"))]


def codes(normalized: Normalized, *rules: str) -> list[str]:
    return [each.rule for each in own(normalized, *rules)]


def checks(normalized: Normalized, rule: str) -> list[Check]:
    return [each for each in audit(normalized)[0] if each.rule == rule]


def fifteen() -> list[dict[str, Any]]:
    """The cards that give the columns of MATRIX."""
    columns = [sum(column) for column in zip(*MATRIX.values(), strict=True)]
    grades = [name for name, count in zip(PROGRESS, columns, strict=True) for _ in range(count)]
    made = []
    for n, grade in enumerate(grades):
        key = f"{n // 3 + 1}.{n % 3 + 1}"
        status = "No alcanzada" if grade == "Muy rezagado" else "Alcanzada"
        made.append(card(key, milestone_status=status, target_progress=grade.rstrip("*")))
    return made


def with_cell(at: tuple[str, str], text: str) -> Normalized:
    table = cells(MATRIX)
    assert at in table
    return monitoring(fifteen(), table | {at: text})


# --- the distribution ---


def test_a_distribution_that_adds_up_gives_no_finding_though_percentages_add_up_to_101() -> None:
    given = monitoring(fifteen(), cells(MATRIX))
    assert codes(given) == []
    assert {c.outcome for c in checks(given, "MON01")} == {"passed"}
    assert {c.outcome for c in checks(given, "MON02")} == {"passed"}
    assert {c.outcome for c in checks(given, "MON03")} == {"passed"}
    assert {c.outcome for c in checks(given, "MON04")} == {"passed"}


@pytest.mark.parametrize("name", ["imss", "issste"])
def test_the_published_distributions_add_up_and_are_those_of_their_cards(name: str) -> None:
    cards, matrix = sample_cards(name)
    given = monitoring(cards, cells(matrix), [("indicator_count", "", 0, str(len(cards)), None)])
    assert codes(given, "MON01", "MON02", "MON03", "MON04") == []


def test_a_wrong_cell_fails_its_row_and_its_column_and_is_named() -> None:
    found = own(with_cell(("Gestión", "Adecuado"), "4"))
    assert [each.rule for each in found] == ["MON01", "MON02"]
    assert all("Gestión / Adecuado (4)" in each.message_es for each in found)
    assert (found[0].stated, found[0].computed, found[0].difference) == ("5", "8", -3)


def test_a_wrong_total_is_named_where_its_line_and_the_line_of_totals_fail() -> None:
    found = own(with_cell((TOTAL, "Avanzado"), "5, 33%"))
    assert [each.rule for each in found] == ["MON01", "MON02", "MON04"]
    assert f"{TOTAL} / Avanzado (5, 33%)" in found[0].message_es


def test_a_wrong_grand_total_is_wrong_against_row_column_and_cards_but_not_in_percentages() -> None:
    assert codes(with_cell((TOTAL, TOTAL), "16")) == ["MON01", "MON02", "MON04"]


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("3, 20%", []),
        ("3, 21%", ["error"]),  # 20 exactly: no way of rounding gives 21
        ("3, 30%", ["error"]),
        ("3, 20.0%", []),
        ("3, 20.4%", ["error"]),
    ],
)
def test_a_percentage_of_the_total_row(text: str, severities: list[str]) -> None:
    found = own(with_cell((TOTAL, "Superado"), text), "MON03")
    assert [each.severity for each in found] == severities


def test_a_percentage_cut_off_among_rounded_ones_is_a_warning() -> None:
    # 4 of 15 are 26.67: 27 by rounding, 26 by cutting off; the others are rounded (7 for 6.67).
    (found,) = own(with_cell((TOTAL, "Muy rezagado"), "4, 26%"))
    assert (found.rule, found.severity) == ("MON03", "warning")
    assert "truncando" in found.message_es


def test_a_table_that_cuts_off_all_its_percentages_is_left_alone() -> None:
    table = cells(MATRIX)
    for at, text in table.items():
        if "%" in text:
            count = int(text.split(",")[0])
            table[at] = f"{count}, {100 * count // 15}%"
    assert codes(monitoring(fifteen(), table)) == []


def test_percentages_alone_add_up_within_their_rounding() -> None:
    table = {
        ("Resultados", "Superado"): "33%",
        ("Resultados", "Avanzado"): "33%",
        ("Resultados", "Adecuado"): "33%",
        ("Resultados", TOTAL): "100%",
    }
    assert codes(monitoring([], table)) == []
    table["Resultados", "Adecuado"] = "43%"
    assert codes(monitoring([], table)) == ["MON01"]


def test_a_cell_without_a_number_makes_its_lines_not_applicable() -> None:
    given = with_cell(("Gestión", "Adecuado"), "¿1?")
    assert codes(given) == []
    outcomes = {c.record: c.outcome for c in checks(given, "MON01")}
    assert outcomes[encode_record("Gestión", TOTAL)] == "not_applicable"
    assert outcomes[encode_record("Resultados", TOTAL)] == "passed"


def test_a_card_of_another_grade_fails_the_column_it_left_and_the_one_it_joined() -> None:
    cards = fifteen()
    cards[0] = cards[0] | {"target_progress": "Avanzado"}
    found = own(monitoring(cards, cells(MATRIX)))
    assert [(f.rule, f.stated, f.computed) for f in found] == [
        ("MON04", "3", "2"),
        ("MON04", "3", "4"),
    ]


def test_a_card_that_was_not_read_may_be_of_any_column() -> None:
    cards = fifteen()
    cards[0] = cards[0] | {"target_progress": "Sperdo"}
    assert codes(monitoring(cards, cells(MATRIX)), "MON04") == []
    cards[1] = cards[1] | {"target_progress": "Avanzado"}  # one superado and the unread one: two
    assert codes(monitoring(cards, cells(MATRIX)), "MON04") == ["MON04", "MON04"]


def test_a_constant_sense_counts_as_nr_where_its_footnote_says_so() -> None:
    cards = fifteen()
    (nr,) = [n for n, each in enumerate(cards) if each["target_progress"] == "NR"]
    cards[nr] = cards[nr] | {"target_progress": "Sentido constante", "trend": "constante"}
    assert codes(monitoring(cards, cells(MATRIX))) == []
    plain = [*PROGRESS[:-1], "NR"]
    assert codes(monitoring(cards, cells(MATRIX, plain))) == []
    zero = {k: (v if k != ("Coordinación", "NR*") else "0") for k, v in cells(MATRIX).items()}
    zero[TOTAL, "NR*"] = "0, 0%"
    assert "MON04" in codes(monitoring(cards, zero))


def test_a_missing_card_fails_its_column_the_grand_total_and_the_stated_count() -> None:
    figures = [("indicator_count", "", 0, "15", None), ("objective_count", "", 0, "5", None)]
    assert codes(monitoring(fifteen(), cells(MATRIX), figures)) == []
    found = own(monitoring(fifteen()[:-1], cells(MATRIX), figures))
    assert [(f.rule, f.stated, f.computed) for f in found] == [
        ("MON04", "1", "0"),
        ("MON04", "15", "14"),
        ("MON04", "15", "14"),
    ]
    found = own(monitoring(fifteen()[:12], None, figures))
    assert [(f.stated, f.computed) for f in found] == [("15", "12"), ("5", "4")]


# --- grades ---


@pytest.mark.parametrize(
    ("status", "progress", "contradicts"),
    [
        ("Retroceso", "Muy rezagado", False),
        ("Retroceso", "Rezagado", True),
        ("Retroceso", "Superada", True),
        ("Retroceso", "Avanzado", True),
        ("Retroceso", "NR", False),
        ("No alcanzada", "Muy rezagado", False),
        ("No alcanzada", "Rezagado", False),
        ("No alcanzada", "Avanzado", False),
        ("No alcanzada", "Superado", True),
        ("Alcanzada", "Muy rezagado", False),
        ("Alcanzada", "Rezagado", False),
        ("Alcanzada", "Superada", False),
        ("Logro muy superado", "Muy rezagado", True),
        ("Logro muy superado", "Avanzado", False),
        ("Reporte de metas es 0", "Superada", False),
        ("Reporte de metas es 0", "Muy rezagado", False),
        ("Pendiente", "Superada", False),
    ],
)
def test_only_sure_contradictions_of_grades_are_told(
    status: str, progress: str, contradicts: bool
) -> None:
    found = own(monitoring([card(milestone_status=status, target_progress=progress)]))
    assert [each.rule for each in found] == (["MON06"] if contradicts else [])
    assert all(each.severity == "warning" and each.indicator_id == "1.1" for each in found)


def test_a_constant_sense_is_denied_by_a_rising_trend() -> None:
    constant = card("1.2", trend="constante", target_progress="Sentido constante")
    assert codes(monitoring([constant])) == []
    denied = constant | {"trend": "ascendente"}
    assert codes(monitoring([denied])) == ["MON06"]


def test_progress_of_a_constant_one_is_odd_only_where_the_document_measures_no_other() -> None:
    constant = card("1.2", trend="constante", target_progress="Sentido constante")
    measured = card("1.3", trend="constante", target_progress="Avanzado")
    assert codes(monitoring([measured])) == []
    assert codes(monitoring([constant, measured])) == ["MON06"]


# --- ratios, parts and wholes ---

POPULATIONS = {
    "population_potential": "97,837,470",
    "population_target": "40,497,488",
    "population_attended": "577,288",
    "coverage": "1.43 %",
}
BUDGETS = {
    2016: ("1,419.37", "487,852.24", "0.29 %"),
    2017: ("1,560.25", "506,138.41", "0.31 %"),
    2018: ("1,448.46", "537,709.37", "0.27 %"),
    2019: ("1,356.08", "567,727.03", "0.24 %"),
    2020: ("1,107.17", "602,175.78", "0.18 %"),
}


def budget_ficha(
    populations: dict[str, str] | None = None,
    budgets: dict[int, tuple[str, str, str]] | None = None,
) -> Normalized:
    figures: list[tuple[str, str, int, str, str | None]] = [
        ("states_attended", "", 0, "32", None),
        ("municipalities_attended", "", 0, "ND", None),
        ("men_attended", "", 0, "NA", None),
        ("women_attended", "", 0, "NA", None),
    ]
    for code, text in (POPULATIONS | (populations or {})).items():
        figures = [each for each in figures if each[0] != code]
        unit = "Persona" if code.startswith("population") else None
        year = 2020 if unit or code == "coverage" else 0
        figures.append((code, "", year, text, unit))
    for year, (programme, branch, share) in (BUDGETS | (budgets or {})).items():
        figures.append(("programme_budget", "", year, programme, "MDP"))
        figures.append(("branch_budget", "", year, branch, "MDP"))
        figures.append(("budget_share", "", year, share, "%"))
    return monitoring(figures=figures, family="ficha_monitoreo_pp", title="Prestaciones sociales")


def test_the_published_ratios_follow_and_parts_fit_their_wholes() -> None:
    given = budget_ficha()
    assert codes(given) == []
    assert [c.outcome for c in checks(given, "MON07")] == ["passed"] * 6
    assert {c.record: c.outcome for c in checks(given, "MON10")} == {
        "population_attended//2020": "passed",
        "population_target//2020": "passed",
        "states_attended//0": "passed",
        "municipalities_attended//0": "not_applicable",
        "men_attended//0": "not_applicable",
        "women_attended//0": "not_applicable",
    }


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"coverage": "1.34 %"}, [("MON07", "error")]),
        ({"coverage": "14.3 %"}, [("MON07", "error")]),
        ({"coverage": "1.42 %"}, [("MON07", "warning")]),
        ({"coverage": "1.4 %"}, []),
        ({"coverage": "ND"}, []),
        ({"population_attended": "57,728"}, [("MON07", "error")]),
        ({"population_target": "97,837,471", "coverage": "0.59 %"}, [("MON10", "error")]),
        ({"population_attended": "41,000,000", "coverage": "101.24 %"}, [("MON10", "error")]),
        ({"states_attended": "33"}, [("MON10", "error")]),
        ({"municipalities_attended": "2,479"}, [("MON10", "error")]),
        ({"municipalities_attended": "2,446"}, []),
        ({"municipalities_attended": "31"}, [("MON10", "error")]),
        ({"municipalities_attended": "0"}, []),
        ({"municipalities_attended": "40", "localities_attended": "39"}, [("MON10", "error")]),
        ({"municipalities_attended": "40", "localities_attended": "41"}, []),
        ({"men_attended": "277,288", "women_attended": "300,000"}, []),
        ({"men_attended": "277,289", "women_attended": "300,000"}, [("MON10", "error")]),
        ({"men_attended": "577,289", "women_attended": "300,000"}, [("MON10", "error")]),
        ({"population_target": "ND", "population_attended": "97,837,471"}, [("MON10", "error")]),
    ],
)
def test_ratios_and_parts(changed: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert [(f.rule, f.severity) for f in own(budget_ficha(changed))] == found


def test_amounts_in_millions_are_all_that_round_to_them() -> None:
    # 2.4 / 800 is 0.3 %; 2.35 to 2.45 of 799.5 to 800.5 are 0.2936 to 0.3065 %.
    assert codes(budget_ficha(budgets={2016: ("2.4", "800", "0.294 %")})) == []
    assert codes(budget_ficha(budgets={2016: ("2.4", "800", "0.292 %")})) == ["MON07"]


@pytest.mark.parametrize("year", sorted(BUDGETS))
def test_a_wrong_share_of_the_budget_is_found_in_its_year(year: int) -> None:
    programme, branch, _ = BUDGETS[year]
    (found,) = own(budget_ficha(budgets={year: (programme, branch, "0.92 %")}))
    assert (found.rule, str(year) in found.message_es) == ("MON07", True)


# --- scores, levels and ranks ---

SCORES = {
    "50E011": ("0.877", "Adecuado"),
    "50E001": ("0.854", "Adecuado"),
    "50E007": ("0.673", "Medio"),
    "50E004": ("0.661", "Medio"),
    "50E003": ("0.631", "Medio"),
    "50E012": ("0.584", "Medio"),
}


def diagnosis(
    scores: dict[str, tuple[str, str]] | None = None, rank: str = "12", more: Any = ()
) -> Normalized:
    figures: list[tuple[str, str, int, str, str | None]] = [
        ("score", "", 0, "0.560", None),
        ("level", "", 0, "Medio", None),
        ("score", "#2", 0, "0.440", None),
        ("level", "#2", 0, "Básico", None),
        ("rank", "", 0, rank, None),
        ("rank_total", "", 0, "15", None),
        *more,
    ]
    for key, (score, level) in (SCORES | (scores or {})).items():
        figures += [("score", key, 0, score, None), ("level", key, 0, level, None)]
    return monitoring(
        figures=figures, family="diagnostico_monitoreo", title="Diagnóstico", period=(2024, 2024)
    )


@pytest.mark.parametrize(
    ("changed", "subjects"),
    [
        ({}, []),
        ({"50E012": ("0.584", "Adecuado")}, ["50E012"]),
        ({"50E011": ("0.877", "Básico")}, ["50E011"]),
        ({"50E004": ("0.261", "Medio")}, []),
        ({"50E004": ("0.961", "Medio")}, ["50E004"]),
        ({"50E004": ("0.661", "Alto")}, ["50E004"]),
        ({"50E004": ("0.631", "Adecuado")}, ["50E004"]),
        ({"50E004": ("0.661", "Sobresaliente")}, ["50E004"]),
    ],
)
def test_a_level_out_of_order_is_found_with_the_fewest_lines_blamed(
    changed: dict[str, tuple[str, str]], subjects: list[str]
) -> None:
    found = own(diagnosis(changed))
    assert [f.rule for f in found] == ["MON08"] * len(subjects)
    assert all(key in f.message_es for key, f in zip(subjects, found, strict=True))


def test_equal_scores_have_equal_levels() -> None:
    assert codes(diagnosis({"50E004": ("0.673", "Medio")})) == []
    assert codes(diagnosis({"50E004": ("0.673", "Básico")})) == ["MON08"]


@pytest.mark.parametrize(("rank", "count"), [("12", 0), ("15", 0), ("16", 1), ("0", 1)])
def test_a_rank_lies_within_its_total(rank: str, count: int) -> None:
    assert codes(diagnosis(rank=rank)) == ["MON08"] * count
