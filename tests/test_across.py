"""The audit across documents: who belongs together, what they contradict each other in, and that
the stored dataset says the same whatever the order in which documents came."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from normalize.records import Normalized, Note, programme_id_of
from normalize.schema import Check, Dataset, Finding
from publish import query, store
from publish.releases import order, release_of
from publish.staging import Staged, stage
from tests.build import normalized_from_json
from tests.monitoring import card, monitoring
from validate import linking
from validate.across import rules, settle
from validate.engine import audit
from validate.linking import identity_of, same_name, together, words_of

TITLE = "Programa Institucional del Instituto de Prueba 2020-2024"
PROGRAMME, FICHA, DIAGNOSIS = "d" + "1" * 16, "d" + "2" * 16, "d" + "3" * 16
KEYS = ("1.1", "1.2", "2.1", "2.2")
CRO = ("CRO02", "CRO03", "CRO04", "CRO05", "CRO06")


def programme(
    changes: dict[str, dict[str, Any]] | None = None,
    keys: Iterable[str] = KEYS,
    document_id: str = PROGRAMME,
    notes: Iterable[Note] = (),
    **identity: Any,
) -> Normalized:
    """A programme with the indicators of the cards of :func:`ficha`."""
    fichas = []
    for key in keys:
        given = card(key)
        fichas.append(
            {
                "indicator_id": key,
                "name": given["name"],
                "measure": given["measure"],
                "objective": given["objective"],
                "trend": given["trend"],
                "baseline_text": "64",
                "target_text": "71",
                "target_series": {"2024": "71"},
            }
            | (changes or {}).get(key, {})
        )
    normalized = normalized_from_json(fichas, notes, document_id=document_id)
    about = {"title": TITLE, "period_start": 2020, "period_end": 2024, "institution": None}
    about |= identity
    about["programme_id"] = programme_id_of(about["title"])
    document = normalized.dataset.documents[0].model_copy(update=about)
    normalized.dataset.documents[:] = [document]
    return normalized


def ficha(
    changes: dict[str, dict[str, Any]] | None = None,
    keys: Iterable[str] = KEYS,
    counts: tuple[str, str] | None = ("2", "4"),
    **identity: Any,
) -> Normalized:
    figures: list[tuple[str, str, int, str, str | None]] = []
    if counts:
        figures = [
            ("objective_count", "", 0, counts[0], None),
            ("indicator_count", "", 0, counts[1], None),
        ]
    cards = [card(key) | (changes or {}).get(key, {}) for key in keys]
    return monitoring(cards, None, figures, **({"title": TITLE, "document_id": FICHA} | identity))


def diagnosis(objectives: str = "2", indicators: str = "4", subject: str = TITLE) -> Normalized:
    return monitoring(
        figures=[
            ("objective_count", subject, 0, objectives, None),
            ("indicator_count", subject, 0, indicators, None),
        ],
        family="diagnostico_monitoreo",
        title="Diagnóstico de Monitoreo 2024",
        period=(2024, 2024),
        document_id=DIAGNOSIS,
    )


def audited(normalized: Normalized) -> Dataset:
    """One document with its own checks and findings."""
    dataset = Dataset()
    dataset.extend(normalized.dataset)
    dataset.checks, dataset.findings = audit(normalized)
    return dataset


def together_audited(*documents: Normalized) -> Dataset:
    dataset = Dataset()
    for normalized in documents:
        dataset.extend(audited(normalized))
    settle(dataset, order([], [release_of(each) for each in dataset.documents]).superseded_by)
    return dataset


def across(dataset: Dataset) -> list[Finding]:
    codes = {rule.code for rule in rules()}
    return [each for each in dataset.findings if each.rule in codes]


def said(*documents: Normalized) -> list[tuple[str, str | None]]:
    return [(each.rule, each.indicator_id) for each in across(together_audited(*documents))]


def outcomes(dataset: Dataset, rule: str, document_id: str) -> set[str]:
    return {
        each.outcome
        for each in dataset.checks
        if (each.rule, each.document_id) == (rule, document_id)
    }


# --- what documents contradict each other in ---


def test_documents_that_say_the_same_give_no_finding_and_are_all_compared() -> None:
    dataset = together_audited(programme(), ficha(), diagnosis())
    assert across(dataset) == []
    for rule in CRO:
        assert outcomes(dataset, rule, FICHA) == {"passed"}
    assert outcomes(dataset, "CRO06", DIAGNOSIS) == {"passed"}
    assert outcomes(dataset, "CRO02", PROGRAMME) == {"passed"}


@pytest.mark.parametrize("alone", [programme(), ficha(), diagnosis()])
def test_a_document_alone_says_that_nobody_is_there_to_compare_with(alone: Normalized) -> None:
    dataset = audited(alone)
    mine = [each for each in dataset.checks if each.rule in CRO]
    assert mine
    assert {each.outcome for each in mine} == {"not_applicable"}
    assert all("No hay un" in each.reason_es for each in mine)


def test_an_indicator_without_a_card_and_a_card_without_an_indicator() -> None:
    assert said(programme(), ficha(keys=KEYS[:3])) == [("CRO02", "2.2")]
    assert sorted(said(programme(keys=KEYS[:3]), ficha()), key=str) == [
        ("CRO02", "2.2"),
        ("CRO06", None),
    ]


def test_another_indicator_under_the_same_key_is_missing_in_both() -> None:
    other = {"1.2": {"name": "Gasto por alumna en telefonía rural"}}
    found = across(together_audited(programme(), ficha(other)))
    assert [(f.rule, f.indicator_id, f.document_id) for f in found] == [
        ("CRO02", "1.2", PROGRAMME),
        ("CRO02", "1.2", FICHA),
    ]
    assert "Bajo esa clave tiene «Gasto por alumna" in found[0].message_es


def test_a_trend_a_measure_and_a_wording_that_differ() -> None:
    found = across(
        together_audited(
            programme(),
            ficha(
                {
                    "1.1": {"trend": "descendente"},
                    "1.2": {"measure": "meta_para_el_bienestar"},
                    "2.1": {"name": "Porcentaje de escuelas rurales con agua potable, 2.1"},
                }
            ),
        )
    )
    assert [(f.rule, f.indicator_id, f.severity, f.document_id) for f in found] == [
        ("CRO03", "1.1", "error", FICHA),
        ("CRO04", "1.2", "error", FICHA),
        ("CRO05", "2.1", "info", FICHA),
    ]
    assert (found[0].stated, found[0].computed) == ("descendente", "ascendente")
    assert "«escuelas rurales con»" in found[2].message_es
    assert {item["document_id"] for item in json.loads(found[0].evidence)} == {PROGRAMME, FICHA}


@pytest.mark.parametrize(
    "printed",
    [
        "PORCENTAJE DE ESCUELAS CON AGUA POTABLE, 1.2",
        "Porcentaje de escuelas con agua potable 1.2.",
        "Porcentaje de escuelas, con agua  potáble; 1.2",
        "Porcentaje de escuelas con aguapotable, 1.2",
    ],
)
def test_case_accents_punctuation_and_spaces_are_no_wording(printed: str) -> None:
    assert said(programme(), ficha({"1.2": {"name": printed}})) == []


def test_an_objective_is_compared_once_and_without_what_numbers_it() -> None:
    numbered = {
        key: {"objective": f"Objetivo prioritario {key[0]}.- {card(key)['objective']}"}
        for key in KEYS
    }
    assert said(programme(numbered), ficha()) == []
    reworded = {key: {"objective": "Garantizar agua y luz en las escuelas."} for key in KEYS[:2]}
    assert said(programme(), ficha(reworded)) == [("CRO05", "1.1")]


def test_a_renumbered_indicator_is_said_as_such() -> None:
    moved = {"2.2": {"indicator_id": "2.3", "name": card("2.2")["name"]}}
    (found,) = across(together_audited(programme(), ficha(moved)))
    assert (found.rule, found.indicator_id, found.stated, found.computed) == (
        "CRO05",
        "2.3",
        "2.3",
        "2.2",
    )
    unread = {"2.2": {"indicator_id": "p2.4", "name": card("2.2")["name"]}}
    assert said(programme(), ficha(unread)) == []


def test_counts_that_differ() -> None:
    assert said(programme(), ficha(counts=("3", "4"))) == [("CRO06", None)]
    assert said(programme(), ficha(counts=None)) == []
    assert said(programme(), diagnosis(indicators="5")) == [("CRO06", None)]
    assert said(ficha(), diagnosis(objectives="1")) == [("CRO06", None)]
    assert said(ficha(counts=None), diagnosis(objectives="1")) == [("CRO06", None)]
    assert said(programme(), ficha(), diagnosis("6", "18", "Programa Sectorial de Prueba")) == []


def test_a_target_below_its_own_baseline_explains_two_grades_that_contradict() -> None:
    odd = ficha({"1.2": {"milestone_status": "Retroceso", "target_progress": "Superada"}})
    below = programme({"1.2": {"target_text": "61", "target_series": {"2024": "61"}}})
    (alone,) = [f for f in audited(odd).findings if f.rule == "MON06"]
    (plain,) = across(together_audited(programme(), odd))
    (explained,) = across(together_audited(below, odd))
    assert alone.finding_id == plain.finding_id == explained.finding_id
    assert plain.message_es == alone.message_es
    assert "fijó su meta (61) peor que su propia línea base (64)" in explained.message_es
    assert [(item["document_id"], item["field"]) for item in json.loads(explained.evidence)][
        2:
    ] == [
        (PROGRAMME, "baseline_value"),
        (PROGRAMME, "target_value"),
        (PROGRAMME, "trend"),
    ]


@pytest.mark.parametrize(
    ("grades", "explained"),
    [
        (("Retroceso", "Superada"), True),
        (("Logro muy superado", "Muy rezagado"), True),
        (("No alcanzada", "Superada"), False),
    ],
)
@pytest.mark.parametrize(("trend", "target"), [("Ascendente", "61"), ("Descendente", "71")])
def test_only_what_a_worse_target_explains_is_explained_by_it(
    grades: tuple[str, str], explained: bool, trend: str, target: str
) -> None:
    odd = {"milestone_status": grades[0], "target_progress": grades[1], "trend": trend.lower()}
    worse = {"trend": trend, "target_text": target, "target_series": {"2024": target}}
    (found,) = across(together_audited(programme({"1.2": worse}), ficha({"1.2": odd})))
    assert (found.rule, "peor que su propia línea base" in found.message_es) == ("MON06", explained)


# --- who belongs together ---


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "Programa Institucional del IMSS 2020-2024",
            "PROGRAMA INSTITUCIONAL del Instituto Mexicano del Seguro Social 2019-2024",
            True,
        ),
        (
            "Programa Institucional del Instituto Mexicano del Seguro Social (PIIMSS)",
            "Programa Institucional del Instituto Mexicano del Seguro Social",
            True,
        ),
        (
            "Programa Institucional del Instituto Mexicano del Seguro Social",
            "Programa Institucional del Instituto de Seguridad y Servicios Sociales de los "
            "Trabajadores del Estado",
            False,
        ),
        ("Programa Institucional del ISSSTE", "Programa Institucional del IMSS", False),
        (
            "Programa Institucional del ISSSTE",
            "Programa Institucional del Instituto de Seguridad y Servicios Sociales de los "
            "Trabajadores del Estado",
            True,
        ),
        ("Programa Sectorial de Salud", "Programa Sectorial de Educación", False),
        ("Programa Sectorial de Salud", "Programa Sectorial de Salud Pública", False),
        ("Programa Sectorial de Salud", "Programa Especial de Salud", False),
        (
            "Programa Sectorial de Salud derivado del Plan Nacional de Desarrollo 2019-2024",
            "Programa Sectorial de Salud 2020-2024",
            True,
        ),
        (
            "Programa Sectorial de Desarrollo Agrario",
            "Programa Sectorial de Desarrollo Urbano",
            False,
        ),
        (
            "Programa Institucional del Insituto de Prueba",
            "Programa Institucional del Instituto de Prueba",
            True,
        ),
        ("", "", False),
    ],
)
def test_names_are_compared_word_by_word(one: str, other: str, same: bool) -> None:
    assert same_name(words_of(one), words_of(other)) is same
    assert same_name(words_of(other), words_of(one)) is same


@pytest.mark.parametrize(
    ("changed", "linked"),
    [
        ({}, True),
        ({"period_start": 2025, "period_end": 2030}, False),
        ({"period_start": None, "period_end": None}, False),
        ({"period_start": 2024, "period_end": 2030}, True),
        ({"institution": "Instituto de Prueba"}, True),
        ({"institution": "Secretaría de Otra Cosa"}, False),
        ({"title": "Programa Institucional del Instituto de Ensayo 2020-2024"}, False),
        ({"family": "otra"}, False),
        ({"family": "ficha_monitoreo_pp"}, False),
    ],
)
def test_documents_of_one_programme_share_name_institution_and_period(
    changed: dict[str, Any], linked: bool
) -> None:
    mine = programme().dataset.documents[0].model_copy(update=changed)
    theirs = ficha(institution="Instituto de Prueba").dataset.documents[0]
    assert together(identity_of(mine), identity_of(theirs)) is linked
    assert together(identity_of(theirs), identity_of(mine)) is linked


def test_the_same_keys_in_another_programme_mean_nothing() -> None:
    other = "Programa Institucional del Instituto de Ensayo 2020-2024"
    assert (
        said(programme({"1.1": {"name": "Otra cosa", "trend": "Constante"}}, title=other), ficha())
        == []
    )


def test_asking_who_stands_beside_looks_at_no_more_documents_the_more_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[object] = []

    def counting(one: object, other: object) -> bool:
        compared.append((one, other))
        return same_name(one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(linking, "same_name", counting)
    mine = identity_of(ficha().dataset.documents[0])
    document = programme().dataset.documents[0]
    letters = [f"{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    others = [
        document.model_copy(
            update={
                "document_id": f"d{n:016x}",
                "title": f"Programa Especial de {' '.join(letter + 'ago' for letter in word)}",
            }
        )
        for n, word in enumerate(letters)
    ]
    linked = linking.Linked(identity_of(each) for each in [document, *others])
    assert linked.beside(mine) == {PROGRAMME}
    assert len(set(compared)) == 1


# --- the stored dataset ---


def stored(directory: Path) -> tuple[list[Check], list[Finding]]:
    with store.reading(directory) as connection:
        return query.rows(connection, Check), query.rows(connection, Finding)


def publish(directory: Path, *batches: Sequence[Normalized]) -> tuple[list[Check], list[Finding]]:
    for batch in batches:
        store.publish(directory, [stage(audited(each)) for each in batch])
    return stored(directory)


def publish_daily(directory: Path, days: Iterable[Staged]) -> tuple[list[Check], list[Finding]]:
    for day in days:
        store.publish(directory, [day])
    return stored(directory)


def contradicting() -> list[Normalized]:
    below = {"1.2": {"target_text": "61", "target_series": {"2024": "61"}}}
    odd = {
        "1.1": {"trend": "descendente"},
        "1.2": {"milestone_status": "Retroceso", "target_progress": "Superada"},
    }
    return [programme(below), ficha(odd, keys=KEYS[:3]), diagnosis(indicators="5")]


def test_the_dataset_is_the_same_whatever_the_order_and_the_days(tmp_path: Path) -> None:
    expected = publish(tmp_path / "at-once", contradicting())
    memory = together_audited(*contradicting())
    assert sorted(f.finding_id for f in expected[1]) == sorted(
        f.finding_id for f in memory.findings
    )
    assert sorted({f.rule for f in expected[1]} & {*CRO, "MON06"}) == [
        "CRO02",
        "CRO03",
        "CRO06",
        "MON06",
    ]
    staged = [stage(audited(each)) for each in contradicting()]
    for days in ([staged[n] for n in turn] for turn in ((0, 1, 2), (1, 2, 0), (2, 1, 0))):
        name = "-".join(each.document.document_id[1] for each in days)
        assert publish_daily(tmp_path / name, days) == expected


def test_a_value_whose_reading_is_doubtful_contradicts_no_other_document(tmp_path: Path) -> None:
    doubt = Note("REA02", "1.1", "indicators", "1.1", "trend", "x", "Difieren.", "They differ.")
    doubtful = programme(notes=[doubt])
    other = ficha({"1.1": {"trend": "descendente"}})
    memory = together_audited(doubtful, other)
    _, findings = publish(tmp_path, [doubtful], [other])
    for found in (memory.findings, findings):
        assert [each.rule for each in found] == ["REA02"]
    assert ("CRO03", "1.1") in said(programme(), other)


def test_what_a_programme_lost_with_unread_pages_accuses_nobody(tmp_path: Path) -> None:
    """Neither in memory nor stored: the ficha's cards of 2.1 and 2.2, and the programme's count."""
    pages = Note("REA01", "", "documents", "", "", "", "Páginas sin leer: 9.", "Unread pages: 9.")
    other = ficha({"1.1": {"trend": "descendente"}})
    for number, (notes, expected) in enumerate(
        (((), {"CRO02", "CRO03", "CRO06"}), ((pages,), {"CRO03"}))
    ):
        lost = programme(keys=KEYS[:2], notes=notes)
        _, findings = publish(tmp_path / str(number), [lost], [other])
        for found in (across(together_audited(lost, other)), findings):
            assert {each.rule for each in found} - {"REA01"} == expected
    missing = programme(notes=[pages])
    assert ("CRO02", "2.2") in said(missing, ficha(keys=KEYS[:3], counts=None))


def test_cards_that_are_not_counted_accuse_nobody_in_the_stored_dataset(tmp_path: Path) -> None:
    note = Note("REA01", "", "assessments", "", "", "", "No se leyó.", "It was not read.")
    cut = ficha(keys=KEYS[:3], counts=None, notes=[note])
    checks, findings = publish(tmp_path, [programme()], [cut])
    assert not {"CRO02", "CRO06"} & {each.rule for each in findings}
    reasons = [each.reason_es for each in checks if each.rule == "CRO02" and each.record == "2.2"]
    assert reasons and all("no se cuenta" in reason for reason in reasons)
    whole = ficha(keys=KEYS[:3], counts=None)
    _, findings = publish(tmp_path / "whole", [programme()], [whole])
    assert ("CRO02", "2.2") in {(each.rule, each.indicator_id) for each in findings}


def test_reading_a_document_again_that_agrees_now_takes_its_contradictions_away(
    tmp_path: Path,
) -> None:
    publish(tmp_path, [programme(), ficha({"1.1": {"trend": "descendente"}}, keys=KEYS[:3])])
    checks, findings = publish(tmp_path, [ficha()])
    assert [f.rule for f in findings if f.rule in CRO] == []
    assert {c.outcome for c in checks if c.rule == "CRO02"} == {"passed"}


def test_a_document_that_is_of_another_programme_now_leaves_the_others_alone(
    tmp_path: Path,
) -> None:
    publish(tmp_path, [programme(), ficha(keys=KEYS[:3])])
    checks, findings = publish(
        tmp_path, [ficha(keys=KEYS[:3], title="Programa Sectorial de Ensayo 2020-2024")]
    )
    assert [f.rule for f in findings if f.rule in CRO] == []
    assert {c.outcome for c in checks if c.rule in CRO} == {"not_applicable"}


def test_a_superseded_document_is_compared_with_none_and_the_newer_one_is(tmp_path: Path) -> None:
    newer = ficha({"2.1": {"measure": "parametro"}}, document_id="d" + "9" * 16)
    checks, findings = publish(
        tmp_path, [programme(), ficha({"1.1": {"trend": "descendente"}})], [newer]
    )
    assert [(f.rule, f.document_id) for f in findings if f.rule in CRO] == [
        ("CRO04", "d" + "9" * 16)
    ]
    old = [c for c in checks if c.document_id == FICHA and c.rule in CRO]
    assert {c.outcome for c in old} == {"not_applicable"}
    assert all("fue sustituido por d999" in c.reason_es for c in old)
    # The older one read again stays superseded.
    again = publish(tmp_path, [ficha({"1.1": {"trend": "descendente"}})])
    assert again == (checks, findings)


def test_a_contradiction_counts_for_both_documents(tmp_path: Path) -> None:
    publish(tmp_path, [programme(), ficha(keys=KEYS[:3])])
    with store.reading(tmp_path) as connection:
        for document_id in (PROGRAMME, FICHA):
            found = query.findings_of(connection, [document_id])
            assert ("CRO02", "2.2") in {(f.rule, f.indicator_id) for f in found}
