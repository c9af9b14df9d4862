"""Sentences about indicators, published and invented: what is true, what is not, what is left."""

from __future__ import annotations

import json

import pytest

from tests.told import cards, published, told
from validate.engine import audit

CARDS = cards(
    "1.1 | Cobertura de agua potable | ascendente | Destacado | Alcanzada | Superado",
    "1.2 | Viviendas con drenaje | ascendente | Moderado | Retroceso | Muy rezagado",
    "1.3 | Pérdidas en las redes | descendente | Op. de mejora | No alcanzada | Rezagado",
    "2.1 | Agua residual tratada | ascendente | Adecuado | Logro muy superado | Superado",
    "2.2 | Quejas atendidas | ascendente | Op. de mejora | Alcanzada | Avanzado",
    "2.3 | Personal capacitado | constante | Op. de mejora | Alcanzada | Sentido constante",
    "3.1 | Pozos rehabilitados | ascendente | Moderado | Retroceso | Muy rezagado",
    "3.2 | Plantas en operación | ascendente | Op. de mejora | Retroceso | Muy rezagado",
)
MATRIX = {
    "Resultados": [1, 0, 0, 0, 0, 1, 0],
    "Coordinación": [0, 0, 0, 0, 0, 0, 1],
    "Gestión": [1, 1, 0, 0, 1, 2, 0],
}


def outcome(section: str, text: str) -> str:
    """``true``, ``false``, ``doubtful`` (a warning) or ``left`` (not checked) for one sentence."""
    checks, findings = audit(told(cards=CARDS, matrix=MATRIX, prose=[(section, text)]))
    graded = {finding.severity for finding in findings if finding.rule == "MON05"}
    if graded:
        return "false" if "error" in graded else "doubtful"
    outcomes = {check.outcome for check in checks if check.rule == "MON05"}
    return "true" if "passed" in outcomes else "left"


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("objetivo-1", "El primero alcanzó su meta 2021 y superó su meta sexenal."),
        ("objetivo-1", "El primero alcanzó su meta; el segundo y el tercero no la alcanzaron."),
        ("objetivo-1", "El segundo no alcanzó su meta intermedia."),
        ("objetivo-1", "Sólo el primer indicador alcanzó su meta intermedia."),
        ("objetivo-1", "Los dos últimos no alcanzaron su meta intermedia."),
        ("objetivo-1", "El último presenta un avance rezagado en la meta sexenal."),
        ("objetivo-1", "Un indicador presenta retroceso en su meta intermedia."),
        ("objetivo-1", "Uno de los indicadores alcanzó su meta intermedia."),
        ("objetivo-1", "Presentan un avance muy rezagado el segundo indicador."),
        ("objetivo-1", "El indicador 1.2 presenta un retroceso en la meta intermedia."),
        ("objetivo-2", "Todos los indicadores alcanzaron su meta intermedia."),
        ("objetivo-2", "Los tres indicadores alcanzaron o superaron su meta 2021."),
        ("objetivo-2", "Ninguno de los indicadores presenta retroceso."),
        (
            "objetivo-2",
            "Todos los indicadores, a excepción del tercero, tienen sentido ascendente.",
        ),
        (
            "objetivo-2",
            "El tercero tiene un sentido constante, por lo que no es posible medir su avance.",
        ),
        ("objetivo-2", "El primero rebasó su meta 2021."),
        ("objetivo-3", "Ambos indicadores presentan retroceso y un avance muy rezagado."),
        ("objetivo-3", "Los dos indicadores retrocedieron respecto de su línea base."),
        ("objetivo-3", "Ningún indicador alcanzó su meta intermedia."),
        ("enfoque", "La mitad de los indicadores se clasifican en oportunidad de mejora."),
        ("enfoque", "Una cuarta parte de los indicadores se clasifican como moderados."),
        ("enfoque", "Dos de los ocho indicadores se clasifican como destacados o adecuados."),
        ("enfoque", "El 75% de los indicadores está en oportunidad de mejora o moderado."),
        (
            "enfoque",
            "Tres de cada cuatro indicadores tienen calidad moderada u oportunidad de mejora.",
        ),
        ("enfoque", "La mayoría de los indicadores son de gestión."),
        ("avance", "El 62.5 % de los indicadores tienen un enfoque de gestión."),
        ("avance", "El 38% de los indicadores se encuentran muy rezagados."),
        ("avance", "Dos indicadores superaron su meta sexenal."),
        ("avance", "Únicamente dos indicadores superaron su meta sexenal."),
        ("avance", "De los 8 indicadores, 3 presentan un avance muy rezagado."),
        ("avance", "De los indicadores de gestión, dos indicadores se encuentran muy rezagados."),
        ("avance", "Más de la mitad de los indicadores son de gestión."),
        ("avance", "Menos de la mitad de los indicadores se encuentran muy rezagados."),
        ("avance", "Al menos dos indicadores superaron su meta sexenal."),
        ("avance", "Ninguno de los indicadores presenta un avance insuficiente."),
        ("avance", "Todos los indicadores reportan avance."),
        ("avance", "Casi la mitad de los indicadores se encuentran muy rezagados."),
        ("conclusiones", "La mitad de los indicadores alcanzaron o superaron su meta intermedia."),
        ("conclusiones", "Algunos indicadores retrocedieron en su meta intermedia."),
        (
            "notas",
            "* El indicador sí reporta información pero su sentido es constante, son 1 indicador",
        ),
    ],
)
def test_what_the_cards_bear_out_is_true(section: str, text: str) -> None:
    assert outcome(section, text) == "true"


