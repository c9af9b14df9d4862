"""What the rules find in the five sample documents together: each finding checked by hand.

The hand checks read the published transcriptions of the cards and fichas, not the dataset.
"""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from cuadra.pipeline import audit
from normalize.schema import Check, Dataset, Finding
from tests.build import piimss
from tests.monitoring import sample_cards

SAMPLES = Path(__file__).parent.parent / "samples"
MINE = (
    *(f"MON{n:02}" for n in (1, 2, 3, 4, 6, 7, 8, 10)),
    *(f"CRO{n:02}" for n in range(2, 7)),
)
"""The rules on tables, cards, figures and across documents; prose has tests of its own."""


@pytest.fixture(scope="module")
def together() -> Dataset:
    return audit(sorted(SAMPLES.glob("*.pdf")), lambda report: None).dataset


def family_of(dataset: Dataset, document_id: str) -> str:
    return next(d.family for d in dataset.documents if d.document_id == document_id)


def mine(dataset: Dataset) -> list[Finding]:
    return [each for each in dataset.findings if each.rule in MINE]


def checks(dataset: Dataset, rule: str, institution: str = "") -> list[Check]:
    ids = {
        d.document_id for d in dataset.documents if (d.institution or "").startswith(institution)
    }
    return [c for c in dataset.checks if c.rule == rule and c.document_id in ids]


def test_the_five_samples_are_of_the_four_families(together: Dataset) -> None:
    assert sorted(d.family for d in together.documents) == [
        "diagnostico_monitoreo",
        "ficha_monitoreo_pp",
        "ficha_monitoreo_programa",
        "ficha_monitoreo_programa",
        "programa_derivado",
    ]


def test_the_findings_are_exactly_the_one_checked_by_hand(together: Dataset) -> None:
    assert [(each.rule, each.indicator_id) for each in mine(together)] == [("MON06", "6.3")]


def test_6_3_fell_below_its_baseline_and_exceeded_a_target_that_is_lower(
    together: Dataset,
) -> None:
    """Card: Retroceso, Superada, ascendente. Programme: baseline 64, target 61, ascendente. All
    values from 61 to 64 fall below the baseline and reach the target: both grades can be right
    only since the target is worse than the baseline, and the finding says so."""
    cards, _ = sample_cards("imss")
    card = next(each for each in cards if each["indicator_id"] == "6.3")
    assert (card["milestone_status"], card["target_progress"]) == ("Retroceso", "Superada")
    ficha = next(each for each in piimss() if each["indicator_id"] == "6.3")
    assert (ficha["baseline_text"], ficha["target_text"]) == ("64", "61")
    assert ficha["trend"] == "Ascendente"

    (found,) = mine(together)
    assert found.severity == "warning"
    assert family_of(together, found.document_id) == "ficha_monitoreo_programa"
    assert "fijó su meta (61) peor que su propia línea base (64)" in found.message_es
    evidence = json.loads(found.evidence)
    assert [(item["table_name"], item["record"], item["field"]) for item in evidence] == [
        ("assessments", "6.3", "milestone_status"),
        ("assessments", "6.3", "target_progress"),
        ("indicators", "6.3", "baseline_value"),
        ("indicators", "6.3", "target_value"),
        ("indicators", "6.3", "trend"),
    ]
    assert [family_of(together, item["document_id"]) for item in evidence] == [
        *["ficha_monitoreo_programa"] * 2,
        *["programa_derivado"] * 3,
    ]
    placed = {(p.document_id, p.table_name, p.record, p.field) for p in together.provenance}
    assert all(
        tuple(item[name] for name in ("document_id", "table_name", "record", "field")) in placed
        for item in evidence
    )


