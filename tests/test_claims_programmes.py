"""Programmes named and counted, totals, and what prose repeats of a document's own figures."""

from __future__ import annotations

import pytest

from normalize.schema import Family
from tests.told import cards, told
from validate.engine import audit

ANNEX = {f"score/50E00{n}": f"0.{9 - n}00" for n in range(1, 7)} | {"programme_count": "6"}


def outcome(
    *texts: str, figures: dict[str, str] | None = None, family: Family = "diagnostico_monitoreo"
) -> str:
    """What the last sentence comes to: ``true``, ``false`` or ``left``."""
    prose = [("programas-objetivos", text) for text in texts]
    normalized = told(prose=prose, figures=ANNEX if figures is None else figures, family=family)
    checks, _ = audit(normalized)
    last = [check for check in checks if check.rule == "MON05"][-1]
    return {"passed": "true", "failed": "false"}.get(last.outcome, "left")


@pytest.mark.parametrize(
    "texts",
    [
        ("Los programas E002 y E004 presentan mejoras.", "Los 4 (67%) programas restantes no."),
        ("3 (50%) programas cumplen.", "Los tres restantes (E004, E006 y E002) no cumplen."),
        ("3 (50%) cumplen y los tres restantes (E004, E006 y E002) no.",),
        ("5 (83%) de los programas cumplen.", "Solo en el caso del programa E004 falta."),
        ("El programa E001 es bueno.", "Los programas E002 y E003 no.", "Los 3 restantes sí."),
        (
            "Los programas E002 y E003 son buenos.",
            "En particular, por su calidad.",
            "Los cuatro programas restantes no.",
        ),
        ("El programa 50E003 destaca.",),
        ("Los 6 programas tienen indicadores.",),
        ("Se presentan los resultados de sus 6 programas presupuestarios sociales, y así.",),
    ],
)
def test_named_and_rest_are_all_programmes(texts: tuple[str, ...]) -> None:
    assert outcome(*texts) == "true"


def test_programmes_are_not_counted_where_one_of_the_annex_has_no_key() -> None:
    unread = {key: value for key, value in ANNEX.items() if key != "score/50E001"}
    del unread["programme_count"]
    for name, told_of in (
        ("score/50011 Atención", "left"),
        ("score/dependencia", "false"),
    ):
        assert outcome("El programa E001 destaca.", figures=unread | {name: "0.8"}) == told_of


@pytest.mark.parametrize(
    "texts",
    [
        ("Los programas E002 y E004 presentan mejoras.", "Los 3 (50%) programas restantes no."),
        ("3 (50%) programas cumplen.", "Los dos restantes (E004, E006 y E002) no cumplen."),
        ("3 (50%) programas cumplen.", "Los tres restantes (E004 y E002) no cumplen."),
        ("3 (50%) programas cumplen.", "Los cuatro restantes no cumplen."),
        ("4 (67%) de los programas cumplen.", "Solo en el caso del programa E004 falta."),
        ("El programa E009 destaca.",),
        ("Los 7 programas tienen indicadores.",),
        ("Se presentan los resultados de sus 5 programas presupuestarios sociales, y así.",),
    ],
)
def test_what_does_not_add_up_to_all_programmes_is_found(texts: tuple[str, ...]) -> None:
    assert outcome(*texts) == "false"


@pytest.mark.parametrize(
    "texts",
    [
        ("Los programas restantes deben mejorar.",),
        ("Los 4 programas restantes deben mejorar.",),
        ("Los 3 programas tienen indicadores.",),
        ("Los 2 programas de salud mejoran.",),
        ("De los 3 programas de salud, dos mejoran.",),
        ("Solo se revisan los programas.",),
    ],
)
def test_what_may_be_of_some_programmes_is_left_alone(texts: tuple[str, ...]) -> None:
    assert outcome(*texts) == "left"


