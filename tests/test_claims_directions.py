"""What sentences say rose, fell or stayed, against trend and grade of the cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.told import cards, published, told
from validate.engine import audit

CARDS = cards(
    "1.1 | Cobertura de agua potable en zonas rurales | ascendente | Destacado | Alcanzada",
    "1.2 | Viviendas con drenaje | ascendente | Moderado | Retroceso | Muy rezagado",
    "1.3 | Pérdidas de agua en las redes | descendente | Moderado | Logro muy superado | Superado",
    "2.1 | Tasa de crecimiento del padrón | ascendente | Moderado | No alcanzada | Rezagado",
    "2.2 | Porcentaje de quejas atendidas a tiempo | ascendente | Moderado | Alcanzada | Superado",
    "2.3 | Porcentaje de quejas recibidas | descendente | Moderado | Retroceso | Muy rezagado",
    "3.1 | Déficit de operación | descendente | Moderado | Reporte de metas es 0 | Superada",
    "3.2 | Personal capacitado | constante | Moderado | Alcanzada | Sentido constante",
    "3.3 | Pozos que incrementan su caudal | ascendente | Moderado | Alcanzada | Superado",
)

MOVEMENTS = Path(__file__).with_name("told_movements.txt").read_text(encoding="utf-8").splitlines()


def outcomes(section: str, text: str) -> dict[str, str]:
    """The outcome for each indicator that a sentence was held against."""
    checks, _ = audit(told(cards=CARDS, prose=[(section, text)]))
    return {check.indicator_id: check.outcome for check in checks if check.rule == "MON09"}


@pytest.mark.parametrize(
    ("section", "text", "against"),
    [
        ("objetivo-1", "Disminuyó la cobertura de agua potable en zonas rurales.", "1.1"),
        ("objetivo-1", "Se observa una caída en la cobertura de agua potable rural.", "1.1"),
        ("objetivo-1", "La cobertura de agua potable en zonas rurales bajó.", "1.1"),
        ("objetivo-1", "Hubo una baja en la cobertura de agua potable.", "1.1"),
        ("objetivo-1", "Aumentaron las viviendas con drenaje.", "1.2"),
        ("objetivo-1", "Las viviendas con drenaje aumentaron en 2021.", "1.2"),
        ("objetivo-1", "Se mantuvieron constantes las viviendas con drenaje.", "1.2"),
        (
            "objetivo-1",
            "Incrementó por encima de la línea base el número de viviendas con drenaje.",
            "1.2",
        ),
        ("objetivo-1", "Se reporta un incremento de las pérdidas de agua en las redes.", "1.3"),
        ("objetivo-1", "Se mantuvieron las pérdidas de agua en las redes.", "1.3"),
        ("objetivo-2", "Dismnuyó el porcentaje de quejas atendidas a tiempo.", "2.2"),
        ("objetivo-2", "Se redujo el porcentaje de quejas recibidas.", "2.3"),
        ("objetivo-3", "Creció el déficit de operación.", "3.1"),
        ("objetivo-3", "Disminuyeron los pozos que incrementan su caudal.", "3.3"),
        (
            "objetivo-3",
            "Incrementó por debajo de la línea base el número de pozos que incrementan su caudal.",
            "3.3",
        ),
    ],
)
def test_a_direction_against_the_card_is_found(section: str, text: str, against: str) -> None:
    assert outcomes(section, text) == {against: "failed"}


@pytest.mark.parametrize(
    ("section", "text", "key"),
    [
        ("objetivo-1", "Aumentó la cobertura de agua potable en zonas rurales.", "1.1"),
        ("objetivo-1", "Se mantuvo la cobertura de agua potable en zonas rurales.", "1.1"),
        (
            "objetivo-1",
            "Incrementó por debajo de la línea base el número de viviendas con drenaje.",
            "1.2",
        ),
        ("objetivo-1", "Las pérdidas de agua en las redes disminuyeron.", "1.3"),
        ("objetivo-2", "Disminuyó la tasa de crecimiento del padrón.", "2.1"),
        ("objetivo-2", "Aumentó la tasa de crecimiento del padrón.", "2.1"),
        ("objetivo-3", "Se logró reducir el déficit de operación.", "3.1"),
        ("objetivo-3", "Se observa un aumento de los pozos que incrementan su caudal.", "3.3"),
    ],
)
def test_a_direction_that_goes_with_the_card_passes(section: str, text: str, key: str) -> None:
    assert outcomes(section, text) == {key: "passed"}


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("objetivo-1", "Disminuyó la cobertura de agua potable respecto al año anterior."),
        ("objetivo-1", "La cobertura de agua potable bajó en comparación con 2020."),
        ("objetivo-1", "Disminuyó la cobertura de agua potable de 2020 a 2021."),
        ("objetivo-1", "No disminuyó la cobertura de agua potable en zonas rurales."),
        ("objetivo-1", "Se evitó una caída de la cobertura de agua potable en zonas rurales."),
        ("objetivo-1", "Se busca reducir la cobertura de agua potable en zonas rurales."),
        ("objetivo-1", "Se espera que disminuya la cobertura de agua potable en zonas rurales."),
        ("objetivo-1", "Disminuyó la cobertura de agua potable, pero se recuperó en 2021."),
        ("objetivo-1", "Bajo el régimen de cuotas está la cobertura de agua potable."),
        ("objetivo-1", "Disminuyó el presupuesto del programa en los municipios."),
        ("objetivo-1", "Disminuyó en 2020 y aumentó en 2021 la cobertura de agua potable."),
        ("objetivo-1", "Se mantuvo por debajo de la meta la cobertura de agua potable rural."),
        ("objetivo-2", "Disminuyó el porcentaje de quejas."),
        ("objetivo-3", "Disminuyó el personal capacitado."),
        ("conclusiones", "Las lluvias disminuyeron en todo el país."),
    ],
)
def test_what_is_not_certain_is_not_judged(section: str, text: str) -> None:
    assert set(outcomes(section, text).values()) <= {"not_applicable"}


def test_every_phrase_has_its_own_direction() -> None:
    text = (
        "Aumentó la cobertura de agua potable en zonas rurales, así como las viviendas con "
        "drenaje; y disminuyeron las pérdidas de agua en las redes."
    )
    assert outcomes("objetivo-1", text) == {"1.1": "passed", "1.2": "failed", "1.3": "passed"}
    text = (
        "La cobertura de agua potable aumentó, las viviendas con drenaje disminuyeron y las "
        "pérdidas de agua en las redes aumentaron."
    )
    assert outcomes("objetivo-1", text) == {"1.1": "passed", "1.2": "passed", "1.3": "failed"}


def test_two_directions_for_one_indicator_are_not_judged() -> None:
    text = "Disminuyó la cobertura de agua potable; aumentó la cobertura de agua potable."
    assert outcomes("objetivo-1", text) == {"1.1": "not_applicable"}


def test_the_published_directions_are_what_a_reader_finds() -> None:
    """By hand. IMSS 2.2: it rose, without a word of the baseline (2.3 and 6.3 have one), and is
    *Retroceso*; 4.1 fell and is *Logro muy superado*. ISSSTE 1.3, 4.2 and 5.3 fell, are ascending
    and have reached or exceeded their targets. All other directions go with their cards."""
    found = {
        name: [
            (finding.indicator_id, finding.severity, finding.stated, finding.computed)
            for finding in audit(told(**published(name)))[1]
            if finding.rule == "MON09"
        ]
        for name in ("imss", "issste")
    }
    assert found == {
        "imss": [
            ("2.2", "warning", "sube", "ascendente / Retroceso"),
            ("4.1", "warning", "baja", "ascendente / Logro muy superado"),
        ],
        "issste": [
            ("1.3", "warning", "baja", "ascendente / Alcanzada"),
            ("4.2", "warning", "baja", "ascendente / Alcanzada"),
            ("5.3", "warning", "baja", "ascendente / Logro muy superado"),
        ],
    }


def test_nearly_every_published_card_is_held_against_its_sentence() -> None:
    for name, least in (("imss", 16), ("issste", 11)):
        checks, _ = audit(told(**published(name)))
        held = [c for c in checks if c.rule == "MON09" and c.outcome != "not_applicable"]
        assert len(held) >= least


def test_a_finding_says_what_moves_and_shows_trend_and_grade() -> None:
    text = "Disminuyó la cobertura de agua potable en zonas rurales."
    _, findings = audit(told(cards=CARDS, prose=[("objetivo-1", text)]))
    (finding,) = [finding for finding in findings if finding.rule == "MON09"]
    assert finding.message_es == (
        "La frase dice «Disminuyó la cobertura de agua potable en zonas rurales»; el indicador 1.1 "
        "es ascendente y su tarjeta dice «Alcanzada»: lo que baja no alcanza una meta ascendente."
    )
    assert '"field": "trend"' in finding.evidence
    assert '"field": "milestone_status"' in finding.evidence


@pytest.mark.parametrize("line", MOVEMENTS)
def test_a_turn_of_phrase_moves_what_it_says(line: str) -> None:
    """``told_movements.txt``: a section, the outcomes that are sure, a sentence."""
    section, expected, text = line.split("|")
    sure = {key: outcome for key, outcome in outcomes(section, text).items() if outcome[0] in "pf"}
    assert " ".join(f"{key} {outcome}" for key, outcome in sorted(sure.items())) == expected
