"""CAL01 to CAL09 and REA04: the published programme checked by hand, then invented fichas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from build import normalized_from_json, piimss

from tests.rules_help import ficha
from tests.rules_help import found as found_in
from validate.engine import views
from validate.rule import REGISTRY, Answer
from validate.view import IndicatorView

CODES = [f"CAL0{n}" for n in range(1, 10)] + ["REA04"]


def _answers(view: IndicatorView, code: str) -> list[Answer]:
    return list(REGISTRY[code].ask(view))


def _failed(view: IndicatorView) -> dict[str, list[Answer]]:
    found = {code: [a for a in _answers(view, code) if a.outcome == "failed"] for code in CODES}
    return {code: answers for code, answers in found.items() if answers}


@pytest.fixture(scope="module")
def programme() -> dict[str, IndicatorView]:
    views_ = views(normalized_from_json(piimss())).indicators
    return {view.indicator.indicator_id: view for view in views_}


# --- the published programme ----------------------------------------------------------------------

PUBLISHED = {
    # 7,995,246 / 26,651,738 × 100 = 29.998967…, which rounds to 30.00; printed is 29.99.
    "1.1": {"CAL05": ("29.99", "29.998967")},
    # 48,240 / 35,578,474 × 100,000 = 135.587603…; substitution and baseline say 135.64.
    "2.1": {"CAL01": ("135.64", "135.587603"), "CAL03": ("135.64", "135.587603")},
    # The only input is zero, and so is the baseline.
    "3.3": {"CAL09": ("0", None)},
    # (32,002,514 / 30,923,832) − 1 × 100 = 1.034882 − 100 = −98.965118; with the bracket 3.488190.
    "4.3": {"CAL06": ("3.5", "3.488190")},
    # 325,407 / 325,407 and 20,079,365 / 20,079,365.
    "5.1": {"CAL09": ("100", None)},
    "5.3": {"CAL09": ("100", None)},
    # The × 100 stands behind the last term in the method, behind the whole sum in the substitution.
    "6.1": {
        "CAL08": (
            "(0.25 × 0 + 0.25 × 0 + 0.20 × 0 + 0.10 × 0 + 0.20 × 0) × 100",
            "(.25 × 0) + (.25 × 0) + (.20 × 0) + (.10 × 0) + (.20 × 0) × 100",
        ),
        "CAL09": ("0", None),
    },
}


def test_the_published_programme(programme: dict[str, IndicatorView]) -> None:
    found = {
        key: {code: (answers[0].stated, answers[0].computed) for code, answers in failed.items()}
        for key, view in programme.items()
        if (failed := _failed(view))
    }
    assert found == PUBLISHED


def test_one_finding_each(programme: dict[str, IndicatorView]) -> None:
    for view in programme.values():
        assert all(len(answers) == 1 for answers in _failed(view).values())


def test_every_rule_answers_every_indicator(programme: dict[str, IndicatorView]) -> None:
    for view in programme.values():
        for code in CODES:
            answers = _answers(view, code)
            assert answers
            assert all(answer.record == view.record for answer in answers)
            assert all(answer.reason_es and answer.reason_en for answer in answers)


def test_the_likely_misprint_is_named(programme: dict[str, IndicatorView]) -> None:
    # 48,260 / 35,578,474 × 100,000 = 135.643817…, which rounds to 135.64.
    (answer,) = _failed(programme["2.1"])["CAL01"]
    assert "Saldría si 48,240 fuera 48,260 (una sola errata)." in answer.reason_es
    assert answer.difference is not None
    # 135.64 − 135.587603 = 0.052397
    assert Fraction("0.052396") < answer.difference < Fraction("0.052398")


def test_what_passed_is_said(programme: dict[str, IndicatorView]) -> None:
    (answer,) = _answers(programme["1.3"], "CAL01")
    assert answer.outcome == "passed"
    assert answer.reason_es == (
        "La sustitución da 93.922652, que redondea al resultado que declara (93.9)."
    )


def test_a_charitable_reading_stands_instead_of_the_error(
    programme: dict[str, IndicatorView],
) -> None:
    for key, code in (("1.1", "CAL05"), ("4.3", "CAL06")):
        for rule in ("CAL01", "CAL03"):
            (answer,) = _answers(programme[key], rule)
            assert answer.outcome == "not_applicable"
            assert code in answer.reason_es


# --- invented fichas ------------------------------------------------------------------------------


def _view(
    method: str,
    substitution: str,
    variables: list[tuple[str, str]],
    baseline: str,
    unit: str = "Porcentaje",
    note: str = "",
) -> IndicatorView:
    ficha: dict[str, Any] = {
        "indicator_id": "1.1",
        "name": "Indicador",
        "method": method,
        "substitution": substitution,
        "variables": [
            {"position": at, "name": name, "value_text": value, "source": "Registro"}
            for at, (name, value) in enumerate(variables, start=1)
        ],
        "baseline_text": baseline,
        "baseline_year": 2018,
        "baseline_note": note,
        "unit": unit,
        "target_text": "1",
        "historical_series": {},
        "target_series": {},
    }
    return views(normalized_from_json([ficha])).indicators[0]


AB = [("Casos resueltos", "3,400"), ("Casos recibidos", "3,620")]

QUIET = [
    ("(Casos resueltos / Casos recibidos) x 100", "(3,400/3,620) x 100 = 93.9", AB, "93.9"),
    ("(Casos resueltos / Casos recibidos) x 100", "(3,400/3,620)x100=93.92%", AB, "93.9"),
    ("Casos resueltos / Casos recibidos", "3,400 / 3,620 = 93.9%", AB, "93.9%"),
    ("100 x Casos resueltos / Casos recibidos", "(3,400/3,620) x 100 = 93.9", AB, "93.9"),
    ("(Casos resueltos / Casos recibidos) x 100", "(3.4 / 3.62) x 100 = 93.9", AB, "93.9"),
    (
        "((Ingreso en el año t - Ingreso en el año t-1) / Ingreso en el año t-1) x 100",
        "((120-100)/100) x 100 = 20",
        [("Ingreso en el año t", "120"), ("Ingreso en el año t-1", "100")],
        "20",
    ),
    (
        "Promedio (A + B + C)",
        "(1 + 2 + 3)/3 = 2",
        [("A", "1"), ("B", "2"), ("C", "3")],
        "2",
    ),
    (
        "(.25 x A) + (.75 x B)",
        "(.25 x 80) + (.75 x 60) = 65",
        [("A", "80"), ("B", "60")],
        "65",
    ),
    (
        "(25% x A) + (75% x B)",
        "(25% x 80) + (75% x 60) = 65",
        [("A", "80"), ("B", "60")],
        "65",
    ),
    (
        "(A / B) x 100",
        "(7,995 / 26,652) x 100 = 30.00",
        [("A", "7,995,246"), ("B", "26,651,738")],
        "30.00",
    ),
    (
        "((A / B)^(1/6) - 1) x 100",
        "((1340.1/1000)^(1/6)-1) x 100 = 5.00",
        [("A", "1,340.1"), ("B", "1000")],
        "5.00",
    ),
    # Amounts in millions: 105.3 / 100.2 × 100 = 105.0898; its inputs' rounding reaches 105.0.
    ("(A / B) x 100", "(105.3/100.2) x 100 = 105.0", [("A", "105.3"), ("B", "100.2")], "105.0"),
    ("Tomas registradas", "12", [("Tomas", "12")], "12"),
    ("Ingresos-Egresos", "715-685=30", [("Ingresos", "715"), ("Egresos", "685")], "30"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "substitution", "variables", "baseline"), QUIET)
def test_nothing_is_found_where_all_agrees(
    method: str, substitution: str, variables: list[tuple[str, str]], baseline: str
) -> None:
    assert _failed(_view(method, substitution, variables, baseline)) == {}


RATE = "(Casos resueltos / Casos recibidos) x 100"
SUM = "A + B + C"
SUM_OF = [("A", "10"), ("B", "20"), ("C", "40")]
WEIGHTED = "(.25 x A) + (.25 x B) + (.50 x C)"

FOUND = [
    # a wrong result, a wrong base, a wrong variable, a term left out, a changed constant
    (RATE, "(3,400/3,620) x 100 = 39.9", AB, "39.9", {"CAL01", "CAL03"}),
    (RATE, "(3,400/3,620) x 100 = 93.9", AB, "39.9", {"CAL02", "CAL03"}),
    (RATE, "(3,400/3,620) x 100 = 39.9", AB, "93.9", {"CAL01", "CAL02"}),
    (RATE, "(3,400/3,620) x 100 = 93.9", [AB[0], (AB[1][0], "3,260")], "93.9", {"CAL03", "CAL04"}),
    (RATE, "(3,400/3,620) x 1000 = 939.2", AB, "93.9", {"CAL02", "CAL04", "CAL08"}),
    (RATE, "(3,400/3,620) x 100 = 93.92", AB, "93.8", {"CAL02", "CAL03"}),
    (SUM, "10 + 20 = 30", SUM_OF, "70", {"CAL02", "CAL04", "CAL08"}),
    ("A + B", "10 + 20 + 40 = 70", SUM_OF, "70", {"CAL03", "CAL08"}),
    (SUM, "10 + 20 + 40 = 70", [*SUM_OF[:2], ("C", "41")], "70", {"CAL03", "CAL04"}),
    (WEIGHTED, "(.25 x 8) + (.25 x 4) + (.50 x 2) = 4",
     [("A", "8"), ("B", "4"), ("C", "2")], "4", set()),
    ("(.25 x A) + (.20 x B) + (.50 x C)", "(.25 x 8) + (.20 x 4) + (.50 x 2) = 3.8",
     [("A", "8"), ("B", "4"), ("C", "2")], "3.8", {"CAL07"}),
    ("(A / B)", "(3/4) x 100 = 75", [("A", "3"), ("B", "4")], "75", {"CAL06", "CAL08"}),
    ("(A / B) - 1 x 100", "((36/32)-1) x 100 = 12.5", [("A", "36"), ("B", "32")], "12.5",
     {"CAL06", "CAL08"}),
    ("A - B / B x 100", "(36-32)/32 x 100 = 12.5", [("A", "36"), ("B", "32")], "12.5",
     {"CAL06", "CAL08"}),
    (RATE, "(3,400/3,620) x 100 = 93.92", AB, "93.9", set()),
    (RATE, "(3,450/3,620) x 100 = 95.3", [("Casos resueltos", "3,450"), AB[1]], "95.3", set()),
    (RATE, "(3,451/3,620) x 100 = 95.3", [("Casos resueltos", "3,451"), AB[1]], "95.3", set()),
    (RATE, "(3,452/3,620) x 100 = 95.3", [("Casos resueltos", "3,452"), AB[1]], "95.3",
     {"CAL05"}),  # 95.3591… rounds to 95.4
    ("Se obtiene de (A +", "12", [("A", "12")], "12", {"REA04"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "substitution", "variables", "baseline", "codes"), FOUND)
def test_what_is_found(
    method: str,
    substitution: str,
    variables: list[tuple[str, str]],
    baseline: str,
    codes: set[str],
) -> None:
    assert set(_failed(_view(method, substitution, variables, baseline))) == codes


def test_the_witness_that_stands_alone_is_named() -> None:
    (answer,) = _failed(_view(RATE, "(3,400/3,620) x 100 = 93.9", AB, "39.9"))["CAL03"]
    assert "lo único que difiere de lo demás es la línea base" in answer.reason_es
    (answer,) = _failed(_view(RATE, "(3,400/3,620) x 100 = 39.9", AB, "93.9"))["CAL01"]
    assert "lo único que difiere de lo demás es el resultado que declara" in answer.reason_es


def test_two_against_two_names_nobody() -> None:
    (answer,) = _failed(_view(RATE, "(3,400/3,620) x 100 = 39.9", AB, "39.9"))["CAL01"]
    assert "lo único" not in answer.reason_es


def test_a_misprinted_digit_is_shown_beside_the_variable() -> None:
    (answer,) = _failed(
        _view(RATE, "(3,400/3,620) x 100 = 93.9", [("Casos resueltos", "3,040"), AB[1]], "93.9")
    )["CAL04"]
    assert answer.reason_es == (
        "La sustitución usa 3,400 donde la variable 1 (Casos resueltos) vale 3,040."
    )
    assert (answer.stated, answer.computed) == ("3400", "3040")


def test_a_wrong_scale_is_recognised() -> None:
    (answer,) = _failed(_view(RATE, "(3,400/3,620) x 10 = 93.9", AB, "93.9"))["CAL01"]
    assert "× 10" in answer.reason_es
    assert "escala mal escrita" in answer.reason_es


def test_uncertain_names_accuse_nobody() -> None:
    view = _view("(Zorros / Erizos) x 100", "(3/4) x 100 = 75",
                 [("Población adscrita", "3"), ("Egresos hospitalarios", "9")], "75")  # fmt: skip
    (answer,) = _answers(view, "CAL03")
    assert answer.outcome == "not_applicable"


@pytest.mark.parametrize(
    ("method", "substitution"),
    [
        ("(Casos resueltos / Casos recibidos) x 100", "(3,400/3,620) x 100 = 93.9"),
        ("R = (CR / CT) x 100 Donde: CR = Casos resueltos; CT = Total", "(3,400/3,620)x100 = 93.9"),
    ],
)
def test_a_number_without_a_variable_is_told_where_the_method_has_its_place(
    method: str, substitution: str
) -> None:
    """The ficha gives one variable, the method two."""
    (answer,) = _failed(_view(method, substitution, AB[:1], "93.9"))["CAL04"]
    assert (answer.stated, answer.computed) == ("3620", None)


def test_numbers_that_a_method_in_words_may_need_are_no_ground_to_pass() -> None:
    """A mean in words divides by a number that no phrase names."""
    view = _view(
        "Promedio simple de lo anterior", "(7 + 8) / 2 = 7.5", [("A", "7"), ("B", "8")], "7.5"
    )
    (answer,) = _answers(view, "CAL04")
    assert answer.outcome == "not_applicable"


@pytest.mark.parametrize(
    ("method", "substitution", "baseline"),
    [
        (
            "(Casos resueltos / Casos recibidos) x 10^5",
            "(3,400/3,620) x 100,000 = 93,923",
            "93,923",
        ),
        ("(Casos resueltos / Casos recibidos) x 100,000", "3,400/3,620 x 10⁵ = 93,923", "93,923"),
        ("Casos resueltos / Casos recibidos x 100", "3,400 m3/s / 3,620 m3/s x 100 = 93.9", "93.9"),
        ("Casos resueltos + Casos recibidos", "3,400 l/s + 3,620 l/s = 7,020 l/s", "7,020"),
        (
            "TV = [(C t / C t-1) - 1] x 100 Donde: C t = Casos resueltos; C t-1 = Casos recibidos",
            "TV = [(3,400 / 3,620) - 1] x 100 = -6.1",
            "-6.1",
        ),
    ],
    ids=["a power in the method", "in the substitution", "per second", "sums of rates", "C t"],
)
def test_powers_units_per_second_and_spaced_subscripts_are_read(
    method: str, substitution: str, baseline: str
) -> None:
    view = _view(method, substitution, AB, baseline)
    assert _failed(view) == {}
    for code in ("CAL01", "CAL02", "CAL03", "CAL04"):
        assert [answer.outcome for answer in _answers(view, code)] == ["passed"]


def test_an_unreadable_variable_is_no_error() -> None:
    view = _view(RATE, "(3,400/3,620) x 100 = 93.9", [("Casos resueltos", "n.d."), AB[1]], "93.9")
    assert not _failed(view)
    (answer,) = _answers(view, "CAL03")
    assert answer.outcome == "not_applicable"
    assert "la variable 1" in answer.reason_es.lower()


def test_division_by_zero_is_a_reason_not_an_error() -> None:
    view = _view("A / B", "0 / 0 = 0", [("A", "0"), ("B", "0")], "0")
    (answer,) = _answers(view, "CAL01")
    assert answer.outcome == "not_applicable"
    assert "división entre cero" in answer.reason_es


@pytest.mark.parametrize("note", ["Nuevo indicador; el dato estará disponible en 2020",
                                  "No se cuenta con información del año base"])  # fmt: skip
def test_a_zero_baseline_without_a_value_passes_emptily(note: str) -> None:
    view = _view("A", "0", [("A", "0")], "0", note=note)
    (answer,) = _failed(view)["CAL09"]
    assert "todavía no hay dato" in answer.reason_es


def test_a_number_of_a_phrase_that_holds_a_number_is_foreign_where_its_row_is_lost() -> None:
    """The phrase's own number may be a constant; the population that it names is none."""
    given = {
        "method": "Defunciones en personas de 20 años y más / Población de 20 años y más x 10,000",
        "substitution": "101,257 / 81,402,663 x 10,000 = 12.44",
        "variables": [
            {
                "position": 1,
                "name": "Defunciones en personas de 20 años y más",
                "value_text": "101,257",
                "source": "INEGI",
            }
        ],
        "baseline_text": "12.44",
        "unit": "Defunciones por cada 10,000 habitantes",
    }
    (finding,) = found_in(ficha(**given), "CAL04")
    assert "81,402,663" in finding.message_es
    given["method"] = str(given["method"]).replace("Población de 20 años y más", "81,402,663")
    assert not found_in(ficha(**given), "CAL04")


def test_a_foreign_number_that_recurs_is_named_once() -> None:
    given = [("A", "8.0"), ("B", "2.5"), ("C", "9.4")]
    (answer,) = _failed(
        _view("(A - B) / (C - B)", "(8.0 - 2.1) / (9.4 - 2.1) = 0.81", given, "0.81")
    )["CAL04"]
    assert answer.reason_es.startswith(
        "La sustitución usa 2.1, que no es variable declarada ni constante del método, y deja"
    )