@pytest.mark.parametrize(
    ("section", "text"),
    [
        (
            "objetivo-1",
            "El primero presenta un retroceso en el cumplimiento de la meta intermedia.",
        ),
        ("objetivo-1", "El segundo alcanzó su meta intermedia."),
        ("objetivo-1", "El primero y el tercero alcanzaron su meta intermedia."),
        ("objetivo-1", "El tercero presenta un logro muy rezagado en la meta sexenal."),
        ("objetivo-1", "Los tres indicadores presentan un retroceso en las metas intermedias."),
        ("objetivo-1", "Los dos indicadores presentan un avance rezagado."),
        ("objetivo-1", "Ninguno de los indicadores alcanzó su meta intermedia."),
        ("objetivo-1", "Sólo el tercer indicador superó su meta sexenal."),
        ("objetivo-1", "El cuarto indicador alcanzó su meta intermedia."),
        ("objetivo-1", "Dos indicadores alcanzaron su meta intermedia."),
        ("objetivo-1", "El primero no superó su meta sexenal."),
        ("objetivo-1", "El indicador 1.2 alcanzó su meta intermedia."),
        ("objetivo-1", "En el primer indicador se observa un avance rezagado en la meta sexenal."),
        ("objetivo-2", "El primero no logró alcanzar su meta 2021."),
        ("objetivo-2", "El segundo tiene un sentido constante."),
        ("objetivo-2", "Todos los indicadores superaron su meta intermedia."),
        ("objetivo-2", "Todos los indicadores, salvo el segundo, alcanzaron su meta intermedia."),
        ("objetivo-3", "Ambos indicadores alcanzaron su meta intermedia."),
        (
            "objetivo-3",
            "El primero presenta un retroceso; el segundo, un logro alcanzado en su meta.",
        ),
        (
            "enfoque",
            "La mitad de los indicadores se clasifican en oportunidad de mejora o moderados.",
        ),
        ("enfoque", "Una tercera parte de los indicadores se clasifican como destacados."),
        ("enfoque", "El 85% de los indicadores está en oportunidad de mejora o moderado."),
        ("avance", "El 67% de los indicadores tienen un enfoque de gestión."),
        ("avance", "El 50% de los indicadores se encuentran muy rezagados."),
        ("avance", "Tres indicadores superaron su meta sexenal."),
        ("avance", "Únicamente un indicador superó su meta sexenal."),
        ("avance", "De los 8 indicadores, 4 presentan un avance muy rezagado."),
        ("avance", "De los 9 indicadores, 3 presentan un avance muy rezagado."),
        ("avance", "Todos los indicadores superaron su meta sexenal."),
        ("avance", "Ninguno de los indicadores se encuentra muy rezagado."),
        ("avance", "Más de la mitad de los indicadores superaron su meta sexenal."),
        (
            "avance",
            "La mitad de los indicadores de gestión se encuentran muy rezagados y la mitad "
            "superaron su meta sexenal.",
        ),
        ("avance", "El programa cuenta con 9 indicadores."),
        ("conclusiones", "Dos tercios de los indicadores retrocedieron respecto de su línea base."),
        ("notas", "* Los tres indicadores sí reportan información pero su sentido es constante"),
    ],
)
def test_what_the_cards_contradict_is_found(section: str, text: str) -> None:
    assert outcome(section, text) == "false"


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("avance", "La mayoría de los indicadores se encuentran muy rezagados."),
        ("avance", "La mayoría de los indicadores superaron su meta sexenal."),
        ("avance", "Los indicadores se encuentran mayormente como avanzados."),
        ("avance", "Casi todos los indicadores superaron su meta sexenal."),
        ("avance", "Algunos indicadores presentan un avance insuficiente."),
        ("avance", "Cerca del 80% de los indicadores se encuentran muy rezagados."),
        ("avance", "Un porcentaje importante de los indicadores presenta un avance insuficiente."),
    ],
)
def test_a_vague_word_that_the_cards_do_not_bear_out_is_a_warning(section: str, text: str) -> None:
    assert outcome(section, text) == "doubtful"


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("objetivo-1", "Se espera que el segundo alcance su meta en 2024."),
        ("objetivo-1", "El segundo debe alcanzar su meta intermedia."),
        ("objetivo-1", "El segundo estuvo cerca de alcanzar su meta intermedia."),
        ("objetivo-1", "El segundo podría superar su meta sexenal."),
        ("objetivo-1", "El segundo semestre alcanzó la meta de mezcla."),
        ("objetivo-1", "Las unidades de primer y segundo nivel alcanzaron su meta."),
        ("objetivo-1", "El primero presenta un seguimiento adecuado de sus obras."),
        ("objetivo-1", "El primero retrocedió antes de la pandemia y luego alcanzó su meta."),
        ("objetivo-1", "Los otros indicadores alcanzaron su meta."),
        ("objetivo-1", "El primero y el segundo se miden cada año."),
        ("objetivo-3", "El primero de los objetivos es el de mayor presupuesto."),
        ("enfoque", "La mitad de los objetivos hacen referencia a un problema público."),
        ("enfoque", "Se espera que la mayoría de los indicadores se clasifiquen como destacados."),
        ("enfoque", "La mayoría de los criterios se clasifican como destacados."),
        ("avance", "La mayoría de los indicadores de las zonas rurales superaron su meta sexenal."),
        ("avance", "El 20% de la población se encuentra en municipios rezagados."),
        ("avance", "La mayoría de los indicadores que retrocedieron presentan un avance rezagado."),
        ("avance", "Dos indicadores se encuentran muy rezagados y otro más retrocedió."),
        ("avance", "Para que todos los indicadores superen su meta sexenal falta presupuesto."),
        ("avance", "Los indicadores superaron las expectativas."),
        ("avance", "La mayoría de los indicadores superaron su meta o se encuentran rezagados."),
        ("conclusiones", "Se recomienda que todos los indicadores alcancen sus metas."),
        ("conclusiones", "El programa debe mejorar sus indicadores rezagados."),
    ],
)
def test_what_is_not_wholly_understood_is_left_alone(section: str, text: str) -> None:
    assert outcome(section, text) == "left"


