"""Counts with their percentages in prose, held against the wholes that the section states."""

from __future__ import annotations

import pytest

from tests.told import view_of
from validate.claims.percentages import answers

Outcomes = list[tuple[str, str | None, str | None]]


def asked(*texts: str, figures: dict[str, str] | None = None) -> Outcomes:
    prose = [("hallazgos", text) for text in texts]
    view = view_of(prose=prose, figures=figures, family="diagnostico_monitoreo")
    return [(answer.outcome, answer.stated, answer.computed) for answer in answers(view)]


@pytest.mark.parametrize(
    ("text", "outcome", "computed"),
    [
        ("De los 18 indicadores, 6 (33%) son buenos; mientras que 10 (56%) no.", "passed", "33.3"),
        ("De los 18 indicadores, 6 (43%) son buenos.", "failed", "33.3"),
        ("6 de los 18 indicadores (33.3%) son buenos.", "passed", "33.3"),
        ("6 de los 18 indicadores (33.4%) son buenos.", "failed", "33.3"),
        ("De los 6 objetivos, 3 (50%) cumplen.", "passed", "50.0"),
        ("De los 6 objetivos, 3 (60%) cumplen.", "failed", "50.0"),
        ("Son 6 programas. 5 (83%) de los programas tienen derecho.", "passed", "83.3"),
        ("Son 6 programas. 5 (63%) de los programas tienen derecho.", "failed", "83.3"),
        ("Los 6 programas siguen. Asimismo, 5 (83%) tienen registro.", "passed", "83.3"),
        ("Son 18 indicadores. De los 5 indicadores de salud, 2 (40%) suben.", "passed", "40.0"),
        (
            "Son 18 indicadores. 5 indicadores son de salud. 2 (40%) de los indicadores.",
            "passed",
            "40.0",
        ),
        ("Los 8 indicadores. 1 (12%) de los indicadores sube.", "passed", "12.5"),
        ("Los 8 indicadores. 1 (13%) de los indicadores sube.", "passed", "12.5"),
        ("De los 4 objetivos, 5 (125%) suben.", "failed", "125.0"),
    ],
)
def test_a_percentage_follows_from_its_count(text: str, outcome: str, computed: str) -> None:
    assert (outcome, computed) == (asked(text)[0][0], asked(text)[0][2])


def test_every_percentage_of_a_sentence_is_asked() -> None:
    text = "De los 18 indicadores, 6 (33%) logran; mientras que 10 (65%) no."
    assert asked(text) == [("passed", "33", "33.3"), ("failed", "65", "55.6")]


@pytest.mark.parametrize(
    "text",
    [
        "5 (83%) de los programas tienen derecho.",
        "Los 4 (67%) programas restantes destacan.",
        "Son 6 programas. 5 (62%) de los objetivos cumplen.",
    ],
)
def test_without_its_whole_nothing_is_said(text: str) -> None:
    assert [outcome for outcome, _, _ in asked(text)] == ["not_applicable"]


def test_the_documents_own_count_confirms_and_does_not_contradict() -> None:
    figures = {"programme_count": "6"}
    assert asked("5 (83%) de los programas.", figures=figures) == [("passed", "83", "83.3")]
    assert asked("5 (63%) de los programas.", figures=figures)[0][0] == "not_applicable"


def test_a_finding_shows_the_share_its_count_and_the_whole() -> None:
    view = view_of(prose=[("hallazgos", "De los 18 indicadores, 6 (43%) son buenos.")])
    (answer,) = answers(view)
    assert [item.record for item in answer.evidence] == [
        "share/hallazgos%2F1.2/0",
        "count/hallazgos%2F1.2/0",
        "count/hallazgos%2F1.1/0",
        "statement/hallazgos%2F1/0",
    ]
    assert all(view.holds(item.table_name, item.record, item.field) for item in answer.evidence)
    assert answer.reason_es == (
        "El porcentaje de «6 (43%)» no se sigue de su conteo: 6 de 18 es 33.3 %."
    )


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Los 6 (57%) programas restantes destacan.", "failed"),
        ("Los 6 (55%) programas restantes destacan.", "not_applicable"),  # 6 of 11
        ("Los 6 (54%) programas restantes destacan.", "not_applicable"),  # 6 of 11, cut off
        ("2 programas (35%) se ubican en el nivel medio.", "failed"),
        ("2 programas (33.3%) se ubican en el nivel medio.", "not_applicable"),
        ("2 municipios (35%) tienen servicio.", "not_applicable"),
    ],
)
def test_a_percentage_that_its_count_is_of_no_whole_fails_without_one(
    text: str, outcome: str
) -> None:
    assert {found for found, _, _ in asked(text)} <= {outcome}