def test_without_an_annex_nothing_is_said_of_programmes() -> None:
    assert (
        outcome("El programa E009 destaca.", "Los 3 programas restantes no.", figures={}) == "left"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El Programa Institucional cuenta con seis objetivos asociados.", "true"),
        ("El Programa Institucional cuenta con siete objetivos asociados.", "false"),
        ("El programa tiene 3 de sus 6 objetivos vinculados.", "true"),
        ("El programa tiene 3 de sus 5 objetivos vinculados.", "false"),
        ("De los 18 indicadores, 6 (33%) son buenos.", "true"),
        ("De los 16 indicadores, 6 (38%) son buenos.", "false"),
        ("De los 5 indicadores de salud, 2 (40%) son buenos.", "left"),
        ("Se revisaron 12 indicadores de salud.", "left"),
        ("Se examinan los 18 indicadores asociados a los objetivos del Programa.", "true"),
        ("Se examinan los 17 indicadores asociados a los objetivos del Programa.", "false"),
        ("El objetivo prioritario 1 cuenta con 3 indicadores.", "left"),
        ("Cada objetivo tiene 3 indicadores.", "left"),
        ("En el enfoque de gestión, cuatro de los 12 indicadores, en cambio, suben.", "left"),
        ("El objetivo 2 tiene mejoras en dos de sus 3 indicadores.", "left"),
    ],
)
def test_totals_are_those_that_the_document_gives(text: str, expected: str) -> None:
    figures = {"objective_count/Programa": "6", "indicator_count/Programa": "18"}
    assert outcome(text, figures=figures) == expected


def test_cards_are_counted_where_there_are_some() -> None:
    rows = cards("1.1 | Agua | ascendente", "1.2 | Luz | ascendente", "2.1 | Pan | ascendente")
    for text, failed in (
        ("El programa cuenta con 3 indicadores.", False),
        ("El programa cuenta con 2 objetivos.", False),
        ("El programa cuenta con 4 indicadores.", True),
        ("El programa cuenta con tres objetivos.", True),
    ):
        _, findings = audit(told(cards=rows, prose=[("enfoque", text)]))
        assert any(finding.rule == "MON05" for finding in findings) is failed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Los resultados al cierre de 2020 registraron una proporción de 70.33% de usuarios.",
            "true",
        ),
        (
            "Los resultados al cierre de 2020 registraron una proporción de 71.33% de usuarios.",
            "false",
        ),
        ("En 2019 se registró una proporción de 94% de usuarios.", "left"),
        ("En 2020, el programa atendió a poco más de medio millón de usuarios.", "true"),
        ("En 2020, el programa atendió a 577,288 personas.", "true"),
        ("En 2020, el programa atendió a 577,388 personas.", "false"),
        ("En 2020, el programa atendió a poco más de un millón de personas.", "false"),
        ("En 2020, el programa atendió a más de 600,000 personas.", "false"),
        ("En 2020, el programa atendió a 32 entidades.", "left"),
        ("En 2020, el programa atendió a 3,200 personas en 12 municipios.", "left"),
        ("En 2020, el programa atendió a 3,200 personas adultas mayores.", "left"),
        ("En 2019, el programa atendió a 3,200 personas.", "left"),
        ("El componente de becas atendió a 3,200 personas.", "left"),
        ("Los resultados al cierre de 2019 registraron un valor de 71.33% de usuarios.", "left"),
    ],
)
def test_what_a_budget_programme_repeats_is_what_it_states(text: str, expected: str) -> None:
    figures = {"result": "70.33", "population_attended//2020": "577288"}
    assert outcome(text, figures=figures, family="ficha_monitoreo_pp") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El instituto se mantiene en la categoría de monitoreo Medio.", "true"),
        ("Lo que lo ubica en un nivel de monitoreo Medio.", "true"),
        ("Lo que lo ubica en un nivel de monitoreo Básico.", "false"),
        ("El nivel de monitoreo Básico agrupa a otras dependencias.", "left"),
    ],
)
def test_the_level_is_one_in_all_sentences(text: str, expected: str) -> None:
    assert outcome(text, figures={"level": "Medio"}) == expected


def test_more_programmes_than_the_institution_has_are_found_where_they_open_a_finding() -> None:
    assert (
        outcome("8 programas cuentan con indicadores que miden el acceso a un derecho.") == "false"
    )
    assert (
        outcome("3 programas cuentan con indicadores que miden el acceso a un derecho.") == "left"
    )
    assert outcome("De los 37 programas del gobierno, 8 programas miden el acceso.") == "left"
