"""Grades of CONEVAL: what is printed in any spelling, and nothing that is not on the lists."""

from __future__ import annotations

import pytest

from normalize import grades
from normalize.grades import (
    holds_grade,
    is_among_prose,
    is_broken,
    is_part,
    level_of,
    milestone_of,
    progress_of,
    quality_of,
)


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Retroceso", "retroceso"),
        ("RETROCESO ", "retroceso"),
        ("Retrocesso", "retroceso"),
        ("No alcanzada", "no_alcanzada"),
        ("No alcanzado", "no_alcanzada"),
        ("Alcanzada", "alcanzada"),
        ("Alcanzadas", "alcanzada"),
        ("Alcanzda", "alcanzada"),
        ("Superada", "superada"),
        ("Logro muy superado", "muy_superada"),
        ("Muy superada", "muy_superada"),
        ("Reporte de metas es 0", "meta_cero"),
        ("NR*", "no_reportada"),
        ("No reportó", "no_reportada"),
    ],
)
def test_a_milestone_is_told_in_any_spelling(printed: str, grade: str) -> None:
    assert milestone_of(printed) == grade


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Superado", "superado"),
        ("Superada", "superado"),
        ("Avanzado", "avanzado"),
        ("Adecuado", "adecuado"),
        ("Insuficiente", "insuficiente"),
        ("Insuficientes", "insuficiente"),
        ("Rezagado", "rezagado"),
        ("Muy rezagado", "muy_rezagado"),
        ("Logro muy rezagado", "muy_rezagado"),
        ("Muy rezgado", "muy_rezagado"),
        ("NR", "no_reportado"),
        ("NR*", "no_reportado"),
        ("Sentido constante", "constante"),
        ("El sentido del indicador es constante", "constante"),
    ],
)
def test_progress_is_told_in_any_spelling(printed: str, grade: str) -> None:
    assert progress_of(printed) == grade


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Destacado", "destacado"),
        ("Adecuada", "adecuado"),
        ("Moderado", "moderado"),
        ("Op. de mejora", "oportunidad_de_mejora"),
        ("Oportunidad  de  mejora", "oportunidad_de_mejora"),
        ("Oportunidades de mejora", "oportunidad_de_mejora"),
    ],
)
def test_quality_is_told_in_any_spelling(printed: str, grade: str) -> None:
    assert quality_of(printed) == grade


@pytest.mark.parametrize(
    ("printed", "level"),
    [("Alto", "alto"), ("Básico", "basico"), ("MEDIO", "medio"), ("Medio Bajo", "medio bajo")],
)
def test_a_level_is_told_in_any_spelling(printed: str, level: str) -> None:
    assert level_of(printed) == level


@pytest.mark.parametrize(
    "printed", ["", None, "Verde", "No avanzado", "Parcial", "Casi", "0", "-", "Total general"]
)
def test_what_is_on_no_list_is_no_grade(printed: str | None) -> None:
    assert milestone_of(printed) is None
    assert progress_of(printed) is None
    assert quality_of(printed) is None
    assert level_of(printed) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("No alcanzada", "Alcanzada"), ("Muy superada", "Superada")],
)
def test_a_no_or_a_muy_is_never_taken_for_a_slip(one: str, other: str) -> None:
    assert milestone_of(one) != milestone_of(other)
    assert progress_of("No superada") is None


def test_orders_hold_each_grade_once_and_only_grades() -> None:
    assert [milestone_of(g.replace("_", " ")) for g in grades.MILESTONES] == [*grades.MILESTONES]
    assert [progress_of(g.replace("_", " ")) for g in grades.PROGRESS] == [*grades.PROGRESS]
    assert [quality_of(g.replace("_", " ")) for g in grades.QUALITIES] == [*grades.QUALITIES]
    assert {level_of(level) for level in grades.LEVELS} == set(grades.LEVELS)


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("Destac ado", "quality"),
        ("Adecuado e", "quality"),
        ("O Destacado", "quality"),
        ("de mejora Oportunidad", "quality"),
        ("Muy rezaga do", "target_progress"),
        ("Sin informac ión", "milestone_status"),
    ],
)
def test_a_grade_in_pieces_is_broken(printed: str, field: str) -> None:
    assert is_broken(printed, field)


@pytest.mark.parametrize("printed", ["Destacada", "Op. de mejora", "Adecudo", "Verde", "N.D."])
def test_a_whole_grade_a_slip_and_another_word_are_not_broken(printed: str) -> None:
    assert not is_broken(printed, "quality")


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("El sentido del indicador es", "target_progress"),
        ("mejora", "quality"),
        ("Sin", "milestone_status"),
    ],
)
def test_a_beginning_or_an_end_is_a_part(printed: str, field: str) -> None:
    assert is_part(printed, field)


def test_a_grade_is_found_among_pages_of_words() -> None:
    pages = "otra palabra " * 5000  # 50 million runs: nobody waits for all of them
    for held in (holds_grade, is_among_prose):
        assert held(f"{pages} logro muy superado {pages}", "milestone_status")
        assert not held(pages, "milestone_status")