def test_no_other_card_contradicts_itself() -> None:
    """By hand: every Retroceso but 6.3's is Muy rezagado; no No alcanzada is Superado; no Logro
    muy superado is Muy rezagado; each constant sense has the trend constante, and no other."""
    odd = []
    for name in ("imss", "issste"):
        for card in sample_cards(name)[0]:
            status, progress = card["milestone_status"], card["target_progress"]
            constant = "onstante" in progress
            assert constant == (card["trend"] == "constante")
            if (
                (status == "Retroceso" and progress != "Muy rezagado" and not constant)
                or (status == "No alcanzada" and progress.startswith("Superad"))
                or (status == "Logro muy superado" and progress == "Muy rezagado")
            ):
                odd.append((name, card["indicator_id"]))
    assert odd == [("imss", "6.3")]


def test_the_distributions_add_up_and_are_those_of_the_cards(together: Dataset) -> None:
    for name in ("imss", "issste"):
        cards, matrix = sample_cards(name)
        columns = [sum(column) for column in zip(*matrix.values(), strict=True)]
        assert sum(columns) == len(cards)
        stems = Counter(
            "nr" if "onstante" in each["target_progress"] else each["target_progress"][:-1]
            for each in cards
        )
        order = ("Superad", "Avanzad", "Adecuad", "Insuficient", "Rezagad", "Muy rezagad", "nr")
        assert columns == [stems[stem] for stem in order]
    for rule, count in (("MON01", 8), ("MON02", 16), ("MON04", 18)):
        assert Counter(c.outcome for c in checks(together, rule)) == {"passed": count}, rule
    cells = [c for c in checks(together, "MON03") if "Total general" in c.record]
    assert Counter(c.outcome for c in cells) == {"passed": 20}


def test_the_ratios_of_the_budget_ficha_follow_and_its_parts_fit(together: Dataset) -> None:
    assert round(Fraction(577_288 * 100, 40_497_488), 2) == Fraction("1.43")
    assert 577_288 <= 40_497_488 <= 97_837_470
    assert Counter(c.outcome for c in checks(together, "MON07")) == {"passed": 6}
    outcomes = {c.record: c.outcome for c in checks(together, "MON10")}
    assert Counter(outcomes.values()) == {"passed": 3, "not_applicable": 3}
    assert outcomes["states_attended//0"] == "passed"


def test_scores_levels_and_rank_of_the_diagnosis_are_in_order(together: Dataset) -> None:
    assert Counter(c.outcome for c in checks(together, "MON08")) == {"passed": 7}


def test_programme_ficha_and_diagnosis_of_the_imss_agree_in_all_they_share(
    together: Dataset,
) -> None:
    """By hand: names, measures and trends of the transcriptions are the same; the objectives differ
    in a comma (3) and in a final stop (6), which is no wording."""
    fichas = {each["indicator_id"]: each for each in piimss()}
    cards, _ = sample_cards("imss")
    assert [each["indicator_id"] for each in cards] == list(fichas)
    for card in cards:
        ficha = fichas[card["indicator_id"]]
        assert (card["name"], card["measure"]) == (ficha["name"], ficha["measure"])
        assert card["trend"] == ficha["trend"].lower()
    imss = "Instituto Mexicano"
    passed = {
        (rule, family_of(together, check.document_id))
        for rule in ("CRO02", "CRO03", "CRO04", "CRO05", "CRO06")
        for check in checks(together, rule, imss)
        if check.outcome == "passed"
    }
    assert passed == {
        ("CRO02", "programa_derivado"),
        ("CRO02", "ficha_monitoreo_programa"),
        ("CRO03", "ficha_monitoreo_programa"),
        ("CRO04", "ficha_monitoreo_programa"),
        ("CRO05", "ficha_monitoreo_programa"),
        ("CRO06", "ficha_monitoreo_programa"),
        ("CRO06", "diagnostico_monitoreo"),
    }


def test_the_ficha_of_the_issste_is_compared_with_no_other_programme(together: Dataset) -> None:
    for rule in ("CRO02", "CRO03", "CRO04", "CRO05", "CRO06"):
        outcomes = {c.outcome for c in checks(together, rule, "Instituto de Seguridad")}
        assert outcomes == {"not_applicable"}