def test_the_published_claims_about_indicators_are_what_a_reader_finds() -> None:
    """By hand: 12 of ISSSTE's 15 cards are *oportunidad de mejora* (8) or *moderado* (4); 5 of 15
    are *superado*, more than any other grade and less than half. All else that is claimed is so."""
    found = {
        name: [
            (finding.severity, finding.stated, finding.computed)
            for finding in audit(told(**published(name)))[1]
            if finding.rule == "MON05"
        ]
        for name in ("imss", "issste")
    }
    assert found == {
        "imss": [],
        "issste": [("error", "la mitad", "12/15"), ("warning", "mayormente", "5/15")],
    }


def test_most_published_sentences_about_indicators_are_checked() -> None:
    for name, least in (("imss", 12), ("issste", 18)):
        checks, _ = audit(told(**published(name)))
        records = {
            check.record
            for check in checks
            if check.rule == "MON05" and check.outcome != "not_applicable"
        }
        assert len(records) >= least


def test_a_finding_quotes_the_clause_and_shows_the_card() -> None:
    text = "El primero alcanzó su meta; el segundo presenta un logro alcanzado en su meta 2021."
    _, findings = audit(told(cards=CARDS, prose=[("objetivo-1", text)]))
    (finding,) = [finding for finding in findings if finding.rule == "MON05"]
    assert finding.indicator_id == "1.2"
    assert finding.message_es == (
        "La frase dice «el segundo presenta un logro alcanzado en su meta 2021», pero la tarjeta "
        "del indicador 1.2 dice «Retroceso» (cumplimiento de la meta intermedia)."
    )
    assert (finding.stated, finding.computed) == ("Alcanzada", "Retroceso")
    evidence = json.loads(finding.evidence)
    assert [(each["table_name"], each["record"], each["field"]) for each in evidence] == [
        ("figures", "statement/objetivo-1%2F1/0", "value_text"),
        ("assessments", "1.2", "milestone_status"),
    ]


def test_places_are_not_trusted_where_a_card_is_missing() -> None:
    """With 1.1 unread, "the second" would be held against the third."""
    prose = [("objetivo-1", "El segundo presenta un retroceso en su meta intermedia.")]
    _, findings = audit(told(cards=CARDS[1:], prose=prose))
    assert [finding for finding in findings if finding.rule == "MON05"] == []


def test_a_sentence_is_asked_once_and_counted_where_it_is_not_understood() -> None:
    prose = [("conclusiones", "El programa trabaja. Todos los indicadores reportan avance.")]
    checks, _ = audit(told(cards=CARDS, prose=prose))
    rows = [(check.record, check.outcome) for check in checks if check.rule == "MON05"]
    assert rows == [
        ("statement/conclusiones%2F1/0", "not_applicable"),
        ("statement/conclusiones%2F2/0", "passed"),
    ]
