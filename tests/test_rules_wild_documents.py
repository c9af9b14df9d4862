"""What the rules across fichas and those of the reading say of whole documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from normalize.records import Note
from tests.build import unread
from tests.rules_help import audited, ficha, series
from tests.wild_series import years

CENSUS = "INEGI, Censo de Población y Vivienda"


def uses(
    key: str, value: str, name: str = "Población total", source: str = CENSUS, **changes: Any
) -> dict[str, Any]:
    """A ficha whose second variable is a figure that others use as well."""
    variables = [
        {
            "position": 1,
            "name": f"Población del indicador {key}",
            "value_text": "60",
            "source": "-",
        },
        {"position": 2, "name": name, "value_text": value, "source": source},
    ]
    return ficha(indicator_id=key, variables=variables) | changes


def twice(key: str, *values: str) -> dict[str, Any]:
    """A ficha that lists the shared figure several times."""
    given = uses(key, values[0])
    given["variables"] += [
        {"position": 3 + n, "name": "Población total", "value_text": value, "source": CENSUS}
        for n, value in enumerate(values[1:])
    ]
    return given


SHARED: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "one value": ([uses("1.1", "1,200"), uses("1.2", "1,200")], set()),
    "printed finer": ([uses("1.1", "12.4"), uses("1.2", "12.38")], set()),
    "two values": ([uses("1.1", "1,200"), uses("1.2", "1,290")], {"1.2"}),
    "three, the first is the odd one": (
        [uses("1.1", "1,290"), uses("1.2", "1,200"), uses("2.1", "1,200")], {"1.1"},
    ),
    "three, the last is the odd one": (
        [uses("1.1", "1,200"), uses("1.2", "1,200"), uses("2.1", "1,290")], {"2.1"},
    ),
    "other year": ([uses("1.1", "1,200"), uses("1.2", "1,290", baseline_year=2017)], set()),
    "no year": ([uses("1.1", "1,200"), uses("1.2", "1,290", baseline_year=None)], set()),
    "in thousands": (
        [uses("1.1", "1,200,000"), uses("1.2", "1,290", name="Población total (miles)")], set(),
    ),
    "source in capitals": (
        [uses("1.1", "1,200"), uses("1.2", "1,290", source=f"{CENSUS.upper()}.")], {"1.2"},
    ),
    "other source": ([uses("1.1", "1,200"), uses("1.2", "1,290", source="CONAPO")], set()),
    "no source": ([uses("1.1", "1,200", source=""), uses("1.2", "1,290", source="")], set()),
    "not available": ([uses("1.1", "n.d."), uses("1.2", "1,290")], set()),
    "a name that says nothing": (
        [uses("1.1", "1,200", name="Denominador"), uses("1.2", "7", name="Denominador")], set(),
    ),
    "letters for names": ([uses("1.1", "1,200", name="PT"), uses("1.2", "7", name="PT")], set()),
    "an abbreviation beside the name": (
        [uses("1.1", "1,200", name="Población total (PT)"), uses("1.2", "1,290")], {"1.2"},
    ),
    "an abbreviation before the name": (
        [uses("1.1", "1,200", name="PT = Población total"), uses("1.2", "1,290")], {"1.2"},
    ),
    "a group before the name": (
        [uses("1.1", "1,200", name="Mujeres: Población total"),
         uses("1.2", "1,290", name="Hombres: Población total")], set(),
    ),
    "an institution before the name": (
        [uses("1.1", "1,200", name="IMSS: Población total"),
         uses("1.2", "1,290", name="ISSSTE: Población total")], set(),
    ),
    "repeated inside one indicator": ([twice("1.1", "1,200", "1,290"), uses("1.2", "9")], set()),
    "repeated alike inside one indicator": (
        [twice("1.1", "1,200", "1,200"), uses("1.2", "1,290")], {"1.2"},
    ),
    "keys in another order": ([uses("1.10", "1,200"), uses("1.2", "1,290")], {"1.10"}),
}  # fmt: skip


@pytest.mark.parametrize(("fichas", "wrong"), SHARED.values(), ids=SHARED.keys())
def test_a_figure_that_indicators_share(fichas: list[dict[str, Any]], wrong: set[str]) -> None:
    _, findings = audited(fichas)
    assert {f.indicator_id for f in findings if f.rule == "CRO01"} == wrong
    assert len([f for f in findings if f.rule == "CRO01"]) == len(wrong)


def programme(odd: dict[str, Any], count: int = 6) -> list[dict[str, Any]]:
    return [odd, *(ficha(indicator_id=f"2.{n}") for n in range(count))]


YEARS: dict[str, tuple[list[dict[str, Any]], list[str]]] = {
    "a survey among annual indicators": (
        programme(ficha(frequency="Bienal", target_series=years("2020:62 2022:65 2024:71"),
                        historical_series=years("2012:52 2014:55 2016:57 2018:60"))), [],
    ),
    "a survey that began later": (
        programme(ficha(frequency="Bienal", historical_series=years("2016:57 2018:60"))),
        [],
    ),
    "an indicator whose targets begin later": (
        programme(ficha(target_series=series("65", "70", "71", start=2022))), [],
    ),
    "a first year that all others print": (
        programme(ficha(target_series=series("64", "65", "70", "71", start=2021))), ["2020"],
    ),
    "the same, where fichas differ anyway": (
        [*programme(ficha(target_series=series("65", "70", "71", start=2022)), count=5),
         ficha(indicator_id="3.1", target_series=series("62", "64", "65", "70", start=2021))], [],
    ),
    "a template of even years": (
        [ficha(indicator_id=f"2.{n}", frequency=None,
               target_series=years("2020:62 2022:65 2024:71")) for n in range(7)], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fichas", "missing"), YEARS.values(), ids=YEARS.keys())
def test_years_beside_those_of_other_fichas(
    fichas: list[dict[str, Any]], missing: list[str]
) -> None:
    _, findings = audited(fichas)
    assert [f.computed for f in findings if f.rule == "SER08"] == missing


def lacks(field: str, rule: str = "REA01", key: str = "1.1", text: str = "") -> Note:
    return Note(rule, key, "indicators", key, field, text, f"Falta {field}.", f"No {field}.")


def test_each_label_that_is_missing_is_one_finding() -> None:
    given = ficha(method=None, baseline_note=None, trend=None)
    notes = [lacks("method"), lacks("baseline_note"), lacks("trend"), lacks("method")]
    checks, findings = audited(given, notes)
    said = [f.message_es for f in findings if f.rule == "REA01"]
    assert said == ["Falta method.", "Falta baseline_note.", "Falta trend."]
    assert [c.outcome for c in checks if c.rule == "REA01" and c.indicator_id] == ["failed"]


def test_a_doubt_points_at_what_is_printed_or_at_its_indicator() -> None:
    given = ficha(trend=None, target_series=series("62", "6x4", "65", "70", "71"))
    notes = [
        unread("1.1", 2021, "6x4"),
        lacks("trend", "REA05", text="Mixta"),
        Note("REA05", "1.1", "variables", "1.1/7", "position", "7", "Falta la 7.", "No 7."),
    ]
    places = {
        f.message_es: [(e["record"], e["field"], e["role"]) for e in json.loads(f.evidence)]
        for f in audited(given, notes)[1]
    }
    assert places == {
        "«6x4» se puede leer de dos maneras.": [("1.1/target/2021", "value_text", "stated")],
        "Falta trend.": [("1.1", "indicator_id", "other")],
        "Falta la 7.": [("1.1", "indicator_id", "other")],
    }


def test_a_year_that_could_not_be_read_is_not_missing_as_well() -> None:
    given = ficha(target_series=years("2020:62 2021:64 2023:70 2024:71"))
    note = Note("REA03", "1.1", "observations", "1.1/target/20z2", "year", "20z2", "¿?", "?")
    assert [f.rule for f in audited(given, [note])[1]] == ["REA03"]
    assert [f.rule for f in audited(given)[1]] == ["SER08"]
